import { codePointLength } from "./codepoints";
import type { ImmutableText } from "./document";
import type { OperationMessage } from "./messages";
import { fromChanges, type Change } from "./operation";

/** A change as it was committed, with the text it took out. */
export interface CommittedChange extends Change {
  readonly deleted?: string;
}

/** One committed edit of a file. */
export interface HistoryEntry {
  readonly version: number;
  readonly path: string;
  readonly author: string;
  readonly session: string;
  readonly timeMs: number;
  readonly changes: readonly CommittedChange[];
}

/** The edits of one file among committed operations, oldest first. */
export function editsOf(file: string, operations: readonly OperationMessage[]): HistoryEntry[] {
  return operations
    .filter((message) => message.file === file && message.op.kind === "edit")
    .map((message) => ({
      version: message.version,
      path: message.path ?? "",
      author: message.author,
      session: message.session,
      timeMs: message.time,
      changes: message.op.kind === "edit" ? message.op.changes : [],
    }));
}

/** The changes that take committed changes back, on the text they led to. */
export function inverseChanges(changes: readonly CommittedChange[]): Change[] {
  let shift = 0;
  return changes.map((change) => {
    const at = change.at + shift;
    const inserted = codePointLength(change.insert);
    shift += inserted - change.delete;
    return { at, delete: inserted, insert: change.deleted ?? "" };
  });
}

const KEPT_EVERY = 64;

/**
 * A file's past, walked back from its newest text by taking edits back one by one. Texts share their structure, and one
 * in every 64 is kept, so that any of them is at most 64 steps away however long the past is. For one thread.
 */
export class FileHistory {
  /** Newest first: how older ones are found and added to. */
  private readonly entries: HistoryEntry[] = [];
  /** The text before the first `index * KEPT_EVERY` entries from the newest were made. */
  private readonly kept: ImmutableText[];
  private oldest: ImmutableText;

  /** Starts with the newest text and nothing known of its past. */
  constructor(newest: ImmutableText) {
    this.kept = [newest];
    this.oldest = newest;
  }

  /** How many edits are known; texts are numbered 0, before all of them, to this, the newest. */
  get length(): number {
    return this.entries.length;
  }

  /** Takes in edits older than all known ones, oldest first, that lead to the oldest text known. */
  addOlder(entries: readonly HistoryEntry[]): void {
    for (let index = entries.length - 1; index >= 0; index--) {
      const entry = entries[index] as HistoryEntry;
      this.oldest = before(this.oldest, entry);
      this.entries.push(entry);
      if (this.entries.length % KEPT_EVERY === 0) {
        this.kept.push(this.oldest);
      }
    }
  }

  /** The edit that led to a text, or null for text 0. */
  entryAt(index: number): HistoryEntry | null {
    return this.entries[this.entries.length - index] ?? null;
  }

  /** A text by its number. */
  textAt(index: number): ImmutableText {
    const back = this.entries.length - index;
    if (back === this.entries.length) {
      return this.oldest;
    }
    const start = Math.floor(back / KEPT_EVERY);
    let text = this.kept[start] as ImmutableText;
    for (let step = start * KEPT_EVERY; step < back; step++) {
      text = before(text, this.entries[step] as HistoryEntry);
    }
    return text;
  }
}

function before(text: ImmutableText, entry: HistoryEntry): ImmutableText {
  return text.apply(fromChanges(inverseChanges(entry.changes), text.length));
}
