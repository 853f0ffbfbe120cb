import { LiveWorkspace, type LiveEvents } from "../app/live";
import { Editor } from "../editor/editor";
import type { TreeText } from "../editor/text";
import { languageOf } from "../editor/languages";
import { createWorkspace, RequestError } from "../net/rest";
import { askText, askWhether } from "./dialogs";
import { fill, h, icon, mark } from "./dom";
import { FileTreeView } from "./filetree";
import { HistoryPanel, historyButton } from "./history";
import { initials, ownName, rename } from "./identity";
import { addressOf, pathProblem } from "./paths";
import { StatusBar } from "./status";
import { copyText, toast } from "./toasts";

const PEOPLE_SHOWN = 5;

/** A workspace: its files at the side, one of them in the editor, and how things stand below. */
export class WorkspaceView implements LiveEvents {
  private readonly live: LiveWorkspace;
  private readonly editor: Editor;
  private readonly tree: FileTreeView;
  private readonly status = new StatusBar(() => this.live.retryNow());
  private readonly pathLine = h("div", { class: "path-line" });
  private readonly people = h("div", { class: "people" });
  private readonly banner = h("div", { class: "banner", hidden: true });
  private readonly blank = h("div", { class: "blank" });
  private readonly stage = h("main", { class: "stage" });
  private readonly shell: HTMLElement;
  private history: HistoryPanel | null = null;
  /** The path the address names; its file may not be there (yet). */
  private wanted: string | null = null;
  private unknown = false;
  private readonly beforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.live.client.unconfirmed > 0) {
      event.preventDefault();
      event.returnValue = "";
    }
  };

  constructor(
    root: HTMLElement,
    readonly name: string,
  ) {
    const sheet = h("div", { class: "sheet" });
    this.live = new LiveWorkspace(name, ownName(), this);
    this.editor = new Editor(sheet, this.live);
    this.tree = new FileTreeView({
      open: (path) => this.go(path),
      create: (folder) => void this.createFile(folder),
      rename: (file, path) => void this.renameFile(file, path),
      remove: (file, path) => void this.deleteFile(file, path),
    });
    this.shell = h(
      "div",
      { class: "workspace" },
      this.head(),
      h("aside", { class: "side" }, this.sideHead(), this.tree.element),
      this.stage,
      this.status.element,
    );
    fill(this.stage, this.banner, sheet, this.blank);
    fill(root, this.shell);
    window.addEventListener("beforeunload", this.beforeUnload);
    this.peopleChanged();
    this.showBlank();
    this.live.start(this.editor);
  }

  /** Goes to a file by its path, or to none. */
  show(path: string | null): void {
    this.wanted = path;
    this.shell.classList.remove("side-open");
    this.follow();
  }

  /** Whether leaving would lose what is not yet confirmed. */
  get unsent(): number {
    return this.live.client.unconfirmed;
  }

  close(): void {
    window.removeEventListener("beforeunload", this.beforeUnload);
    this.live.close();
    this.history?.destroy();
    this.editor.destroy();
  }

  // What the workspace tells.

  statusChanged(): void {
    const language = this.wanted === null ? null : languageOf(this.wanted);
    this.status.show({
      connection: this.live.connectionState,
      unsent: this.live.client.unconfirmed,
      version: this.live.client.version,
      caret: this.editor.caret(),
      language,
    });
  }

  treeChanged(): void {
    this.showTree();
    const shown = this.editor.file;
    const path = shown === null ? undefined : this.live.client.tree.pathOf(shown);
    if (path !== undefined && path !== this.wanted) {
      this.go(path, true);
      return;
    }
    this.follow();
  }

  peopleChanged(): void {
    const { others } = this.live;
    const circles = others.slice(0, PEOPLE_SHOWN).map((person) => {
      const path = person.file === null ? undefined : this.live.client.tree.pathOf(person.file);
      const title = path === undefined ? person.name : `${person.name} in ${path}`;
      return circle(person.name, person.color, title, () => path !== undefined && this.go(path));
    });
    const more = others.length - PEOPLE_SHOWN;
    fill(this.people, ...circles, more > 0 && h("span", { class: "more" }, `+${more}`), this.ownBadge());
    this.showTree();
  }

  opened(file: string, path: string): void {
    if (path === this.wanted || this.live.client.tree.pathOf(file) === this.wanted) {
      this.showFile(file);
    }
  }

  openFailed(target: { readonly file?: string; readonly path?: string }, message: string): void {
    toast("problem", target.path === undefined ? message : `${target.path}: ${message}`);
  }

  fileDeleted(file: string, path: string, author: string, own: boolean): void {
    if (this.editor.file !== file) {
      this.editor.close(file);
      return;
    }
    if (own) {
      this.editor.close(file);
      this.go(null);
      return;
    }
    const text = this.editor.textOf(file);
    fill(
      this.banner,
      h("p", {}, `${author} deleted ${path}. What you see is the text you had.`),
      h("button", { class: "button", click: () => copyText(text) }, icon("copy"), "Copy the text"),
      h("button", { class: "button primary", click: () => void this.createWith(path, text) }, "Make the file again"),
    );
    this.banner.hidden = false;
  }

  editRejected(_file: string, code: string, message: string, lost: string): void {
    const sentence = `An edit was not taken: ${message} (${code})`;
    toast("problem", sentence, lost === "" ? undefined : { label: "Copy its text", run: () => copyText(lost) });
  }

  workspaceUnknown(): void {
    this.unknown = true;
    this.showBlank();
  }

  // What the person does.

  private async createWorkspace(): Promise<void> {
    try {
      await createWorkspace(this.name);
      location.reload();
    } catch (problem) {
      toast("problem", problem instanceof RequestError ? problem.message : String(problem));
    }
  }

  private async createFile(folder: string): Promise<void> {
    const path = await askText({
      title: "New file",
      label: "Path",
      value: folder,
      placeholder: "src/main.rs",
      confirm: "Create",
      check: (value) => pathProblem(value) ?? this.taken(value),
    });
    if (path !== null) {
      await this.createWith(path, "");
    }
  }

  private async createWith(path: string, text: string): Promise<void> {
    const outcome = await this.live.change({ kind: "create", path, text });
    if ("rejected" in outcome) {
      toast("problem", outcome.rejected.message);
      return;
    }
    this.editor.hide();
    this.go(path);
  }

  private async renameFile(file: string, path: string): Promise<void> {
    const to = await askText({
      title: "Rename file",
      label: "Path",
      value: path,
      confirm: "Rename",
      check: (value) => pathProblem(value) ?? (value === path ? null : this.taken(value)),
    });
    if (to === null || to === path) {
      return;
    }
    const outcome = await this.live.change({ kind: "rename", file, to });
    if ("rejected" in outcome) {
      toast("problem", outcome.rejected.message);
    }
  }

  private async deleteFile(file: string, path: string): Promise<void> {
    const sure = await askWhether({
      title: "Delete file",
      text: `${path} goes for everybody. Its history stays in the log.`,
      confirm: "Delete",
      danger: true,
    });
    if (!sure) {
      return;
    }
    const outcome = await this.live.change({ kind: "delete", file });
    if ("rejected" in outcome) {
      toast("problem", outcome.rejected.message);
    }
  }

  private taken(path: string): string | null {
    return this.live.client.tree.fileAt(path) === undefined ? null : "There is a file at that path.";
  }

  private async changeName(): Promise<void> {
    const name = await askText({ title: "Your name", label: "What others see", value: ownName(), confirm: "Keep" });
    if (name !== null) {
      this.live.rename(rename(name));
      this.peopleChanged();
    }
  }

  /** Opens the past of the file shown, or closes it. */
  private toggleHistory(): void {
    const file = this.editor.file;
    const document = file === null ? undefined : this.live.client.document(file);
    if (this.history !== null || file === null || document === undefined) {
      this.closeHistory();
      return;
    }
    const path = this.live.client.tree.pathOf(file) ?? "";
    const version = this.live.client.version ?? 0;
    this.history = new HistoryPanel(this.name, file, path, document.serverText as TreeText, version, {
      restore: (text, moment) => {
        this.closeHistory();
        this.editor.replaceText(file, text);
        toast("info", `${path} is as it was ${moment}. Undo takes that back.`);
      },
      close: () => this.closeHistory(),
    });
    this.stage.append(this.history.element);
    this.shell.classList.add("shows-history");
    this.history.focus();
  }

  private closeHistory(): void {
    this.history?.destroy();
    this.history = null;
    this.shell.classList.remove("shows-history");
    this.editor.focus();
  }

  // What is shown.

  /** Goes to a path by way of the address, so that back and forward work. */
  private go(path: string | null, replace = false): void {
    const address = addressOf(this.name, path);
    if (replace) {
      history.replaceState(null, "", address);
      this.show(path);
    } else if (location.hash === address) {
      this.show(path);
    } else {
      location.hash = address;
    }
  }

  /** Brings the editor to the file wanted, opening it if need be. */
  private follow(): void {
    this.showTree();
    this.statusChanged();
    const tree = this.live.client.tree;
    const file = this.wanted === null ? undefined : tree.fileAt(this.wanted);
    if (file === undefined) {
      if (tree.known && (this.editor.file === null || tree.pathOf(this.editor.file) !== undefined)) {
        this.editor.hide();
        this.showBlank();
      }
    } else if (this.editor.has(file)) {
      this.showFile(file);
    } else {
      this.live.client.open(file);
    }
  }

  private showFile(file: string): void {
    if (this.editor.file !== file) {
      this.closeHistory();
      this.banner.hidden = true;
    }
    this.shell.classList.add("has-file");
    this.editor.show(file);
    if (this.history === null) {
      this.editor.focus();
    }
    const path = this.live.client.tree.pathOf(file) ?? this.wanted ?? "";
    const cut = path.lastIndexOf("/") + 1;
    fill(this.pathLine, h("span", { class: "path-folder" }, path.slice(0, cut)), h("strong", {}, path.slice(cut)));
    document.title = `${path.slice(cut)} · ${this.name} · Heddle`;
    this.showTree();
    this.statusChanged();
  }

  private showBlank(): void {
    this.shell.classList.remove("has-file");
    this.banner.hidden = true;
    fill(this.pathLine);
    document.title = `${this.name} · Heddle`;
    const path = this.wanted;
    if (this.unknown) {
      this.blankWith(`There is no workspace ${this.name}.`, "Create it", () => void this.createWorkspace());
    } else if (!this.live.client.tree.known) {
      fill(this.blank, mark());
    } else if (path !== null) {
      this.blankWith(`There is no file ${path}.`, "Create it", () => void this.createWith(path, ""));
    } else {
      this.blankWith("Choose a file, or start one.", "New file", () => void this.createFile(""));
    }
  }

  private blankWith(sentence: string, label: string, click: () => void): void {
    fill(this.blank, mark(), h("p", {}, sentence), h("button", { class: "button primary", click }, icon("plus"), label));
  }

  private showTree(): void {
    if (this.live.client.tree.known) {
      this.tree.show(this.live.client.tree.files, this.wanted, this.live.others);
    }
  }

  private head(): HTMLElement {
    return h(
      "header",
      { class: "head" },
      h("button", {
        class: "icon-button side-toggle",
        "aria-label": "Files",
        click: () => this.shell.classList.toggle("side-open"),
      }, icon("menu")),
      h("a", { class: "home-link", href: "#/", "aria-label": "All workspaces", title: "All workspaces" }, mark()),
      h("span", { class: "workspace-title" }, this.name),
      this.pathLine,
      historyButton(() => this.toggleHistory()),
      this.people,
    );
  }

  private sideHead(): HTMLElement {
    return h(
      "div",
      { class: "side-head" },
      h("h2", { class: "section" }, "Files"),
      h("button", {
        class: "icon-button",
        "aria-label": "New file",
        title: "New file",
        click: () => void this.createFile(""),
      }, icon("plus")),
    );
  }

  private ownBadge(): HTMLElement {
    const name = ownName();
    return h(
      "button",
      { class: "own-name", title: "Change your name", click: () => void this.changeName() },
      h("span", { class: "circle own" }, initials(name)),
      h("span", { class: "own-label" }, name),
    );
  }
}

function circle(name: string, color: string, title: string, click: () => void): HTMLElement {
  const element = h("button", { class: "circle", title, "aria-label": title, click }, initials(name));
  element.style.setProperty("--peer", color);
  return element;
}
