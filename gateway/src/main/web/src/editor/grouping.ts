import { Transaction } from "@codemirror/state";

const PAUSE_MS = 500;

/**
 * Whether an edit is undone together with the one before it: more of the same kind, at the same place and without a
 * pause. What an input method composes is one edit however long it takes.
 */
export function joinsLastEdit(last: Transaction | null, edit: Transaction): boolean {
  if (last === null) {
    return false;
  }
  if (edit.isUserEvent("input.type.compose") && last.isUserEvent("input.type.compose")) {
    return true;
  }
  const kind = ["input.type", "delete"].find((event) => edit.isUserEvent(event));
  const pauseMs = (edit.annotation(Transaction.time) ?? 0) - (last.annotation(Transaction.time) ?? 0);
  return kind !== undefined && last.isUserEvent(kind) && pauseMs < PAUSE_MS && adjacent(last, edit);
}

function adjacent(last: Transaction, edit: Transaction): boolean {
  const places: number[] = [];
  last.changes.iterChangedRanges((_from, _to, from, to) => places.push(from, to));
  let touches = false;
  edit.changes.iterChangedRanges((from, to) => {
    for (let index = 0; index < places.length; index += 2) {
      touches ||= to >= (places[index] as number) && from <= (places[index + 1] as number);
    }
  });
  return touches;
}
