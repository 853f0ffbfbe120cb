import { utf8Length } from "./codepoints";
import { DivergenceError, DocumentClient, type ImmutableText } from "./document";
import type {
  ClientMessage,
  ErrorMessage,
  OpenedMessage,
  Operation,
  OperationMessage,
  PresenceMessage,
  RejectedMessage,
  ServerMessage,
  SubmitMessage,
  WelcomeMessage,
} from "./messages";
import { fromChanges, toChanges, type TextOperation } from "./operation";
import { FileTree } from "./tree";

/** What an operation on the tree came to. */
export type TreeOutcome = { readonly accepted: OperationMessage } | { readonly rejected: RejectedMessage };

/** What the client needs from outside and tells it; called on the thread that calls the client. */
export interface WorkspaceEvents {
  /** Sends a message; called only while connected. */
  send(message: ClientMessage): void;
  /** Does something later. */
  later(delayMs: number, action: () => void): void;
  /** Makes the text of an opened file. */
  makeText(text: string): ImmutableText;
  /** A file was opened, or its text was read again because it had gone astray. */
  opened(file: string, path: string, document: DocumentClient): void;
  openFailed(target: { readonly file?: string; readonly path?: string }, message: string): void;
  /** The text shown of an open file is to be changed by this; `author` is the session, null for a taken-back edit. */
  viewChanged(file: string, operation: TextOperation, author: string | null): void;
  /** An own edit of an open file became part of the log. */
  confirmed(file: string): void;
  /** An own edit was refused and taken back; `lost` is the text that went with it. */
  editRejected(file: string, rejection: { readonly code: string; readonly message: string }, lost: string): void;
  fileDeleted(file: string, path: string, author: string, own: boolean): void;
  treeChanged(): void;
  presence(message: PresenceMessage): void;
  statusChanged(): void;
  /** The connection is to be made anew from the version known. */
  reconnect(reason: string): void;
  /** The session is spent; the next connection needs another id. */
  newSession(): void;
}

type Work =
  | { readonly kind: "document"; readonly file: string }
  | { readonly kind: "tree"; readonly op: Operation; readonly done: (outcome: TreeOutcome) => void };

interface InFlight {
  message: SubmitMessage;
  readonly work: Work;
  attempts: number;
}

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 5_000;

/**
 * One client of one workspace: the files it has open, one operation in flight for the whole session, the rest in
 * buffers. Knows neither sockets nor clocks. For one thread.
 *
 * The operation in flight never changes once sent; after a reconnect the same message is sent again, unless what was
 * missed showed it committed. The server answers a repeat with its first answer, so nothing is applied twice.
 */
export class WorkspaceClient {
  readonly tree = new FileTree();
  private readonly documents = new Map<string, DocumentClient>();
  private readonly opening = new Set<string>();
  private readonly queue: Work[] = [];
  private inFlight: InFlight | null = null;
  private nextSeq = 1;
  private seen: number | null = null;
  private catchUpTo: number | null = null;
  private joined = false;
  private messageBytesMax = Infinity;

  constructor(
    private session: string,
    private readonly events: WorkspaceEvents,
  ) {}

  /** The last version heard, or null before the first welcome. */
  get version(): number | null {
    return this.seen;
  }

  /** Edits and tree operations not yet confirmed, as the person made them. */
  get unconfirmed(): number {
    const tree = this.queue.filter((work) => work.kind === "tree").length + (this.inFlight?.work.kind === "tree" ? 1 : 0);
    let edits = 0;
    this.documents.forEach((document) => (edits += document.unconfirmedEdits));
    return tree + edits;
  }

  document(file: string): DocumentClient | undefined {
    return this.documents.get(file);
  }

  /** Asks for a file's text, now or as soon as there is a connection. */
  open(file: string): void {
    this.opening.add(file);
    if (this.joined) {
      this.events.send({ type: "open", file });
    }
  }

  /** Forgets an open file; only one without unconfirmed edits may be forgotten. */
  close(file: string): void {
    this.opening.delete(file);
    if (this.documents.get(file)?.unconfirmedEdits === 0) {
      this.documents.delete(file);
    }
  }

  /** Takes in an edit of the text shown of an open file; one that joins is undone together with the one before it. */
  edit(file: string, operation: TextOperation, joins = true): void {
    this.changeDocument(file, (document) => document.local(operation, joins));
  }

  /** Takes back the newest own edits of an open file; gives what to do to the text shown, null where there are none. */
  undo(file: string): TextOperation | null {
    return this.changeDocument(file, (document) => document.undo());
  }

  /** Does again what was taken back last; gives what to do to the text shown, null where there is nothing. */
  redo(file: string): TextOperation | null {
    return this.changeDocument(file, (document) => document.redo());
  }

  private changeDocument<T>(file: string, change: (document: DocumentClient) => T): T {
    const document = this.documents.get(file);
    if (document === undefined) {
      throw new Error(`file ${file} is not open`);
    }
    const result = change(document);
    this.enqueueDocument(file);
    this.pump();
    this.events.statusChanged();
    return result;
  }

  /** Asks for a change of the tree. */
  change(op: Operation, done: (outcome: TreeOutcome) => void): void {
    this.queue.push({ kind: "tree", op, done });
    this.pump();
    this.events.statusChanged();
  }

  /** The connection is gone; edits go on into the buffers. */
  disconnected(): void {
    this.joined = false;
    this.catchUpTo = null;
  }

  /** Starts a new session under another id, keeping what is unconfirmed. */
  renewSession(session: string): void {
    this.session = session;
    this.nextSeq = 1;
    if (this.inFlight !== null) {
      this.inFlight.message = this.makeSubmit(this.inFlight.work, this.nextSeq++);
    }
  }

  /**
   * Starts from nothing, because the history no longer reaches back to what this client knows: open files are read
   * again, and what was not confirmed is handed back.
   */
  startOver(): void {
    this.seen = null;
    this.inFlight = null;
    this.queue.length = 0;
    this.tree.forget();
    this.documents.forEach((document, file) => {
      this.setAside(file, document, "BASE_TOO_OLD", "You were away for longer than the server keeps its history.");
    });
  }

  /** Takes in one message of the server. */
  receive(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        return this.welcome(message);
      case "opened":
        return this.openedFile(message);
      case "op":
        return this.operation(message);
      case "rejected":
        return this.rejected(message);
      case "presence":
        return this.events.presence(message);
      case "error":
        return this.error(message);
    }
  }

  private welcome(message: WelcomeMessage): void {
    this.joined = true;
    this.messageBytesMax = message.limits?.["messageBytes"] ?? Infinity;
    this.catchUpTo = message.version;
    this.seen ??= message.version;
    this.opening.forEach((file) => this.events.send({ type: "open", file }));
    this.caughtUp();
    this.events.statusChanged();
  }

  /** Once what was missed is here: says the operation in flight again, or the next one. */
  private caughtUp(): void {
    if (this.catchUpTo === null || this.seen === null || this.seen < this.catchUpTo) {
      return;
    }
    this.catchUpTo = null;
    if (this.inFlight !== null) {
      this.events.send(this.inFlight.message);
    } else {
      this.pump();
    }
  }

  private get ready(): boolean {
    return this.joined && this.catchUpTo === null;
  }

  private openedFile(message: OpenedMessage): void {
    if (!this.opening.delete(message.file)) {
      return;
    }
    const document = new DocumentClient(this.events.makeText(message.text));
    this.documents.set(message.file, document);
    this.events.opened(message.file, message.path, document);
  }

  private error(message: ErrorMessage): void {
    if (message.file !== undefined || message.path !== undefined) {
      this.opening.delete(message.file ?? "");
      this.events.openFailed(message, message.message);
    }
  }

  private operation(message: OperationMessage): void {
    const seen = this.seen ?? 0;
    if (message.version <= seen) {
      return;
    }
    if (message.version > seen + 1) {
      this.events.reconnect(`version ${message.version} came after version ${seen}`);
      return;
    }
    this.seen = message.version;
    const own = message.session === this.session && message.seq === this.inFlight?.message.seq;
    const work = own ? this.settle() : null;
    if (message.op.kind === "edit" && message.file) {
      this.committedEdit(message.file, message, own);
    } else {
      this.committedTreeChange(message, own);
    }
    if (work?.kind === "tree") {
      work.done({ accepted: message });
    }
    this.caughtUp();
    this.pump();
    this.events.statusChanged();
  }

  private committedEdit(file: string, message: OperationMessage, own: boolean): void {
    const document = this.documents.get(file);
    if (document === undefined || message.op.kind !== "edit") {
      return;
    }
    try {
      const operation = fromChanges(message.op.changes, document.serverText.length);
      // A file read again since has nothing in flight: an answer that still comes is as good as another's edit.
      if (own && document.inFlight !== null) {
        document.confirmed(operation);
        this.events.confirmed(file);
      } else {
        this.events.viewChanged(file, document.foreign(operation), message.session);
      }
    } catch (problem) {
      if (!(problem instanceof DivergenceError || problem instanceof RangeError)) {
        throw problem;
      }
      this.setAside(file, document, "DIVERGED", `The text here went astray at version ${message.version}.`);
      this.events.send({ type: "open", file });
    }
  }

  private committedTreeChange(message: OperationMessage, own: boolean): void {
    if (this.tree.apply(message)) {
      this.events.treeChanged();
    }
    if (message.op.kind === "delete" && message.file) {
      this.events.fileDeleted(message.file, message.path ?? "", message.author, own);
    }
  }

  /** Has a file read again; what was not confirmed is handed back. */
  private setAside(file: string, document: DocumentClient, code: string, message: string): void {
    const lost = document.pending
      .flatMap((operation) => operation.components.filter((component) => typeof component === "string"))
      .join("\n");
    this.documents.delete(file);
    this.opening.add(file);
    this.events.editRejected(file, { code, message: `${message} It is read again.` }, lost);
  }

  private rejected(message: RejectedMessage): void {
    const inFlight = this.inFlight;
    if (inFlight === null || message.seq !== inFlight.message.seq) {
      return;
    }
    if (message.code === "SEQ_REUSED") {
      this.events.newSession();
    } else if (message.code === "SEQ_GAP" && message.expectedSeq !== undefined) {
      // Nothing of ours stands under that number, so it may be said anew.
      this.nextSeq = message.expectedSeq;
      this.sayAnew(inFlight);
    } else if (message.code === "BASE_TOO_OLD" && inFlight.work.kind === "document") {
      this.sayAnew(inFlight);
    } else if (message.retriable) {
      this.sayAgainLater(inFlight, message.retryAfterMs);
    } else {
      this.refused(message);
    }
    this.events.statusChanged();
  }

  /** An operation known not to be in the log is said with a new number and against the newest version. */
  private sayAnew(inFlight: InFlight): void {
    inFlight.message = this.makeSubmit(inFlight.work, this.nextSeq++);
    if (this.ready) {
      this.events.send(inFlight.message);
    }
  }

  /** An operation that may be in the log is said again word for word. */
  private sayAgainLater(inFlight: InFlight, retryAfterMs: number | undefined): void {
    const delayMs = retryAfterMs ?? Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** inFlight.attempts);
    inFlight.attempts++;
    this.events.later(delayMs, () => {
      if (this.inFlight === inFlight && this.ready) {
        this.events.send(inFlight.message);
      }
    });
  }

  private refused(message: RejectedMessage): void {
    const work = this.settle();
    if (work?.kind === "tree") {
      work.done({ rejected: message });
    } else if (work?.kind === "document") {
      this.takeBack(work.file, message);
    }
    this.pump();
  }

  private takeBack(file: string, rejection: { readonly code: string; readonly message: string }): void {
    const document = this.documents.get(file);
    if (document !== undefined) {
      const { view, lost } = document.rejected();
      this.events.viewChanged(file, view, null);
      this.events.editRejected(file, rejection, lost);
    }
  }

  private settle(): Work | null {
    const work = this.inFlight?.work ?? null;
    this.inFlight = null;
    if (work?.kind === "document") {
      this.enqueueDocument(work.file);
    }
    return work;
  }

  private enqueueDocument(file: string): void {
    const queued = this.queue.some((work) => work.kind === "document" && work.file === file);
    const flying = this.inFlight?.work.kind === "document" && this.inFlight.work.file === file;
    if (!queued && !flying && this.documents.get(file)?.hasBuffer) {
      this.queue.push({ kind: "document", file });
    }
  }

  /** Sends the next piece of work if none is in flight. */
  private pump(): void {
    while (this.ready && this.inFlight === null && this.queue.length > 0) {
      const work = this.queue.shift() as Work;
      if (work.kind === "document" && !this.documents.get(work.file)?.take()) {
        continue;
      }
      const message = this.makeSubmit(work, this.nextSeq);
      this.inFlight = { message, work, attempts: 0 };
      if (utf8Length(JSON.stringify(message)) > this.messageBytesMax) {
        const code = "TOO_LARGE";
        this.refused({ type: "rejected", seq: message.seq, code, message: this.tooLarge(), retriable: false, version: 0 });
        return;
      }
      this.nextSeq++;
      this.events.send(message);
    }
  }

  private tooLarge(): string {
    return `This edit is larger than the ${this.messageBytesMax} bytes the server takes at once.`;
  }

  private makeSubmit(work: Work, seq: number): SubmitMessage {
    const base = this.seen ?? 0;
    if (work.kind === "tree") {
      return { type: "submit", seq, base, op: work.op };
    }
    const operation = this.documents.get(work.file)?.inFlight;
    const changes = operation ? toChanges(operation) : [];
    return { type: "submit", seq, base, op: { kind: "edit", file: work.file, changes } };
  }
}
