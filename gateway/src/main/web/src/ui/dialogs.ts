import { h } from "./dom";

export interface Question {
  readonly title: string;
  readonly text?: string;
  readonly label?: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly confirm: string;
  readonly danger?: boolean;
  /** Why a value will not do, or null if it will. */
  check?(value: string): string | null;
}

/** Asks for a line of text; null if the person does not want to. */
export function askText(question: Question): Promise<string | null> {
  const input = h("input", {
    type: "text",
    value: question.value ?? "",
    placeholder: question.placeholder ?? "",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": question.label ?? question.title,
  });
  const problem = h("p", { class: "field-problem", role: "alert" });
  const accept = (): string | null => {
    const value = input.value.trim();
    const reason = value === "" ? "Say something here." : (question.check?.(value) ?? null);
    problem.textContent = reason ?? "";
    return reason === null ? value : null;
  };
  return ask(question, [h("label", { class: "field" }, question.label ?? "", input), problem], accept, () => {
    input.focus();
    const dot = input.value.lastIndexOf(".");
    input.setSelectionRange(input.value.lastIndexOf("/") + 1, dot > 0 ? dot : input.value.length);
  });
}

/** Asks whether to go on. */
export async function askWhether(question: Question): Promise<boolean> {
  return (await ask(question, [], () => "yes", () => undefined)) !== null;
}

function ask(
  question: Question,
  fields: HTMLElement[],
  accept: () => string | null,
  opened: () => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    let answer: string | null = null;
    const dialog = h("dialog", { class: "dialog", "aria-label": question.title });
    const submit = (event: Event): void => {
      event.preventDefault();
      answer = accept();
      if (answer !== null) {
        dialog.close();
      }
    };
    const form = h(
      "form",
      { submit },
      h("h2", {}, question.title),
      question.text !== undefined && h("p", { class: "dialog-text" }, question.text),
      ...fields,
      h(
        "div",
        { class: "dialog-actions" },
        h("button", { type: "button", class: "button", click: () => dialog.close() }, "Cancel"),
        h("button", { type: "submit", class: `button ${question.danger ? "danger" : "primary"}` }, question.confirm),
      ),
    );
    dialog.append(form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    opened();
  });
}
