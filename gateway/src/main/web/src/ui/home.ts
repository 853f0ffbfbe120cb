import { createWorkspace, listWorkspaces, RequestError, type WorkspaceSummary } from "../net/rest";
import { fill, h, icon, mark } from "./dom";
import { addressOf, workspaceNameProblem } from "./paths";

/** The first page: which workspaces there are, and a new one. */
export function showHome(root: HTMLElement): () => void {
  const list = h("div", { class: "workspace-list" });
  const problem = h("p", { class: "field-problem", role: "alert" });
  const input = h("input", {
    id: "new-workspace",
    type: "text",
    placeholder: "name-of-a-workspace",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": "Name of a new workspace",
  });
  const create = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = input.value.trim();
    problem.textContent = workspaceNameProblem(name) ?? "";
    if (problem.textContent !== "") {
      return;
    }
    try {
      await createWorkspace(name);
      location.hash = addressOf(name);
    } catch (failure) {
      problem.textContent = failure instanceof RequestError ? failure.message : String(failure);
    }
  };
  fill(
    root,
    h(
      "main",
      { class: "home" },
      h("header", { class: "home-head" }, mark(), h("h1", {}, "Heddle")),
      h("p", { class: "home-lead" }, "People and agents edit the same files at once. Every edit is kept, in order, for good."),
      h(
        "form",
        { class: "home-new", submit: (event: Event) => void create(event) },
        input,
        h("button", { type: "submit", class: "button primary" }, icon("plus"), "Create workspace"),
      ),
      problem,
      h("h2", { class: "section" }, "Workspaces"),
      list,
      h(
        "footer",
        { class: "home-foot" },
        h("a", { href: "docs" }, "API reference"),
        h("a", { href: "health/ready" }, "Health"),
        h("a", { href: "third-party-licenses.txt" }, "Licences"),
      ),
    ),
  );
  document.title = "Heddle";
  let gone = false;
  const load = async (): Promise<void> => {
    try {
      const workspaces = await listWorkspaces();
      if (!gone) {
        fill(list, ...(workspaces.length === 0 ? [empty()] : workspaces.map(row)));
      }
    } catch (failure) {
      if (!gone) {
        const message = failure instanceof RequestError ? failure.message : String(failure);
        fill(list, h("p", { class: "empty" }, message, " ", retry(load)));
      }
    }
  };
  void load();
  input.focus();
  return () => {
    gone = true;
  };
}

function retry(load: () => Promise<void>): HTMLElement {
  return h("button", { class: "text-button", type: "button", click: () => void load() }, "Try again");
}

function row(workspace: WorkspaceSummary): HTMLElement {
  return h(
    "a",
    { class: "workspace-row", href: addressOf(workspace.name) },
    h("span", { class: "workspace-name" }, workspace.name),
    icon("chevron"),
  );
}

function empty(): HTMLElement {
  return h(
    "p",
    { class: "empty" },
    "No workspace yet. Name one above; anyone who opens its address works in it with you.",
  );
}
