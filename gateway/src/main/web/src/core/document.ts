import { codePointLength, sliceCodePoints } from "./codepoints";
import * as ops from "./operation";
import type { TextOperation } from "./operation";

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

/**
 * One file as one client sees it: what the server has confirmed, at most one operation in flight, and later edits
 * composed into a buffer. The text shown is `server · inFlight · buffer`.
 *
 *     synchronised --local, take--> awaitingConfirm --local--> awaitingWithBuffer
 *           ^                          |      ^                       |
 *           +------ confirmed ---------+      +--- confirmed, take ---+
 */
export class DocumentClient {
  private outstanding: TextOperation | null = null;
  private buffered: TextOperation | null = null;
  private outstandingEdits = 0;
  private bufferedEdits = 0;

  /** Starts with a text as the server has it. */
  constructor(private server: ImmutableText) {}

  get phase(): Phase {
    if (this.outstanding === null) {
      return "synchronised";
    }
    return this.buffered === null ? "awaitingConfirm" : "awaitingWithBuffer";
  }

  /** The text as the server has it, as far as this client heard. */
  get serverText(): ImmutableText {
    return this.server;
  }

  /** The edit in flight as it stands now on the server's text, or null. */
  get inFlight(): TextOperation | null {
    return this.outstanding;
  }

  /** The edits not yet confirmed, oldest first: none, one or two operations. */
  get pending(): readonly TextOperation[] {
    return [this.outstanding, this.buffered].filter((operation) => operation !== null) as TextOperation[];
  }

  /** How many edits, as they were typed, are not yet confirmed. */
  get unconfirmedEdits(): number {
    return this.outstandingEdits + this.bufferedEdits;
  }

  /** Whether there is an edit that was not yet handed out for sending. */
  get hasBuffer(): boolean {
    return this.buffered !== null;
  }

  /** Takes in an edit of the text shown. */
  local(operation: TextOperation): void {
    if (ops.isNoop(operation)) {
      return;
    }
    const buffered = this.buffered === null ? operation : ops.compose(this.buffered, operation);
    this.buffered = ops.isNoop(buffered) ? null : buffered;
    this.bufferedEdits = this.buffered === null ? 0 : this.bufferedEdits + 1;
  }

  /** Hands out the buffer for sending; it is in flight from now on. Null if nothing is to be sent or one is out. */
  take(): TextOperation | null {
    if (this.outstanding !== null || this.buffered === null) {
      return null;
    }
    this.outstanding = this.buffered;
    this.outstandingEdits = this.bufferedEdits;
    this.buffered = null;
    this.bufferedEdits = 0;
    return this.outstanding;
  }

  /** Takes in another's edit as the server committed it; gives the edit to apply to the text shown. */
  foreign(operation: TextOperation): TextOperation {
    this.server = this.server.apply(operation);
    const pastOutstanding = this.over(operation, "outstanding");
    return this.over(pastOutstanding, "buffered");
  }

  /**
   * Takes in the server's confirmation of the operation in flight.
   *
   * @throws DivergenceError if the server committed another edit than the one this client shows
   */
  confirmed(operation: TextOperation): void {
    if (this.outstanding === null || !ops.sameOperation(operation, this.outstanding)) {
      throw new DivergenceError("the server committed another edit than this page shows");
    }
    this.server = this.server.apply(operation);
    this.outstanding = null;
    this.outstandingEdits = 0;
  }

  /**
   * Takes back the operation in flight, which the server refused; what was typed later stays, as far as it does not
   * stand on what was refused.
   *
   * @returns the edit to apply to the text shown, and the text that went with it
   */
  rejected(): { readonly view: TextOperation; readonly lost: string } {
    const refused = this.outstanding ?? ops.noop(this.server.length);
    this.outstanding = null;
    this.outstandingEdits = 0;
    const inverse = ops.invert(refused, (from, to) => this.server.slice(from, to));
    const view = this.over(inverse, "buffered");
    return { view, lost: insertedText(refused) };
  }

  private over(operation: TextOperation, slot: "outstanding" | "buffered"): TextOperation {
    const own = this[slot];
    if (own === null) {
      return operation;
    }
    const moved = ops.transform(own, operation, "left");
    const shown = ops.transform(operation, own, "right");
    this[slot] = moved;
    if (slot === "buffered" && ops.isNoop(moved)) {
      this.buffered = null;
      this.bufferedEdits = 0;
    }
    return shown;
  }
}

function insertedText(operation: TextOperation): string {
  return operation.components.filter((component) => typeof component === "string").join("\n");
}
