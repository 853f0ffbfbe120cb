const PATH_LENGTH_MAX = 1_024;

/** Why a text cannot be a file's path, or null if it can; the server has the last word. */
export function pathProblem(path: string): string | null {
  if ([...path].length > PATH_LENGTH_MAX) {
    return `A path has at most ${PATH_LENGTH_MAX} characters.`;
  }
  if (/[\u0000-\u001f\u007f-\u009f\\]/.test(path)) {
    return "A path has no backslash and no control character.";
  }
  if (path.startsWith("/")) {
    return "A path does not start with a slash.";
  }
  if (path.endsWith("/")) {
    return "A path ends with the file's name, not with a slash.";
  }
  const bad = path.split("/").find((segment) => segment === "" || segment === "." || segment === "..");
  if (bad !== undefined) {
    return bad === "" ? "A path has no empty part." : `A path has no part “${bad}”.`;
  }
  return null;
}

/** Why a text cannot be a workspace's name, or null if it can. */
export function workspaceNameProblem(name: string): string | null {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(name)
    ? null
    : "Small letters, digits and hyphens, starting with a letter or digit; at most 63.";
}

export interface Folder {
  readonly name: string;
  readonly path: string;
  readonly folders: Folder[];
  readonly files: { readonly name: string; readonly path: string; readonly file: string }[];
}

/** The folders that the paths of files make up. */
export function foldersOf(files: readonly { readonly file: string; readonly path: string }[]): Folder {
  const root: Folder = { name: "", path: "", folders: [], files: [] };
  const byPath = new Map<string, Folder>([["", root]]);
  const folderAt = (path: string): Folder => {
    let folder = byPath.get(path);
    if (folder === undefined) {
      const cut = path.lastIndexOf("/");
      folder = { name: path.slice(cut + 1), path, folders: [], files: [] };
      byPath.set(path, folder);
      folderAt(cut < 0 ? "" : path.slice(0, cut)).folders.push(folder);
    }
    return folder;
  };
  for (const { file, path } of files) {
    const cut = path.lastIndexOf("/");
    folderAt(cut < 0 ? "" : path.slice(0, cut)).files.push({ name: path.slice(cut + 1), path, file });
  }
  return root;
}

/** Where a page's address points to. */
export interface Place {
  readonly workspace: string | null;
  readonly path: string | null;
}

/** Reads an address of the form `#/w/<workspace>/<path>`. */
export function placeOf(hash: string): Place {
  const parts = hash.replace(/^#\/?/, "").split("/");
  if (parts[0] !== "w" || !parts[1]) {
    return { workspace: null, path: null };
  }
  const path = parts.slice(2).map(decode).join("/");
  return { workspace: decode(parts[1]), path: path === "" ? null : path };
}

export function addressOf(workspace: string, path?: string | null): string {
  const tail = path ? `/${path.split("/").map(encodeURIComponent).join("/")}` : "";
  return `#/w/${encodeURIComponent(workspace)}${tail}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
