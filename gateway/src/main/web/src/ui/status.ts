import type { CaretPlace } from "../editor/editor";
import type { ConnectionState } from "../net/socket";
import { fill, h } from "./dom";

export interface Status {
  readonly connection: ConnectionState;
  readonly unsent: number;
  readonly version: number | null;
  readonly caret: CaretPlace | null;
  readonly language: string | null;
}

const TICK_MS = 500;
/** Edits are on their way for a moment with every key; only what stays longer is worth a word. */
const UNSENT_SHOWN_AFTER_MS = 400;

/** The line at the bottom: how the connection stands, what is unsent, the version, and where the caret is. */
export class StatusBar {
  private readonly state = h("span", { class: "status-state", role: "status" });
  private readonly version = h("span", { class: "status-version", title: "The workspace's version" });
  private readonly caret = h("span", { class: "status-caret" });
  private readonly language = h("span", { class: "status-language" });
  readonly element = h("footer", { class: "status" }, this.state, this.version, h("span", { class: "spring" }), this.caret, this.language);
  private shown: Status | null = null;
  private unsentSinceMs: number | null = null;
  private timer = 0;

  constructor(private readonly retry: () => void) {}

  show(status: Status): void {
    this.shown = status;
    this.render();
  }

  private render(): void {
    const status = this.shown;
    clearTimeout(this.timer);
    if (status === null) {
      return;
    }
    this.element.dataset["connection"] = status.connection.kind;
    this.element.dataset["unsent"] = String(status.unsent);
    this.element.dataset["version"] = String(status.version ?? "");
    fill(this.state, h("span", { class: "lamp" }), this.sentence(status), this.retryButton(status));
    this.version.textContent = status.version === null ? "" : `v${status.version}`;
    this.caret.textContent = caretText(status.caret);
    this.language.textContent = status.caret === null ? "" : (status.language ?? "plain text");
    if (status.unsent > 0 || status.connection.kind === "waiting") {
      this.timer = window.setTimeout(() => this.render(), TICK_MS);
    }
  }

  private sentence(status: Status): string {
    this.unsentSinceMs = status.unsent === 0 ? null : (this.unsentSinceMs ?? Date.now());
    const waitedMs = this.unsentSinceMs === null ? 0 : Date.now() - this.unsentSinceMs;
    const { connection } = status;
    const unsent = status.unsent > 0 && (connection.kind !== "connected" || waitedMs > UNSENT_SHOWN_AFTER_MS);
    const tail = unsent ? ` · ${status.unsent} unsent` : "";
    switch (connection.kind) {
      case "connected":
        return `Connected${tail}`;
      case "connecting":
        return `${status.version === null ? "Connecting" : "Reconnecting"}…${tail}`;
      case "waiting": {
        const seconds = Math.max(0, Math.ceil((connection.retryAtMs - Date.now()) / 1_000));
        return `Reconnecting${seconds > 1 ? ` in ${seconds} s` : "…"}${tail}`;
      }
      case "refused":
        return `Not connected: ${connection.message}${tail}`;
    }
  }

  private retryButton(status: Status): HTMLElement | null {
    return status.connection.kind === "waiting"
      ? h("button", { class: "text-button", click: () => this.retry() }, "Now")
      : null;
  }
}

function caretText(caret: CaretPlace | null): string {
  if (caret === null) {
    return "";
  }
  const selected = caret.selected > 0 ? ` (${caret.selected} selected)` : "";
  return `Line ${caret.line}, column ${caret.column}${selected}`;
}
