import { codePointLength, sliceCodePoints } from "./codepoints";
import * as ops from "./operation";
import type { TextOperation } from "./operation";
import { OwnEdit, OwnEdits } from "./undo";

/** A text that never changes; edits give another one. Positions and lengths in code points. */
export interface ImmutableText {
  readonly length: number;
  slice(from: number, to: number): string;
  apply(operation: TextOperation): ImmutableText;
  toString(): string;
}

/** A text kept as one string. */
export class StringText implements ImmutableText {
  readonly length: number;

  constructor(private readonly text: string) {
    this.length = codePointLength(text);
  }

  slice(from: number, to: number): string {
    return sliceCodePoints(this.text, from, to);
  }

  apply(operation: TextOperation): StringText {
    return new StringText(ops.apply(operation, this.text));
  }

  toString(): string {
    return this.text;
  }
}

/** How far a document's own edits have come. */
export type Phase = "synchronised" | "awaitingConfirm" | "awaitingWithBuffer";

/** Thrown where the server's answer is not what this client computed; the file must be read again. */
export class DivergenceError extends Error {}

/** An own edit that the server has not confirmed. */
interface Pending {
  /** The edit as it stands now on everything before it. */
  operation: TextOperation;
  /** How many edits, as they were typed, it is made of. */
  edits: number;
  own: OwnEdit;
  /** Whether it takes back the edit in flight, right before it: whatever comes of that, both together do nothing. */
  takesBackInFlight: boolean;
}

/**
 * One file as one client sees it: what the server has confirmed, at most one operation in flight, and later edits in a
 * buffer, those of one undo step composed. The text shown is `server · inFlight · buffer`.
 *
 *     synchronised --local, take--> awaitingConfirm --local--> awaitingWithBuffer
 *           ^                          |      ^                       |
 *           +------ confirmed ---------+      +--- confirmed, take ---+
 *
 * Undo takes back own edits only, newest first. One that is still in the buffer goes as if it had never been; one in
 * flight is followed by what takes it back; one that was confirmed is taken back as the server committed it, so that text
 * which two people deleted comes back once when both take that back.
 */
export class DocumentClient {
  private outstanding: Pending | null = null;
  private buffer: Pending[] = [];
  private readonly undoable = new OwnEdits();
  private readonly redoable = new OwnEdits();
  private step = 0;

  /** Starts with a text as the server has it. */
  constructor(private server: ImmutableText) {}

  get phase(): Phase {
    if (this.outstanding === null) {
      return "synchronised";
    }
    return this.buffer.length === 0 ? "awaitingConfirm" : "awaitingWithBuffer";
  }

  /** The text as the server has it, as far as this client heard. */
  get serverText(): ImmutableText {
    return this.server;
  }

  /** The edit in flight as it stands now on the server's text, or null. */
  get inFlight(): TextOperation | null {
    return this.outstanding?.operation ?? null;
  }

  /** The edits not yet confirmed, oldest first. */
  get pending(): readonly TextOperation[] {
    return this.unconfirmed.map((pending) => pending.operation);
  }

  /** How many edits, as they were typed, are not yet confirmed. */
  get unconfirmedEdits(): number {
    return this.unconfirmed.reduce((sum, pending) => sum + pending.edits, 0);
  }

  /** Whether there is an edit that was not yet handed out for sending. */
  get hasBuffer(): boolean {
    return this.buffer.length > 0;
  }

  private get unconfirmed(): readonly Pending[] {
    return this.outstanding === null ? this.buffer : [this.outstanding, ...this.buffer];
  }

  /** Takes in an edit of the text shown; one that joins is taken back together with the one before it. */
  local(operation: TextOperation, joins = true): void {
    if (ops.isNoop(operation)) {
      return;
    }
    this.redoable.clear();
    const last = this.buffer[this.buffer.length - 1];
    const sameStep = joins && this.undoable.top?.step === this.step;
    if (sameStep && last !== undefined && last.own === this.undoable.top) {
      last.operation = ops.compose(last.operation, operation);
      last.edits++;
      this.dropNoops();
    } else {
      this.append(operation, new OwnEdit(sameStep ? this.step : ++this.step), this.undoable);
    }
  }

  /** Hands out the oldest edit of the buffer for sending; it is in flight from now on. Null if there is none to send. */
  take(): TextOperation | null {
    if (this.outstanding !== null) {
      return null;
    }
    this.outstanding = this.buffer.shift() ?? null;
    return this.inFlight;
  }

  /** Takes in another's edit as the server committed it; gives the edit to apply to the text shown. */
  foreign(operation: TextOperation): TextOperation {
    this.server = this.server.apply(operation);
    return this.carry(operation, this.unconfirmed, null, () => ({
      operation: this.inverseOf(this.outstanding as Pending, this.server),
      passes: operation,
    }));
  }

  /**
   * Takes in the server's confirmation of the operation in flight.
   *
   * @throws DivergenceError if the server committed another edit than the one this client shows
   */
  confirmed(operation: TextOperation): void {
    if (this.outstanding === null || !ops.sameOperation(operation, this.outstanding.operation)) {
      throw new DivergenceError("the server committed another edit than this page shows");
    }
    this.outstanding.own.inverse = this.inverseOf(this.outstanding, this.server);
    this.server = this.server.apply(operation);
    this.outstanding = null;
    this.buffer.forEach((pending) => (pending.takesBackInFlight = false));
  }

  /**
   * Takes back the operation in flight, which the server refused; what was typed later stays, as far as it does not
   * stand on what was refused.
   *
   * @returns the edit to apply to the text shown, and the text that went with it
   */
  rejected(): { readonly view: TextOperation; readonly lost: string } {
    const refused = this.outstanding;
    if (refused === null) {
      return { view: ops.noop(this.shown().length), lost: "" };
    }
    this.outstanding = null;
    const { stack } = refused.own;
    stack?.remove(refused.own);
    const nothing = ops.noop(this.server.length);
    const view = this.carry(this.inverseOf(refused, this.server), this.buffer, stack, () => ({
      operation: nothing,
      passes: nothing,
    }));
    return { view, lost: insertedText(refused.operation) };
  }

  /** Takes back the newest step of own edits; gives the edit to apply to the text shown, null where nothing is left. */
  undo(): TextOperation | null {
    return this.takeBack(this.undoable, this.redoable);
  }

  /** Does again the step taken back last; gives the edit to apply to the text shown, null where nothing is left. */
  redo(): TextOperation | null {
    return this.takeBack(this.redoable, this.undoable);
  }

  private takeBack(from: OwnEdits, to: OwnEdits): TextOperation | null {
    const step = ++this.step;
    let view: TextOperation | null = null;
    while (from.top !== undefined && (view === null || ops.isNoop(view))) {
      const taken = from.top.step;
      while (from.top?.step === taken) {
        const operation = this.takeBackTop(from, to, step);
        view = view === null ? operation : ops.compose(view, operation);
      }
    }
    // What is typed next is a step of its own.
    this.step++;
    return view === null || ops.isNoop(view) ? null : view;
  }

  private takeBackTop(from: OwnEdits, to: OwnEdits, step: number): TextOperation {
    const own = from.top as OwnEdit;
    const last = this.buffer[this.buffer.length - 1];
    if (last !== undefined && last.own === own) {
      from.remove(own);
      this.buffer.pop();
      to.push(this.beforeOf(last, step));
      return this.inverseOf(last, this.shown());
    }
    if (this.outstanding !== null && this.outstanding.own === own) {
      from.remove(own);
      const operation = this.inverseOf(this.outstanding, this.server);
      this.append(operation, new OwnEdit(step), to, true);
      return operation;
    }
    const operation = from.pop();
    this.append(operation, new OwnEdit(step), to);
    return operation;
  }

  /** What is to be taken back once an edit that was never sent is gone. */
  private beforeOf(gone: Pending, step: number): OwnEdit {
    const own = new OwnEdit(step);
    if (gone.takesBackInFlight && this.outstanding !== null) {
      this.outstanding.own = own;
    } else {
      own.inverse = gone.operation;
    }
    return own;
  }

  private append(operation: TextOperation, own: OwnEdit, stack: OwnEdits, takesBackInFlight = false): void {
    if (!ops.isNoop(operation)) {
      stack.push(own);
      this.buffer.push({ operation, edits: 1, own, takesBackInFlight });
    }
  }

  private shown(): ImmutableText {
    return this.pending.reduce((text, operation) => text.apply(operation), this.server);
  }

  private inverseOf(pending: Pending, before: ImmutableText): TextOperation {
    return ops.invert(pending.operation, (from, to) => before.slice(from, to));
  }

  /**
   * Brings an operation over pending edits, and them over it; gives what it does to the text shown.
   *
   * @param untouched the stack whose confirmed edits stand on a text that the operation does not change
   * @param together  what takes back the edit in flight from now on, and what passes both
   */
  private carry(
    operation: TextOperation,
    over: readonly Pending[],
    untouched: OwnEdits | null,
    together: () => { readonly operation: TextOperation; readonly passes: TextOperation },
  ): TextOperation {
    const met = new Set<OwnEdits | null>([untouched]);
    let passing = operation;
    for (const pending of over) {
      const { stack } = pending.own;
      if (!met.has(stack)) {
        met.add(stack);
        stack?.passed(passing);
      }
      if (pending.takesBackInFlight) {
        const both = together();
        pending.operation = both.operation;
        passing = both.passes;
      } else {
        const moved = ops.transform(pending.operation, passing, "left");
        passing = ops.transform(passing, pending.operation, "right");
        pending.operation = moved;
      }
    }
    [this.undoable, this.redoable].filter((stack) => !met.has(stack)).forEach((stack) => stack.passed(passing));
    this.dropNoops();
    return passing;
  }

  private dropNoops(): void {
    const gone = this.buffer.filter((pending) => ops.isNoop(pending.operation));
    gone.forEach((pending) => pending.own.stack?.remove(pending.own));
    this.buffer = this.buffer.filter((pending) => !ops.isNoop(pending.operation));
  }
}

function insertedText(operation: TextOperation): string {
  return operation.components.filter((component) => typeof component === "string").join("\n");
}
