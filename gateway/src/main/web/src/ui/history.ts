import { type Moment, Past, type PastProgress } from "../app/past";
import { diffLines } from "../core/diff";
import type { HistoryEntry } from "../core/history";
import { TreeText } from "../editor/text";
import { type AuthorRun, Viewer } from "../editor/viewer";
import { readBlame } from "../net/rest";
import { fill, h, icon } from "./dom";

const BLAME_PAUSE_MS = 200;
const BUCKETS = 400;
/** Texts of more lines than this together are compared only once the slider rests. */
const LINES_AT_ONCE = 4_000;
const COMPARE_PAUSE_MS = 120;

export interface HistoryEvents {
  /** The person wants the file to be as it was. */
  restore(text: string, moment: string): void;
  close(): void;
}

/** A colour of an author, the same on every page and in light and dark. */
export function authorColor(author: string): string {
  let hash = 7;
  for (const character of author) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return `hsl(${(hash * 137) % 360} 58% 46%)`;
}

/**
 * A file's past: a slider through its versions, coloured by author, with who wrote what and what is different today.
 * Opens on the text of the moment; what is committed meanwhile is seen the next time it is opened.
 */
export class HistoryPanel {
  readonly element: HTMLElement;
  private readonly viewer: Viewer;
  private readonly slider = h("input", { type: "range", min: 0, max: 0, value: 0, "aria-label": "Version", input: () => this.moved() });
  private readonly strip = h("canvas", { class: "strip", height: 8, width: BUCKETS, "aria-hidden": "true" });
  private readonly label = h("p", { class: "history-label", "aria-live": "polite" });
  private readonly note = h("span", { class: "history-note" });
  private readonly blameBox = h("input", { type: "checkbox", id: "history-blame", checked: true, change: () => this.render() });
  private readonly diffBox = h("input", { type: "checkbox", id: "history-diff", checked: true, change: () => this.render() });
  private readonly restoreButton = h("button", { class: "button primary", click: () => this.restore() }, "Restore this version");
  private readonly past: Past;
  private fromNewest = 0;
  private runs: { readonly fromNewest: number; readonly runs: readonly AuthorRun[] } | null = null;
  private blameTimer = 0;
  private compareTimer = 0;
  private blameAsked = 0;

  constructor(
    private readonly workspace: string,
    file: string,
    private readonly path: string,
    newest: TreeText,
    version: number,
    private readonly events: HistoryEvents,
  ) {
    const sheet = h("div", { class: "history-sheet" });
    this.viewer = new Viewer(sheet);
    this.past = new Past(workspace, file, newest, version);
    this.element = h(
      "section",
      { class: "history", "aria-label": `History of ${path}`, keydown: (event) => this.key(event as KeyboardEvent) },
      sheet,
      h(
        "div",
        { class: "history-bar" },
        h(
          "div",
          { class: "history-line" },
          this.label,
          this.note,
          h("span", { class: "spring" }),
          check(this.blameBox, "Who wrote it"),
          check(this.diffBox, "Difference to now"),
        ),
        h("div", { class: "history-track" }, this.strip, this.slider),
        h(
          "div",
          { class: "history-line" },
          this.step("Older", -1),
          this.step("Newer", 1),
          h("span", { class: "spring" }),
          h("button", { class: "button", click: () => this.events.close() }, "Close"),
          this.restoreButton,
        ),
      ),
    );
    this.render();
    void this.past.read((progress) => this.read(progress));
  }

  /** Puts the slider under the keyboard. */
  focus(): void {
    this.slider.focus();
  }

  destroy(): void {
    this.past.stop();
    clearTimeout(this.blameTimer);
    clearTimeout(this.compareTimer);
    this.viewer.destroy();
    this.element.remove();
  }

  private get index(): number {
    return this.past.history.length - this.fromNewest;
  }

  private read(progress: PastProgress): void {
    const { length } = this.past.history;
    this.slider.max = String(length);
    this.slider.toggleAttribute("disabled", length === 0 && !progress.loading);
    this.slider.value = String(this.index);
    const reading = `reading… down to version ${progress.version}`;
    this.note.textContent = progress.loading ? reading : (progress.cut ?? "");
    this.drawStrip();
    this.showLabel();
  }

  private moved(): void {
    this.fromNewest = this.past.history.length - Number(this.slider.value);
    clearTimeout(this.compareTimer);
    if (this.text().tree.lines + this.past.newest.tree.lines > LINES_AT_ONCE) {
      this.render(false);
      this.compareTimer = window.setTimeout(() => this.render(), COMPARE_PAUSE_MS);
    } else {
      this.render();
    }
  }

  private step(label: string, by: number): HTMLElement {
    return h("button", { class: "button", click: () => this.go(by) }, label);
  }

  private go(by: number): void {
    const index = Math.max(0, Math.min(this.past.history.length, this.index + by));
    this.slider.value = String(index);
    this.moved();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      this.events.close();
    }
  }

  private text(): TreeText {
    return this.past.history.textAt(this.index) as TreeText;
  }

  private render(compares = true): void {
    const { tree } = this.text();
    const now = this.past.newest.tree;
    const older = this.fromNewest > 0;
    const difference = compares && older && this.diffBox.checked
      ? { hunks: diffLines([...tree.iterLines()], [...now.iterLines()]), now }
      : null;
    const runs = this.blameBox.checked && this.runs?.fromNewest === this.fromNewest ? this.runs.runs : null;
    this.viewer.show(tree, this.pathNow(), { runs, difference });
    this.restoreButton.toggleAttribute("disabled", !older);
    this.showLabel();
    if (this.blameBox.checked && runs === null) {
      clearTimeout(this.blameTimer);
      this.blameTimer = window.setTimeout(() => void this.askBlame(), BLAME_PAUSE_MS);
    }
  }

  /** The edit that led to the text shown; the newest text has the last edit's version or a later one. */
  private entry(): HistoryEntry | null {
    return this.past.history.entryAt(this.index);
  }

  private pathNow(): string {
    return this.fromNewest === 0 ? this.path : ((this.entry() ?? this.past.history.entryAt(1))?.path ?? this.path);
  }

  /** Asks the server who wrote the text shown; where it cannot tell, the text stays without. */
  private async askBlame(): Promise<void> {
    const { fromNewest } = this;
    const asked = ++this.blameAsked;
    const runs = await readBlame(this.workspace, this.pathNow(), this.versionNow()).then(
      (blame) => blame.map((run) => authorRun(run.text.length, run.author, run.version, run.time)),
      () => null,
    );
    if (runs !== null && asked === this.blameAsked && fromNewest === this.fromNewest && this.element.isConnected) {
      this.runs = { fromNewest, runs };
      this.render();
    }
  }

  /** The version whose text is shown; what was there before the first edit is as of the version before it. */
  private versionNow(): number {
    if (this.fromNewest === 0) {
      return this.past.version;
    }
    return this.entry()?.version ?? (this.past.history.entryAt(1)?.version ?? 1) - 1;
  }

  private showLabel(): void {
    const entry = this.entry();
    if (entry === null) {
      this.showBeginning();
      return;
    }
    const place = `${this.index} of ${this.past.history.length}`;
    const now = this.fromNewest === 0 ? " (now)" : "";
    fill(this.label, ...told(entry), `${now} · edit ${place}`);
  }

  private showBeginning(): void {
    const { created, history } = this.past;
    if (created !== null) {
      fill(this.label, ...told(created), history.length === 0 ? " · created, and not edited since" : " · created");
    } else if (history.length > 0) {
      fill(this.label, h("strong", {}, "Before the first edit"));
    } else {
      fill(this.label, this.note.textContent === "" ? "Nothing was ever edited here." : "");
    }
  }

  /** Paints who edited when under the slider. */
  private drawStrip(): void {
    const context = this.strip.getContext("2d");
    const { history } = this.past;
    if (context === null || history.length === 0) {
      return;
    }
    context.clearRect(0, 0, BUCKETS, this.strip.height);
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const entry = history.entryAt(1 + Math.floor((bucket * history.length) / BUCKETS));
      context.fillStyle = authorColor(entry?.author ?? "");
      context.fillRect(bucket, 0, 1, this.strip.height);
    }
  }

  private restore(): void {
    const version = this.entry()?.version;
    this.events.restore(this.text().toString(), version === undefined ? "before its first edit" : `at version ${version}`);
  }
}

function check(box: HTMLInputElement, label: string): HTMLElement {
  return h("label", { class: "check", for: box.id }, box, label);
}

function authorRun(length: number, author: string, version: number, timeMs: number): AuthorRun {
  const title = (): string => `${author}, version ${version}, ${when(timeMs)}`;
  return { length, author, color: authorColor(author), title, label: author, version };
}

/** Who did something, at which version, when. */
function told(moment: Moment): (HTMLElement | string)[] {
  const dot = h("span", { class: "visitor" });
  dot.style.setProperty("--peer", authorColor(moment.author));
  return [dot, h("strong", {}, moment.author), ` · version ${moment.version} · ${when(moment.timeMs)}`];
}

// Made once: making one takes longer than all else that a move of the slider does.
const TIMES = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

function when(timeMs: number): string {
  return TIMES.format(timeMs);
}

/** The button that opens a file's past. */
export function historyButton(open: () => void): HTMLElement {
  return h("button", { class: "icon-button history-button", title: "History of this file", "aria-label": "History of this file", click: open }, icon("clock"));
}
