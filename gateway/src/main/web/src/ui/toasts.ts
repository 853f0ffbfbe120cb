import { fill, h, icon } from "./dom";

const SHOWN_MS = 6_000;

export interface ToastAction {
  readonly label: string;
  run(): void;
}

const shelf = h("div", { class: "toasts", role: "status", "aria-live": "polite" });

/** Tells the person something; one with an action stays until it is closed. */
export function toast(kind: "info" | "problem", message: string, action?: ToastAction): void {
  if (!shelf.isConnected) {
    document.body.append(shelf);
  }
  const card = h("div", { class: `toast ${kind}` });
  const close = (): void => card.remove();
  fill(
    card,
    h("p", {}, message),
    action && h("button", { class: "text-button", click: () => { action.run(); close(); } }, action.label),
    h("button", { class: "icon-button", "aria-label": "Close", click: close }, icon("close")),
  );
  shelf.append(card);
  if (action === undefined) {
    setTimeout(close, SHOWN_MS);
  }
}

/** Puts text on the clipboard and says so. */
export function copyText(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast("info", "Copied."),
    () => toast("problem", "The browser did not allow copying."),
  );
}
