// A workspace's files: snapshots first, then canonical operations in order of their version.

/** Positions count Unicode code points of the text before the operation, ascending. */
export function edited(text, changes) {
  const points = Array.from(text);
  const out = [];
  let taken = 0;
  for (const change of changes) {
    out.push(...points.slice(taken, change.at), change.insert);
    taken = change.at + change.delete;
  }
  return out.concat(points.slice(taken)).join('');
}

export class Files {
  #files = new Map();

  snapshot({ file, path, text, deleted, version }) {
    this.#files.set(file, { path, text, deleted, version: Number(version) });
  }

  apply({ file: id, path, version: at, op }) {
    const version = Number(at);
    const file = this.#files.get(id);
    if (id === null || (file && version <= file.version)) {
      return; // a noop, or in the snapshot already
    }
    const [[kind, body]] = Object.entries(op);
    switch (kind) {
      case 'dev.heddle.Create':
        this.#files.set(id, { path, text: body.text, deleted: false, version });
        break;
      case 'dev.heddle.Edit':
        this.#files.set(id, { ...file, text: edited(file.text, body.changes), version });
        break;
      case 'dev.heddle.Rename':
        this.#files.set(id, { ...file, path: body.to, version });
        break;
      case 'dev.heddle.Delete':
        this.#files.set(id, { ...file, text: '', deleted: true, version });
        break;
    }
  }

  text(path) {
    for (const file of this.#files.values()) {
      if (!file.deleted && file.path === path) {
        return file.text;
      }
    }
    throw new Error(`no file ${path}`);
  }
}
