import type { Change } from "./operation";

/** Names a file by its id, which never changes, or by its path. */
export interface FileReference {
  readonly file?: string;
  readonly path?: string;
}

/** What a client may ask for, in the shapes of the protocol; positions and lengths in code points. */
export type Operation =
  | ({ readonly kind: "edit"; readonly changes: readonly Change[] } & FileReference)
  | { readonly kind: "create"; readonly path: string; readonly text: string; readonly file?: string }
  | ({ readonly kind: "rename"; readonly to: string } & FileReference)
  | ({ readonly kind: "delete" } & FileReference)
  | { readonly kind: "noop" };

export interface HelloMessage {
  readonly type: "hello";
  readonly session: string;
  readonly name: string;
  readonly resume?: number;
  readonly token?: string;
}

export interface OpenMessage extends FileReference {
  readonly type: "open";
}

export interface SubmitMessage {
  readonly type: "submit";
  readonly seq: number;
  readonly base: number;
  readonly op: Operation;
}

export interface OwnPresenceMessage {
  readonly type: "presence";
  readonly file?: string;
  readonly anchor?: number;
  readonly head?: number;
  readonly version?: number;
}

export type ClientMessage = HelloMessage | OpenMessage | SubmitMessage | OwnPresenceMessage;

export interface WelcomeMessage {
  readonly type: "welcome";
  readonly session: string;
  readonly workspace: string;
  readonly version: number;
  readonly limits?: Readonly<Record<string, number>>;
}

export interface OpenedMessage {
  readonly type: "opened";
  readonly file: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

/** One committed operation; `file` and `path` are absent for a noop. */
export interface OperationMessage {
  readonly type: "op";
  readonly version: number;
  readonly file?: string | null;
  readonly path?: string | null;
  readonly author: string;
  readonly session: string;
  readonly seq: number;
  readonly time: number;
  readonly op: Operation;
}

export interface RejectedMessage {
  readonly type: "rejected";
  readonly seq: number;
  readonly code: string;
  readonly message: string;
  readonly retriable: boolean;
  readonly version: number;
  readonly expectedSeq?: number;
  readonly retryAfterMs?: number;
}

export interface PresenceMessage {
  readonly type: "presence";
  readonly session: string;
  readonly name?: string;
  readonly color?: string;
  readonly file?: string;
  readonly anchor?: number;
  readonly head?: number;
  readonly version?: number;
  readonly left?: boolean;
}

/** About one open if it names a file or path; about the whole socket, which is then closed, if not. */
export interface ErrorMessage extends FileReference {
  readonly type: "error";
  readonly code: string;
  readonly message: string;
}

export type ServerMessage =
  | WelcomeMessage
  | OpenedMessage
  | OperationMessage
  | RejectedMessage
  | PresenceMessage
  | ErrorMessage;
