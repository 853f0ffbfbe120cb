import type { OperationMessage } from "./messages";

/** One live file of a workspace. */
export interface TreeFile {
  readonly file: string;
  readonly path: string;
}

/** The files of a workspace, kept up with the operations heard; asked for once, then followed. */
export class FileTree {
  private byId = new Map<string, string>();
  /** Operations heard while the first listing was on its way; they may be newer than it. */
  private heard: OperationMessage[] | null = [];

  /** Whether the listing has arrived. */
  get known(): boolean {
    return this.heard === null;
  }

  /** The files, sorted by path. */
  get files(): readonly TreeFile[] {
    return [...this.byId].map(([file, path]) => ({ file, path })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  pathOf(file: string): string | undefined {
    return this.byId.get(file);
  }

  fileAt(path: string): string | undefined {
    return this.files.find((entry) => entry.path === path)?.file;
  }

  /** Takes in the listing; what was heard meanwhile is repeated on it, which changes nothing where it is in it. */
  listed(files: readonly TreeFile[]): void {
    this.byId = new Map(files.map((entry) => [entry.file, entry.path]));
    const heard = this.heard ?? [];
    this.heard = null;
    heard.forEach((message) => this.apply(message));
  }

  /** Forgets everything; a new listing is expected. */
  forget(): void {
    this.byId.clear();
    this.heard = [];
  }

  /** Takes in an operation; tells whether it changed the tree. */
  apply(message: OperationMessage): boolean {
    this.heard?.push(message);
    const { file, path, op } = message;
    if (!file || !path) {
      return false;
    }
    if (op.kind === "delete") {
      return this.byId.delete(file);
    }
    if (op.kind === "create" || op.kind === "rename") {
      this.byId.set(file, path);
      return true;
    }
    return false;
  }
}
