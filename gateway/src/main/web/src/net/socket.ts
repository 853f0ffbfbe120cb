import type { ClientMessage, ServerMessage } from "../core/messages";

/** How the connection stands, as the person is told. */
export type ConnectionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected" }
  | { readonly kind: "waiting"; readonly retryAtMs: number }
  | { readonly kind: "refused"; readonly message: string };

/** What the connection needs and tells. */
export interface ConnectionEvents {
  /** The first message of a new socket. */
  hello(): ClientMessage;
  receive(message: ServerMessage): void;
  /** The socket is gone; another one follows unless the state says refused. */
  lost(): void;
  stateChanged(state: ConnectionState): void;
}

const PROTOCOL = "heddle.v1";
const BACKOFF_FIRST_MS = 250;
const BACKOFF_MOST_MS = 10_000;
const WELCOME_DEADLINE_MS = 10_000;

/**
 * Keeps one socket to a workspace open: connects again by itself, with growing and scattered pauses, and at once when
 * the machine comes back online or the page comes to the front. Close codes 4400 to 4499 mean that it must not.
 */
export class Connection {
  private socket: WebSocket | null = null;
  private failures = 0;
  private retryTimer = 0;
  private welcomeTimer = 0;
  private welcomed = false;
  private ended = false;
  private lastError = "";
  private readonly wake = (): void => this.retryNow();

  constructor(
    private readonly workspace: string,
    private readonly events: ConnectionEvents,
  ) {}

  /** Connects, and stays connected until closed. */
  start(): void {
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.connect();
  }

  /** Sends a message; one sent while there is no connection is dropped, as the client says it again. */
  send(message: ClientMessage): void {
    if (this.welcomed && this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  /** Gives the present socket up and makes another. */
  reconnect(): void {
    this.drop();
    this.events.lost();
    this.connect();
  }

  /** Ends for good. */
  close(): void {
    this.ended = true;
    clearTimeout(this.retryTimer);
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.drop();
  }

  /** Does not wait for the pause to end. */
  retryNow(): void {
    if (this.socket === null && !this.ended && document.visibilityState === "visible") {
      clearTimeout(this.retryTimer);
      this.connect();
    }
  }

  private connect(): void {
    this.events.stateChanged({ kind: "connecting" });
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const url = `${scheme}://${location.host}/api/workspaces/${encodeURIComponent(this.workspace)}/socket`;
    const socket = new WebSocket(url, PROTOCOL);
    this.socket = socket;
    this.welcomed = false;
    this.lastError = "";
    this.welcomeTimer = window.setTimeout(() => socket.close(), WELCOME_DEADLINE_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.events.hello()));
    socket.onmessage = (event) => this.receive(socket, String(event.data));
    socket.onclose = (event) => this.closed(socket, event);
  }

  private receive(socket: WebSocket, text: string): void {
    if (socket !== this.socket) {
      return;
    }
    const message = JSON.parse(text) as ServerMessage;
    if (message.type === "welcome") {
      clearTimeout(this.welcomeTimer);
      this.welcomed = true;
      this.failures = 0;
      this.events.stateChanged({ kind: "connected" });
    } else if (message.type === "error") {
      this.lastError = message.message;
    }
    this.events.receive(message);
  }

  private closed(socket: WebSocket, event: CloseEvent): void {
    if (socket !== this.socket) {
      return;
    }
    this.drop();
    this.events.lost();
    if (this.ended) {
      return;
    }
    if (event.code >= 4400 && event.code < 4500) {
      this.ended = true;
      const message = this.lastError || event.reason || `The server closed the connection (${event.code}).`;
      this.events.stateChanged({ kind: "refused", message });
      return;
    }
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** this.failures++);
    const delayMs = most / 2 + (Math.random() * most) / 2;
    this.retryTimer = window.setTimeout(() => this.connect(), delayMs);
    this.events.stateChanged({ kind: "waiting", retryAtMs: Date.now() + delayMs });
  }

  private drop(): void {
    clearTimeout(this.welcomeTimer);
    const socket = this.socket;
    this.socket = null;
    this.welcomed = false;
    socket?.close();
  }
}
