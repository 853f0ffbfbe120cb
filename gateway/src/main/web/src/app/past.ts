import { editsOf, FileHistory, type HistoryEntry } from "../core/history";
import { TreeText } from "../editor/text";
import { listOperations, RequestError } from "../net/rest";
import type { OperationMessage } from "../core/messages";

const PAGE_OPERATIONS = 1_000;
/** How long edits are taken in before the page gets its turn: less than a frame. */
const SLICE_MS = 6;
const EDITS_BETWEEN_LOOKS = 16;

/** How far the reading of a file's past has come. */
export interface PastProgress {
  /** The oldest version read so far. */
  readonly version: number;
  /** Whether there is more to come. */
  readonly loading: boolean;
  /** Why the past ends here although there was more, or null. */
  readonly cut: string | null;
}

/** Something done at a version. */
export interface Moment {
  readonly version: number;
  readonly author: string;
  readonly timeMs: number;
}

/**
 * Reads a file's past page by page, newest first, while it is already looked at. The server has operations of a whole
 * workspace, so pages without one of this file go by.
 */
export class Past {
  readonly history: FileHistory;
  /** Who created the file, once that was read. */
  created: Moment | null = null;
  private stopped = false;

  /** Starts at a text of the file as the server has it at a version. */
  constructor(
    private readonly workspace: string,
    private readonly file: string,
    readonly newest: TreeText,
    readonly version: number,
  ) {
    this.history = new FileHistory(newest);
  }

  /** Stops reading. */
  stop(): void {
    this.stopped = true;
  }

  /** Reads it all; tells after every page, and does not tell any more once stopped. */
  async read(progress: (progress: PastProgress) => void): Promise<void> {
    let upTo = this.version;
    let cut: string | null = null;
    while (upTo > 0 && cut === null) {
      const after = Math.max(0, upTo - PAGE_OPERATIONS);
      let operations: OperationMessage[] = [];
      try {
        operations = await this.between(after, upTo);
      } catch (problem) {
        cut = problem instanceof RequestError ? problem.message : String(problem);
      }
      if (this.stopped) {
        return;
      }
      if (!(await this.takeIn(editsOf(this.file, operations)))) {
        return;
      }
      const created = operations.find((message) => message.file === this.file && message.op.kind === "create");
      if (created !== undefined) {
        this.created = { version: created.version, author: created.author, timeMs: created.time };
      }
      upTo = this.created === null ? after : 0;
      progress({ version: upTo, loading: upTo > 0 && cut === null, cut });
    }
    if (this.version === 0) {
      progress({ version: 0, loading: false, cut: null });
    }
  }

  /** Takes edits in a few at a time, so that the page stays at hand; tells whether anybody still wants to know. */
  private async takeIn(entries: readonly HistoryEntry[]): Promise<boolean> {
    let turnMs = performance.now();
    for (let end = entries.length; end > 0; end -= EDITS_BETWEEN_LOOKS) {
      this.history.addOlder(entries.slice(Math.max(0, end - EDITS_BETWEEN_LOOKS), end));
      if (performance.now() - turnMs > SLICE_MS) {
        await nextTurn();
        turnMs = performance.now();
      }
      if (this.stopped) {
        return false;
      }
    }
    return true;
  }

  /** The operations after one version up to another; the server may give them in several pieces. */
  private async between(after: number, upTo: number): Promise<OperationMessage[]> {
    const operations: OperationMessage[] = [];
    for (let from = after; from < upTo; ) {
      const page = await listOperations(this.workspace, from, upTo - from);
      operations.push(...page.ops.filter((message) => message.version <= upTo));
      const last = page.ops[page.ops.length - 1];
      if (last === undefined || last.version <= from) {
        break;
      }
      from = last.version;
    }
    return operations;
  }
}

/** Lets everything else that waits have its turn; unlike a timer, without being held back. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
