import * as ops from "./operation";
import type { TextOperation } from "./operation";

/** How many steps can be taken back; older ones are forgotten. */
const STEPS_MAX = 1_000;

/**
 * One own edit as it can be taken back. While the server has not confirmed it, the edit itself is what counts; then it is
 * what takes back what the server really did, however little that was.
 */
export class OwnEdit {
  /** What takes it back, as committed; null while it is not confirmed. */
  inverse: TextOperation | null = null;
  /** What happened since to the text that `inverse` stands on. */
  since: TextOperation | null = null;
  /** The stack it is on. */
  stack: OwnEdits | null = null;

  /** Edits of one step are taken back together. */
  constructor(readonly step: number) {}
}

/**
 * A stack of own edits: each stands on the text that there is once all above it were taken back. What others do is noted
 * at the topmost confirmed edit only and goes down one edit at a time, when it is that one's turn. For one thread.
 */
export class OwnEdits {
  private edits: OwnEdit[] = [];

  get top(): OwnEdit | undefined {
    return this.edits[this.edits.length - 1];
  }

  push(edit: OwnEdit): void {
    edit.stack = this;
    this.edits.push(edit);
    if (this.edits.length > STEPS_MAX) {
      (this.edits.shift() as OwnEdit).stack = null;
    }
  }

  remove(edit: OwnEdit): void {
    edit.stack = null;
    this.edits = this.edits.filter((other) => other !== edit);
  }

  clear(): void {
    this.edits.forEach((edit) => (edit.stack = null));
    this.edits = [];
  }

  /** Notes what happened to the text that the topmost confirmed edit stands on. */
  passed(operation: TextOperation): void {
    for (let index = this.edits.length - 1; index >= 0; index--) {
      const edit = this.edits[index] as OwnEdit;
      if (edit.inverse !== null) {
        edit.since = edit.since === null ? operation : ops.compose(edit.since, operation);
        return;
      }
    }
  }

  /** Takes off the top, a confirmed edit; gives what takes it back now. */
  pop(): TextOperation {
    const { inverse, since } = this.edits.pop() as OwnEdit & { inverse: TextOperation };
    if (since === null) {
      return inverse;
    }
    this.passed(ops.transform(since, inverse, "right"));
    return ops.transform(inverse, since, "left");
  }
}
