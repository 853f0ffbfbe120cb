import {
  EditorSelection,
  EditorState,
  type Extension,
  Facet,
  type SelectionRange,
  type StateCommand,
  type Text,
  Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { insertNewlineAndIndent } from "@codemirror/commands";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { toWellFormed } from "../core/codepoints";

/*
 * A line may end in a carriage return and a line feed. The text holds both, as the file does; the caret never stands
 * between them, deleting takes both, and a new line gets the ending that most lines of the file have.
 */

/** The line ending of a file: what most of its first lines end in. */
export function lineEndingOf(text: Text): "\n" | "\r\n" {
  let withReturn = 0;
  const lines = Math.min(text.lines - 1, 1_000);
  for (let number = 1; number <= lines; number++) {
    withReturn += text.line(number).text.endsWith("\r") ? 1 : 0;
  }
  return withReturn * 2 > lines ? "\r\n" : "\n";
}

/** The line ending that new lines of a file get. */
export const newLineEnding = Facet.define<"\n" | "\r\n", "\n" | "\r\n">({ combine: (values) => values[0] ?? "\n" });

/** Whether a position lies between a carriage return and its line feed. */
export function insideLineEnding(text: Text, position: number): boolean {
  return position > 0 && position < text.length && text.sliceString(position - 1, position + 1) === "\r\n";
}

/** Text from outside (clipboard, input) as it may enter a file. */
export function cleanInput(text: string, ending: string): string {
  return toWellFormed(text).replace(/\r\n?|\n/g, ending);
}

function outside(text: Text, range: SelectionRange, before: SelectionRange | undefined): SelectionRange {
  const move = (position: number, was: number | undefined): number => {
    if (!insideLineEnding(text, position)) {
      return position;
    }
    return was === position - 1 ? position + 1 : position - 1;
  };
  const anchor = move(range.anchor, before?.anchor);
  const head = move(range.head, before?.head);
  return anchor === range.anchor && head === range.head ? range : EditorSelection.range(anchor, head);
}

/** Keeps every caret and selection end out of line endings. */
const caretOutside = EditorState.transactionFilter.of((transaction) => {
  const selection = transaction.newSelection;
  const text = transaction.newDoc;
  if (!selection.ranges.some((range) => insideLineEnding(text, range.anchor) || insideLineEnding(text, range.head))) {
    return transaction;
  }
  const before = transaction.docChanged ? [] : transaction.startState.selection.ranges;
  const ranges = selection.ranges.map((range, index) => outside(text, range, before[index]));
  return [transaction, { selection: EditorSelection.create(ranges, selection.mainIndex), sequential: true }];
});

/** Makes a deletion that would cut a line ending in two take all of it. */
const deleteWhole = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.isUserEvent("delete")) {
    return transaction;
  }
  const text = transaction.startState.doc;
  let cut = false;
  const changes: { from: number; to: number }[] = [];
  transaction.changes.iterChanges((from, to) => {
    const start = insideLineEnding(text, from) ? from - 1 : from;
    const end = insideLineEnding(text, to) ? to + 1 : to;
    cut ||= start !== from || end !== to;
    changes.push({ from: start, to: end });
  });
  if (!cut) {
    return transaction;
  }
  const userEvent = transaction.annotation(Transaction.userEvent) ?? "delete";
  const spec: TransactionSpec = { changes, userEvent, scrollIntoView: transaction.scrollIntoView };
  return [spec];
});

/** The new line of a file whose lines end in two characters; the other kind is left to the editor's own command. */
export const insertLineEnding: StateCommand = ({ state, dispatch }) => {
  const ending = state.facet(newLineEnding);
  if (ending === "\n" || state.readOnly) {
    return insertNewlineAndIndent({ state, dispatch });
  }
  const change = state.changeByRange((range) => {
    const indent = /^[ \t]*/.exec(state.doc.lineAt(range.from).text)?.[0] ?? "";
    const insert = state.toText(ending + indent);
    return {
      changes: { from: range.from, to: range.to, insert },
      range: EditorSelection.cursor(range.from + insert.length),
    };
  });
  dispatch(state.update(change, { scrollIntoView: true, userEvent: "input" }));
  return true;
};

const hidden = Decoration.replace({});

function hiddenReturns(view: EditorView): DecorationSet {
  const ranges = [];
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.line(line.number + 1)) {
      if (line.text.endsWith("\r") && line.to < view.state.doc.length) {
        ranges.push(hidden.range(line.to - 1, line.to));
      }
      if (line.to >= to) {
        break;
      }
    }
  }
  return Decoration.set(ranges);
}

/** Does not show the carriage return of a line ending; one elsewhere is shown as what it is. */
const hideReturns = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = hiddenReturns(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) {
        this.decorations = hiddenReturns(update.view);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Everything that keeps line endings as they are, for a file that starts with the given text. */
export function lineEndings(text: Text): Extension {
  const ending = lineEndingOf(text);
  return [
    EditorState.lineSeparator.of("\n"),
    newLineEnding.of(ending),
    caretOutside,
    deleteWhole,
    hideReturns,
    EditorView.clipboardInputFilter.of((pasted) => cleanInput(pasted, ending)),
    keymap.of([{ key: "Enter", run: insertLineEnding, shift: insertLineEnding }]),
  ];
}
