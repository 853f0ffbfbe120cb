/*
 * What the JVM tests call, in texts and numbers only. Bundled with the page's own modules and run by a JavaScript engine.
 */
import { ChangeSet, EditorSelection, EditorState, type StateCommand } from "@codemirror/state";
import { treeCodePoints, treeFromUtf16, treeToUtf16, isWellFormed, codePointLength, utf8Length } from "../../main/web/src/core/codepoints";
import { diffLines, replacements } from "../../main/web/src/core/diff";
import { StringText } from "../../main/web/src/core/document";
import { editsOf, FileHistory } from "../../main/web/src/core/history";
import type { ClientMessage, OperationMessage, ServerMessage } from "../../main/web/src/core/messages";
import * as ops from "../../main/web/src/core/operation";
import { WorkspaceClient } from "../../main/web/src/core/workspace";
import { cleanInput, insertLineEnding, lineEndings } from "../../main/web/src/editor/lineendings";
import { TreeText, toChangeSpecs, toOperation, toTree } from "../../main/web/src/editor/text";
import { foldersOf, pathProblem, placeOf, addressOf, workspaceNameProblem } from "../../main/web/src/ui/paths";

/** Operations travel as `{"base": n, "components": [2, "x", -1]}`. */
function read(json: string): ops.TextOperation {
  const { base, components } = JSON.parse(json) as { base: number; components: ops.Component[] };
  const out = new ops.OperationBuilder(base);
  for (const component of components) {
    if (typeof component === "string") {
      out.insert(component);
    } else if (component > 0) {
      out.retain(component);
    } else {
      out.delete(-component);
    }
  }
  return out.build();
}

/** An operation in the words of the engine's own toString. */
function show(operation: ops.TextOperation): string {
  const words = operation.components.map((component) => {
    if (typeof component === "string") {
      return `I"${component}"`;
    }
    return component > 0 ? `R${component}` : `D${-component}`;
  });
  return `${operation.baseLength}->${operation.targetLength} [${words.join(" ")}]`;
}

export const normal = (a: string): string => show(read(a));
export const apply = (a: string, text: string): string => ops.apply(read(a), text);
export const transform = (a: string, b: string, side: ops.Side): string => show(ops.transform(read(a), read(b), side));
export const compose = (a: string, b: string): string => show(ops.compose(read(a), read(b)));
/** An operation as it is read. */
function write(operation: ops.TextOperation): string {
  return JSON.stringify({ base: operation.baseLength, components: operation.components });
}

export const transformJson = (a: string, b: string, side: ops.Side): string =>
  write(ops.transform(read(a), read(b), side));
export const composeJson = (a: string, b: string): string => write(ops.compose(read(a), read(b)));
export const invert = (a: string, text: string): string => {
  const base = new StringText(text);
  return show(ops.invert(read(a), (from, to) => base.slice(from, to)));
};
export const changes = (a: string): string => JSON.stringify(ops.toChanges(read(a)));
export const fromChanges = (json: string, length: number): string =>
  show(ops.fromChanges(JSON.parse(json) as ops.Change[], length));
export const mapPosition = (a: string, position: number, bias: "before" | "after"): number =>
  ops.mapPosition(read(a), position, bias);
export const unmapPosition = (a: string, position: number): number => ops.unmapPosition(read(a), position);

export const wellFormed = (text: string): boolean => isWellFormed(text);
export const length = (text: string): number => codePointLength(text);
export const bytes = (text: string): number => utf8Length(text);
export const treeLength = (text: string): number => treeCodePoints(toTree(text));
export const fromUtf16 = (text: string, offset: number): number => treeFromUtf16(toTree(text), offset);
export const toUtf16 = (text: string, position: number): number => treeToUtf16(toTree(text), position);

/** A text that went through the editor's tree and edits of it, against the same edits of a string. */
export function editTree(text: string, a: string): string {
  return TreeText.of(text).apply(read(a)).toString();
}

/** What an operation does that went into the editor as changes and came out as an operation. */
export function throughEditor(text: string, a: string): string {
  const tree = toTree(text);
  return ops.apply(toOperation(ChangeSet.of(toChangeSpecs(read(a), tree), tree.length), tree), text);
}

export const cleaned = (text: string, ending: string): string => cleanInput(text, ending);

function editing(text: string, from: number, to: number): EditorState {
  const doc = toTree(text);
  return EditorState.create({ doc, selection: EditorSelection.single(from, to), extensions: lineEndings(doc) });
}

function place(state: EditorState): string {
  return `${state.selection.main.anchor},${state.selection.main.head}`;
}

/** Where the caret comes to stand when it is moved from one place to another. */
export function moved(text: string, from: number, to: number): string {
  return place(editing(text, from, from).update({ selection: { anchor: to } }).state);
}

/** The text after something between two places was deleted by hand. */
export function deleted(text: string, from: number, to: number): string {
  return editing(text, from, from).update({ changes: { from, to }, userEvent: "delete" }).state.doc.toString();
}

/** The text after the Enter key. */
export function entered(text: string, from: number, to: number): string {
  let state = editing(text, from, to);
  const command: StateCommand = insertLineEnding;
  command({ state, dispatch: (transaction) => (state = transaction.state) });
  return state.doc.toString();
}

export const address = (workspace: string, path: string): string => addressOf(workspace, path);
export const placeAt = (hash: string): string => JSON.stringify(placeOf(hash));
export const pathRefused = (path: string): string | null => pathProblem(path);
export const nameRefused = (name: string): string | null => workspaceNameProblem(name);
export const folders = (paths: string): string =>
  JSON.stringify(foldersOf((JSON.parse(paths) as string[]).map((path) => ({ path, file: path }))));

/** One page without a screen: a client and the text it shows. */
export class Page {
  private readonly client: WorkspaceClient;
  private readonly sent: ClientMessage[] = [];
  private readonly told: string[] = [];
  private later: (() => void)[] = [];
  private readonly views = new Map<string, string>();
  private connected = false;
  private sessions = 0;
  wantsReconnect = false;

  constructor(private session: string) {
    this.client = new WorkspaceClient(session, {
      send: (message) => void (this.connected && this.sent.push(message)),
      later: (_delayMs, action) => void this.later.push(action),
      makeText: (text) => new StringText(text),
      opened: (file, _path, document) => void this.views.set(file, document.serverText.toString()),
      openFailed: (_target, message) => void this.told.push(`openFailed ${message}`),
      viewChanged: (file, operation) => void this.views.set(file, ops.apply(operation, this.view(file))),
      confirmed: () => undefined,
      editRejected: (_file, rejection, lost) => void this.told.push(`rejected ${rejection.code} ${lost}`),
      fileDeleted: (_file, path, author, own) => void this.told.push(`deleted ${path} ${author} ${own}`),
      treeChanged: () => undefined,
      presence: () => undefined,
      statusChanged: () => undefined,
      reconnect: (reason) => {
        this.told.push(`reconnect ${reason}`);
        this.wantsReconnect = true;
      },
      newSession: () => {
        this.session = this.session.slice(0, -3) + String(++this.sessions).padStart(3, "0");
        this.client.renewSession(this.session);
        this.wantsReconnect = true;
      },
    });
    this.client.tree.listed([]);
  }

  /** Makes a connection; gives the hello. */
  connect(): string {
    this.connected = true;
    this.wantsReconnect = false;
    const { version } = this.client;
    return JSON.stringify({ type: "hello", session: this.session, name: "page", ...(version === null ? {} : { resume: version }) });
  }

  disconnect(): void {
    this.connected = false;
    this.sent.length = 0;
    this.client.disconnected();
  }

  receive(message: string): void {
    this.client.receive(JSON.parse(message) as ServerMessage);
  }

  /** The next message that was sent, or null. */
  take(): string | null {
    const message = this.sent.shift();
    return message === undefined ? null : JSON.stringify(message);
  }

  /** Lets all that was put off happen. */
  wait(): void {
    const due = this.later;
    this.later = [];
    due.forEach((action) => action());
  }

  open(file: string): void {
    this.client.open(file);
  }

  view(file: string): string {
    return this.views.get(file) ?? "";
  }

  /** Types into a file that was opened; positions in code points. */
  type(file: string, at: number, remove: number, insert: string, joins = true): void {
    const text = this.view(file);
    const operation = ops.fromChanges([{ at, delete: remove, insert }], codePointLength(text));
    this.views.set(file, ops.apply(operation, text));
    this.client.edit(file, operation, joins);
  }

  /** Takes back the newest own edits; tells whether there were any. */
  undo(file: string): boolean {
    return this.taken(file, this.client.undo(file));
  }

  redo(file: string): boolean {
    return this.taken(file, this.client.redo(file));
  }

  private taken(file: string, operation: ops.TextOperation | null): boolean {
    if (operation !== null) {
      this.views.set(file, ops.apply(operation, this.view(file)));
    }
    return operation !== null;
  }

  remove(file: string): void {
    this.client.change({ kind: "delete", file }, (outcome) => {
      this.told.push("rejected" in outcome ? `delete refused ${outcome.rejected.code}` : "delete accepted");
    });
  }

  serverText(file: string): string {
    return this.client.document(file)?.serverText.toString() ?? "";
  }

  phase(file: string): string {
    return this.client.document(file)?.phase ?? "closed";
  }

  unconfirmed(): number {
    return this.client.unconfirmed;
  }

  version(): number {
    return this.client.version ?? -1;
  }

  /** What the person was told, a line each. */
  news(): string {
    return this.told.join("\n");
  }
}

export const page = (session: string): Page => new Page(session);


/** A file's past walked back from its newest text: all its texts, oldest first, as the committed operations left them. */
export function walkedBack(newest: string, operations: string, pageSize: number): string {
  const entries = editsOf("f", JSON.parse(operations) as OperationMessage[]);
  const history = new FileHistory(TreeText.of(newest));
  for (let end = entries.length; end > 0; end -= pageSize) {
    history.addOlder(entries.slice(Math.max(0, end - pageSize), end));
  }
  const texts: string[] = [];
  for (let index = 0; index <= history.length; index++) {
    texts.push(history.textAt(index).toString());
  }
  return JSON.stringify(texts);
}

/** A text after the replacements that are to turn it into another. */
export function replaced(before: string, after: string): string {
  let text = before;
  for (const { from, to, insert } of [...replacements(before, after)].reverse()) {
    text = text.slice(0, from) + insert + text.slice(to);
  }
  return text;
}

/** Of a comparison of two texts' lines: how many lines are not in both. */
export function distance(before: string, after: string): number {
  const hunks = diffLines(before.split(""), after.split(""));
  return hunks.reduce((sum, hunk) => sum + (hunk.to - hunk.from) + (hunk.end - hunk.start), 0);
}

/** "same" for two lists of texts that are the same, or where they first differ. */
export function same(a: string, b: string): string {
  const [left, right] = [JSON.parse(a) as string[], JSON.parse(b) as string[]];
  const index = left.findIndex((text, at) => text !== right[at]);
  return index < 0 && left.length === right.length ? "same" : `differ at ${index} of ${left.length} and ${right.length}`;
}
