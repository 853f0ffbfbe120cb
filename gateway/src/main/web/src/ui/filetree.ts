import { fill, h, icon } from "./dom";
import { type Folder, foldersOf } from "./paths";

export interface FileTreeEvents {
  open(path: string): void;
  create(folder: string): void;
  rename(file: string, path: string): void;
  remove(file: string, path: string): void;
}

/** Somebody in a file, shown beside its name. */
export interface Visitor {
  readonly file: string | null;
  readonly name: string;
  readonly color: string;
}

/** The files of a workspace as a tree: arrows, Home and End move, Enter opens, F2 renames, Delete deletes. */
export class FileTreeView {
  readonly element = h("div", { class: "tree", role: "tree", "aria-label": "Files", keydown: (event) => this.key(event) });
  private readonly closed = new Set<string>();
  private selected: string | null = null;
  private files: readonly { file: string; path: string }[] = [];
  private visitors: readonly Visitor[] = [];

  constructor(private readonly events: FileTreeEvents) {}

  /** Shows these files; the selected one is marked. */
  show(files: readonly { file: string; path: string }[], selected: string | null, visitors: readonly Visitor[]): void {
    this.files = files;
    this.selected = selected;
    this.visitors = visitors;
    this.render();
  }

  private render(): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset["key"];
    const within = this.element.contains(document.activeElement);
    if (this.files.length === 0) {
      fill(this.element, this.emptyState());
      return;
    }
    fill(this.element, ...this.rows(foldersOf(this.files), 0));
    const rows = this.rowElements();
    const current = rows.find((row) => row.dataset["path"] === this.selected) ?? rows[0];
    current?.setAttribute("tabindex", "0");
    if (within) {
      (rows.find((row) => row.dataset["key"] === focused) ?? current)?.focus();
    }
  }

  private emptyState(): HTMLElement {
    return h(
      "div",
      { class: "empty tree-empty" },
      h("p", {}, "No files yet."),
      h("button", { class: "button", type: "button", click: () => this.events.create("") }, icon("plus"), "New file"),
    );
  }

  private rows(folder: Folder, depth: number): HTMLElement[] {
    const folders = [...folder.folders].sort((a, b) => (a.name < b.name ? -1 : 1));
    const rows: HTMLElement[] = [];
    for (const child of folders) {
      rows.push(this.folderRow(child, depth));
      if (!this.closed.has(child.path)) {
        rows.push(...this.rows(child, depth + 1));
      }
    }
    rows.push(...folder.files.map((file) => this.fileRow(file, depth)));
    return rows;
  }

  private folderRow(folder: Folder, depth: number): HTMLElement {
    const open = !this.closed.has(folder.path);
    return h(
      "div",
      {
        class: "row folder",
        role: "treeitem",
        tabindex: -1,
        "aria-expanded": String(open),
        "aria-level": depth + 1,
        "data-key": `d:${folder.path}`,
        "data-folder": folder.path,
        style: `--depth:${depth}`,
        click: () => this.toggle(folder.path),
      },
      icon("chevron"),
      h("span", { class: "row-name" }, folder.name),
      action("plus", `New file in ${folder.path}`, () => this.events.create(`${folder.path}/`)),
    );
  }

  private fileRow(entry: { name: string; path: string; file: string }, depth: number): HTMLElement {
    const here = this.visitors.filter((visitor) => visitor.file === entry.file);
    return h(
      "div",
      {
        class: "row file",
        role: "treeitem",
        tabindex: -1,
        title: entry.path,
        "aria-level": depth + 1,
        "aria-selected": String(entry.path === this.selected),
        "data-key": `f:${entry.file}`,
        "data-path": entry.path,
        "data-file": entry.file,
        style: `--depth:${depth}`,
        click: () => this.events.open(entry.path),
      },
      icon("file"),
      h("span", { class: "row-name" }, entry.name),
      ...here.slice(0, 3).map((visitor) => dot(visitor)),
      action("pencil", `Rename ${entry.path}`, () => this.events.rename(entry.file, entry.path)),
      action("trash", `Delete ${entry.path}`, () => this.events.remove(entry.file, entry.path)),
    );
  }

  private toggle(path: string): void {
    if (!this.closed.delete(path)) {
      this.closed.add(path);
    }
    this.render();
  }

  private rowElements(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(".row")];
  }

  private key(event: Event): void {
    const { key, target } = event as KeyboardEvent;
    const row = (target as HTMLElement).closest<HTMLElement>(".row");
    if (row === null || target !== row) {
      return;
    }
    const rows = this.rowElements();
    const index = rows.indexOf(row);
    const { path, file, folder } = row.dataset;
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      rows[index + step]?.focus();
    } else if (key === "Home" || key === "End") {
      rows[key === "Home" ? 0 : rows.length - 1]?.focus();
    } else if (key === "ArrowLeft" && (folder === undefined || this.closed.has(folder))) {
      parentOf(rows, index)?.focus();
    } else if (key === "ArrowRight" && folder !== undefined && !this.closed.has(folder)) {
      rows[index + 1]?.focus();
    } else if (key === "Enter" || key === " ") {
      row.click();
    } else if (folder !== undefined && ((key === "ArrowLeft") !== this.closed.has(folder)) && key.startsWith("Arrow")) {
      this.toggle(folder);
    } else if (key === "F2" && path !== undefined && file !== undefined) {
      this.events.rename(file, path);
    } else if (key === "Delete" && path !== undefined && file !== undefined) {
      this.events.remove(file, path);
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** The row of the folder that a row is in. */
function parentOf(rows: readonly HTMLElement[], index: number): HTMLElement | undefined {
  const level = Number(rows[index]?.getAttribute("aria-level"));
  return rows.slice(0, index).reverse().find((row) => Number(row.getAttribute("aria-level")) < level);
}

function action(name: "plus" | "pencil" | "trash", label: string, run: () => void): HTMLElement {
  const click = (event: Event): void => {
    event.stopPropagation();
    run();
  };
  return h("button", { class: "icon-button row-action", type: "button", tabindex: -1, title: label, "aria-label": label, click }, icon(name));
}

function dot(visitor: Visitor): HTMLElement {
  const element = h("span", { class: "visitor", title: visitor.name });
  element.style.setProperty("--peer", visitor.color);
  return element;
}
