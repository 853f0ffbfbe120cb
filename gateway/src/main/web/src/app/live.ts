import type { DocumentClient } from "../core/document";
import type { ClientMessage, Operation, PresenceMessage } from "../core/messages";
import { mapPosition, unmapPosition, type TextOperation } from "../core/operation";
import { WorkspaceClient, type TreeOutcome, type WorkspaceEvents } from "../core/workspace";
import type { Editor, EditorEvents } from "../editor/editor";
import { TreeText } from "../editor/text";
import { listFiles, RequestError, requireWorkspace } from "../net/rest";
import { Connection, type ConnectionState } from "../net/socket";
import { currentToken } from "../net/token";

/** One person who is in the workspace now, oneself left out. */
export interface Person {
  readonly session: string;
  readonly name: string;
  readonly color: string;
  readonly file: string | null;
}

/** What the page shows of a workspace. */
export interface LiveEvents {
  statusChanged(): void;
  treeChanged(): void;
  peopleChanged(): void;
  opened(file: string, path: string): void;
  openFailed(target: { readonly file?: string; readonly path?: string }, message: string): void;
  fileDeleted(file: string, path: string, author: string, own: boolean): void;
  editRejected(file: string, code: string, message: string, lost: string): void;
  /** There is no workspace of this name; nothing more is tried. */
  workspaceUnknown(): void;
}

const PRESENCE_PAUSE_MS = 60;
const PRESENCE_AGAIN_MS = 20_000;
const ANSWER_DEADLINE_MS = 10_000;

/**
 * A workspace as the page has it open: the client, its connection and the editor, tied together. Makes session ids and
 * keeps the clock, so that the client needs neither.
 */
export class LiveWorkspace implements WorkspaceEvents, EditorEvents {
  readonly client: WorkspaceClient;
  private session = crypto.randomUUID();
  private readonly connection: Connection;
  private editor: Editor | null = null;
  private state: ConnectionState = { kind: "connecting" };
  private readonly people = new Map<string, { person: Person; message: PresenceMessage }>();
  /** The version of each other session's last edit seen; an older word of where it is says nothing new. */
  private readonly lastEdits = new Map<string, number>();
  private ownPlace: { file: string; anchor: number; head: number } | null = null;
  private presenceTimer = 0;
  private answerTimer = 0;
  private presenceInterval = 0;

  constructor(
    readonly name: string,
    private personName: string,
    private readonly events: LiveEvents,
  ) {
    this.client = new WorkspaceClient(this.session, this);
    this.connection = new Connection(name, {
      hello: () => this.hello(),
      receive: (message) => {
        this.client.receive(message);
        if (message.type === "welcome") {
          this.joined();
        } else if (message.type === "error" && (message.code === "BASE_TOO_OLD" || message.code === "BASE_IN_FUTURE")) {
          this.client.startOver();
        }
      },
      lost: () => this.lost(),
      stateChanged: (state) => {
        this.state = state;
        this.events.statusChanged();
      },
    });
  }

  /** Connects; the editor given shows this workspace's files. */
  start(editor: Editor): void {
    this.editor = editor;
    this.presenceInterval = window.setInterval(() => this.announce(), PRESENCE_AGAIN_MS);
    this.connection.start();
  }

  get connectionState(): ConnectionState {
    return this.state;
  }

  get others(): readonly Person[] {
    return [...this.people.values()].map((entry) => entry.person).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Says another name from now on; others see it with the next connection. */
  rename(name: string): void {
    this.personName = name;
    this.connection.reconnect();
  }

  retryNow(): void {
    this.connection.retryNow();
  }

  close(): void {
    clearInterval(this.presenceInterval);
    clearTimeout(this.presenceTimer);
    clearTimeout(this.answerTimer);
    this.connection.close();
  }

  /** Changes the tree; tells what it came to. */
  change(op: Operation): Promise<TreeOutcome> {
    return new Promise((resolve) => this.client.change(op, resolve));
  }

  // What the editor tells.

  edited(file: string, operation: TextOperation, joins: boolean): void {
    this.client.edit(file, operation, joins);
  }

  undone(file: string): TextOperation | null {
    return this.client.document(file) === undefined ? null : this.client.undo(file);
  }

  redone(file: string): TextOperation | null {
    return this.client.document(file) === undefined ? null : this.client.redo(file);
  }

  selected(file: string, anchor: number, head: number): void {
    this.ownPlace = { file, anchor, head };
    this.announceSoon();
    this.events.statusChanged();
  }

  // What the client tells.

  send(message: ClientMessage): void {
    this.connection.send(message);
    if (message.type === "submit") {
      clearTimeout(this.answerTimer);
      this.answerTimer = window.setTimeout(() => this.reconnect("no answer"), ANSWER_DEADLINE_MS);
    }
  }

  later(delayMs: number, action: () => void): void {
    clearTimeout(this.answerTimer);
    window.setTimeout(action, delayMs);
  }

  makeText(text: string): TreeText {
    return TreeText.of(text);
  }

  opened(file: string, path: string, document: DocumentClient): void {
    this.editor?.open(file, path, document.serverText.toString());
    this.events.opened(file, path);
    this.people.forEach((entry) => this.showPeer(entry.message));
  }

  openFailed(target: { readonly file?: string; readonly path?: string }, message: string): void {
    this.events.openFailed(target, message);
  }

  viewChanged(file: string, operation: TextOperation, author: string | null): void {
    this.editor?.applyForeign(file, operation);
    if (author === null) {
      clearTimeout(this.answerTimer);
    } else {
      this.lastEdits.set(author, this.client.version ?? 0);
    }
  }

  confirmed(): void {
    clearTimeout(this.answerTimer);
    this.announceSoon();
  }

  editRejected(file: string, rejection: { readonly code: string; readonly message: string }, lost: string): void {
    clearTimeout(this.answerTimer);
    this.events.editRejected(file, rejection.code, rejection.message, lost);
  }

  fileDeleted(file: string, path: string, author: string, own: boolean): void {
    this.editor?.setWritable(file, false);
    this.people.forEach((_entry, session) => this.editor?.removePeer(session));
    this.events.fileDeleted(file, path, author, own);
  }

  treeChanged(): void {
    clearTimeout(this.answerTimer);
    for (const { file, path } of this.client.tree.files) {
      if (this.editor?.has(file)) {
        this.editor.setPath(file, path);
      }
    }
    this.events.treeChanged();
  }

  presence(message: PresenceMessage): void {
    if (message.session === this.session) {
      return;
    }
    const before = this.people.get(message.session)?.person;
    if (message.left) {
      this.people.delete(message.session);
      this.lastEdits.delete(message.session);
      this.editor?.removePeer(message.session);
    } else {
      const person = {
        session: message.session,
        name: message.name ?? before?.name ?? "anonymous",
        color: message.color ?? before?.color ?? "#777777",
        file: message.file ?? null,
      };
      this.people.set(message.session, { person, message });
      const elsewhere = before !== undefined && before.file !== person.file;
      if (elsewhere) {
        this.editor?.removePeer(message.session);
      }
      // The editor moved the caret along with the edits heard since.
      const stale = (message.version ?? Infinity) < (this.lastEdits.get(message.session) ?? 0);
      if (elsewhere || !stale) {
        this.showPeer(message);
      }
    }
    const now = this.people.get(message.session)?.person;
    if (before?.name !== now?.name || before?.file !== now?.file || before?.color !== now?.color) {
      this.events.peopleChanged();
    }
  }

  statusChanged(): void {
    this.events.statusChanged();
  }

  reconnect(_reason: string): void {
    this.connection.reconnect();
  }

  newSession(): void {
    this.session = crypto.randomUUID();
    this.client.renewSession(this.session);
    this.connection.reconnect();
  }

  private hello(): ClientMessage {
    const { version } = this.client;
    const token = currentToken();
    const who = token === null ? {} : { token };
    const hello = { type: "hello", session: this.session, name: this.personName, ...who } as const;
    return version === null ? hello : { ...hello, resume: version };
  }

  private joined(): void {
    this.announce();
    if (!this.client.tree.known) {
      listFiles(this.name).then(
        (files) => {
          this.client.tree.listed(files);
          this.events.treeChanged();
        },
        (problem: unknown) => {
          const message = problem instanceof RequestError ? problem.message : String(problem);
          this.events.openFailed({}, message);
        },
      );
    }
  }

  private lost(): void {
    clearTimeout(this.answerTimer);
    this.client.disconnected();
    this.people.forEach((_entry, session) => this.editor?.removePeer(session));
    this.people.clear();
    this.events.peopleChanged();
    this.events.statusChanged();
    if (this.client.version === null) {
      void this.lookForWorkspace();
    }
  }

  /** A browser does not say why a socket was not opened, so the workspace is looked for by itself. */
  private async lookForWorkspace(): Promise<void> {
    const unknown = await requireWorkspace(this.name).then(
      () => false,
      (problem: unknown) => problem instanceof RequestError && problem.code === "UNKNOWN_WORKSPACE",
    );
    if (unknown && this.client.version === null) {
      this.connection.close();
      this.state = { kind: "refused", message: `there is no workspace ${this.name}` };
      this.events.statusChanged();
      this.events.workspaceUnknown();
    }
  }

  private announceSoon(): void {
    this.presenceTimer ||= window.setTimeout(() => this.announce(), PRESENCE_PAUSE_MS);
  }

  /** Tells the others where one is, in positions of the version last heard. */
  private announce(): void {
    clearTimeout(this.presenceTimer);
    this.presenceTimer = 0;
    const { version } = this.client;
    if (version === null) {
      return;
    }
    const place = this.ownPlace;
    const document = place === null ? undefined : this.client.document(place.file);
    if (place === null || document === undefined) {
      this.connection.send({ type: "presence" });
      return;
    }
    const back = (position: number): number =>
      [...document.pending].reverse().reduce((at, operation) => unmapPosition(operation, at), position);
    const { file } = place;
    this.connection.send({ type: "presence", file, anchor: back(place.anchor), head: back(place.head), version });
  }

  private showPeer(message: PresenceMessage): void {
    const { file, session } = message;
    const document = file === undefined ? undefined : this.client.document(file);
    const person = this.people.get(session)?.person;
    if (file === undefined || document === undefined || person === undefined || message.head === undefined) {
      return;
    }
    const shown = (position: number): number =>
      document.pending.reduce((at, operation) => mapPosition(operation, at, "before"), position);
    const head = shown(message.head);
    const anchor = shown(message.anchor ?? message.head);
    this.editor?.movePeer(file, { session, name: person.name, color: person.color, anchor, head });
  }
}

