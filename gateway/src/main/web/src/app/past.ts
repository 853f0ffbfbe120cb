import { editsOf, FileHistory, type HistoryEntry } from "../core/history";
import { TreeText } from "../editor/text";
import { listOperations, RequestError } from "../net/rest";
import type { OperationMessage } from "../core/messages";

const PAGE_OPERATIONS = 1_000;
const EDITS_AT_ONCE = 100;

/** How far the reading of a file's past has come. */
export interface PastProgress {
  /** The oldest version read so far. */
  readonly version: number;
  /** Whether there is more to come. */
  readonly loading: boolean;
  /** Why the past ends here although there was more, or null. */
  readonly cut: string | null;
}

/**
 * Reads a file's past page by page, newest first, while it is already looked at. The server has operations of a whole
 * workspace, so pages without one of this file go by.
 */
export class Past {
  readonly history: FileHistory;
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
      const created = operations.some((message) => message.file === this.file && message.op.kind === "create");
      upTo = created ? 0 : after;
      progress({ version: upTo, loading: upTo > 0 && cut === null, cut });
    }
    if (this.version === 0) {
      progress({ version: 0, loading: false, cut: null });
    }
  }

  /** Takes edits in a few at a time, so that the page stays at hand; tells whether anybody still wants to know. */
  private async takeIn(entries: readonly HistoryEntry[]): Promise<boolean> {
    for (let end = entries.length; end > 0; end -= EDITS_AT_ONCE) {
      this.history.addOlder(entries.slice(Math.max(0, end - EDITS_AT_ONCE), end));
      await new Promise((resolve) => setTimeout(resolve, 0));
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
