import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension, Transaction, type TransactionSpec } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { treeFromUtf16, treeToUtf16 } from "../core/codepoints";
import { replacements } from "../core/diff";
import type { TextOperation } from "../core/operation";
import { joinsLastEdit } from "./grouping";
import { loadLanguage } from "./languages";
import { lineEndings } from "./lineendings";
import { movePeer, removePeer, showPeers } from "./peers";
import { toChangeSpecs, toOperation, toTree } from "./text";
import { theme } from "./theme";

/** Marks a change that the workspace's client knows already: it is not told to it. */
const known = Annotation.define<boolean>();

export interface EditorEvents {
  /** The person edited the file; an edit that joins is undone together with the one before it. */
  edited(file: string, operation: TextOperation, joins: boolean): void;
  /** The person wants the newest own edits taken back; gives what to do to the text shown, null where there are none. */
  undone(file: string): TextOperation | null;
  /** The person wants done again what was taken back last. */
  redone(file: string): TextOperation | null;
  /** The caret or selection moved; positions in code points of the text shown. */
  selected(file: string, anchor: number, head: number): void;
}

/** Where the caret is, for the status bar. */
export interface CaretPlace {
  readonly line: number;
  readonly column: number;
  readonly selected: number;
}

interface OpenFile {
  state: EditorState;
  scrollTop: number;
  path: string;
  readonly language: Compartment;
  readonly writable: Compartment;
}

/**
 * The one editor of the page and the files opened in it. A file keeps its own undo history, selection and place when
 * another one is shown, and takes in others' edits all the same.
 */
export class Editor {
  private readonly files = new Map<string, OpenFile>();
  private shown: string | null = null;
  private lastEdit: Transaction | null = null;
  private readonly view: EditorView;

  constructor(
    parent: HTMLElement,
    private readonly events: EditorEvents,
  ) {
    this.view = new EditorView({ parent, state: EditorState.create({ extensions: [EditorView.editable.of(false)] }) });
  }

  /** The file shown, or null. */
  get file(): string | null {
    return this.shown;
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  /** The text of an open file as it is shown, with what is not yet confirmed. */
  textOf(file: string): string {
    return this.stateOf(file)?.doc.toString() ?? "";
  }

  /** Takes in an opened file; a text read again replaces the one there was. */
  open(file: string, path: string, text: string): void {
    const language = new Compartment();
    const writable = new Compartment();
    const state = EditorState.create({ doc: toTree(text), extensions: this.extensions(file, text, language, writable) });
    this.files.set(file, { state, scrollTop: 0, path: "", language, writable });
    if (this.shown === file) {
      this.view.setState(state);
    }
    this.setPath(file, path);
  }

  /** Highlights a file by its path. */
  setPath(file: string, path: string): void {
    const open = this.files.get(file);
    if (open === undefined || open.path === path) {
      return;
    }
    open.path = path;
    void loadLanguage(path).then((language) => {
      if (this.files.get(file) === open && open.path === path) {
        this.dispatch(file, { effects: open.language.reconfigure(language) });
      }
    });
  }

  /** Stops or allows typing in a file. */
  setWritable(file: string, writable: boolean): void {
    const open = this.files.get(file);
    if (open !== undefined) {
      this.dispatch(file, { effects: open.writable.reconfigure(writable ? [] : EditorState.readOnly.of(true)) });
    }
  }

  show(file: string): void {
    const open = this.files.get(file);
    if (open === undefined || this.shown === file) {
      return;
    }
    this.keep();
    this.shown = file;
    this.lastEdit = null;
    this.view.setState(open.state);
    this.view.requestMeasure({
      read: () => undefined,
      write: () => (this.view.scrollDOM.scrollTop = open.scrollTop),
    });
  }

  /** Shows no file. */
  hide(): void {
    this.keep();
    this.shown = null;
  }

  close(file: string): void {
    if (this.shown === file) {
      this.hide();
    }
    this.files.delete(file);
  }

  focus(): void {
    this.view.focus();
  }

  /** Takes back the newest own edits of the file shown. */
  undo(): void {
    this.takeBack("undo", (file) => this.events.undone(file));
  }

  /** Does again what was taken back last. */
  redo(): void {
    this.takeBack("redo", (file) => this.events.redone(file));
  }

  private takeBack(userEvent: string, ask: (file: string) => TextOperation | null): void {
    const { state } = this.view;
    const operation = this.shown === null || state.readOnly ? null : ask(this.shown);
    if (operation !== null) {
      const changes = state.changes(toChangeSpecs(operation, state.doc));
      let place = 0;
      changes.iterChangedRanges((_from, _to, _fromNew, toNew) => (place = toNew));
      const selection = { anchor: place };
      this.view.dispatch({ changes, selection, annotations: known.of(true), userEvent, scrollIntoView: true });
    }
  }

  /** Makes a file's text another one, as the person's own edit; lines that are the same stay untouched. */
  replaceText(file: string, text: string): void {
    const state = this.stateOf(file);
    if (state !== undefined) {
      const changes = replacements(state.doc.toString(), text).map((change) => ({ ...change, insert: toTree(change.insert) }));
      this.dispatch(file, { changes, userEvent: "restore" });
    }
  }

  destroy(): void {
    this.view.destroy();
  }

  /** Takes in an edit that is not the person's own. */
  applyForeign(file: string, operation: TextOperation): void {
    const state = this.stateOf(file);
    if (state !== undefined) {
      this.dispatch(file, {
        changes: toChangeSpecs(operation, state.doc),
        annotations: known.of(true),
      });
    }
  }

  /** Says where another person is; positions in code points of the text shown. */
  movePeer(file: string, peer: { session: string; name: string; color: string; anchor: number; head: number }): void {
    const state = this.stateOf(file);
    if (state !== undefined) {
      const anchor = treeToUtf16(state.doc, peer.anchor);
      const head = treeToUtf16(state.doc, peer.head);
      this.dispatch(file, { effects: movePeer.of({ ...peer, anchor, head }) });
    }
  }

  removePeer(session: string): void {
    for (const file of this.files.keys()) {
      this.dispatch(file, { effects: removePeer.of(session) });
    }
  }

  caret(): CaretPlace | null {
    if (this.shown === null) {
      return null;
    }
    const { doc, selection } = this.view.state;
    const { head, from, to } = selection.main;
    const line = doc.lineAt(head);
    return {
      line: line.number,
      column: [...line.text.slice(0, head - line.from)].length + 1,
      selected: treeFromUtf16(doc, to) - treeFromUtf16(doc, from),
    };
  }

  private stateOf(file: string): EditorState | undefined {
    return file === this.shown ? this.view.state : this.files.get(file)?.state;
  }

  private keep(): void {
    const open = this.shown === null ? undefined : this.files.get(this.shown);
    if (open !== undefined) {
      open.state = this.view.state;
      open.scrollTop = this.view.scrollDOM.scrollTop;
    }
  }

  private dispatch(file: string, spec: TransactionSpec): void {
    const open = this.files.get(file);
    if (file === this.shown) {
      this.view.dispatch(spec);
    } else if (open !== undefined) {
      open.state = open.state.update(spec).state;
    }
  }

  private undoKeys(): KeyBinding[] {
    const undo = (): boolean => (this.undo(), true);
    const redo = (): boolean => (this.redo(), true);
    return [
      { key: "Mod-z", run: undo, preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: redo, preventDefault: true },
      { linux: "Ctrl-Shift-z", run: redo, preventDefault: true },
    ];
  }

  /** Undo as asked for by a menu or a gesture of the browser. */
  private undoInput(): Extension {
    return EditorView.domEventHandlers({
      beforeinput: (event) => {
        if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") {
          return false;
        }
        event.preventDefault();
        event.inputType === "historyUndo" ? this.undo() : this.redo();
        return true;
      },
    });
  }

  private extensions(file: string, text: string, language: Compartment, writable: Compartment): Extension {
    return [
      lineEndings(toTree(text)),
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      this.undoInput(),
      foldGutter({ openText: "⌄", closedText: "›" }),
      drawSelection(),
      dropCursor(),
      EditorState.allowMultipleSelections.of(true),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      rectangularSelection(),
      crosshairCursor(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      search({ top: false }),
      keymap.of([
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...this.undoKeys(),
        ...foldKeymap,
        indentWithTab,
      ]),
      showPeers,
      theme,
      language.of([]),
      writable.of([]),
      EditorView.contentAttributes.of({
        "aria-label": "File text",
        "aria-description": "Tab indents. To leave with the keyboard press Escape, then Tab.",
        spellcheck: "false",
        autocorrect: "off",
      }),
      EditorView.updateListener.of((update) => {
        for (const transaction of update.transactions) {
          if (transaction.docChanged && !transaction.annotation(known)) {
            const operation = toOperation(transaction.changes, transaction.startState.doc);
            this.events.edited(file, operation, joinsLastEdit(this.lastEdit, transaction));
            this.lastEdit = transaction;
          }
        }
        if (update.selectionSet || update.docChanged) {
          const { anchor, head } = update.state.selection.main;
          const doc = update.state.doc;
          this.events.selected(file, treeFromUtf16(doc, anchor), treeFromUtf16(doc, head));
        }
      }),
    ];
  }
}
