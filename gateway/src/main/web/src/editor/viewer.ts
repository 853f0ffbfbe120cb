import { EditorState, type Extension, RangeSet, RangeSetBuilder, type Text } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  gutter,
  GutterMarker,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import { defaultKeymap } from "@codemirror/commands";
import { search, searchKeymap } from "@codemirror/search";
import type { Hunk } from "../core/diff";
import { loadLanguage } from "./languages";
import { lineEndings } from "./lineendings";
import { theme } from "./theme";

/** Who wrote a stretch of the text shown. */
export interface AuthorRun {
  /** Length in UTF-16 units. */
  readonly length: number;
  readonly author: string;
  readonly color: string;
  /** What is said of it when pointed at; asked only for what is shown, as saying a time takes long. */
  title(): string;
  /** What stands in the margin. */
  readonly label: string;
  readonly version: number;
}

/** What a text of the past is shown with. */
export interface Overlay {
  readonly runs: readonly AuthorRun[] | null;
  /** Where the text of today differs, and its lines. */
  readonly difference: { readonly hunks: readonly Hunk[]; readonly now: Text } | null;
}

/** The lines of today that a text of the past does not have. */
class LaterLines extends WidgetType {
  constructor(private readonly lines: readonly string[]) {
    super();
  }

  override eq(other: LaterLines): boolean {
    return other.lines.length === this.lines.length && other.lines.every((line, index) => line === this.lines[index]);
  }

  override toDOM(): HTMLElement {
    const block = document.createElement("div");
    block.className = "diff-later";
    for (const line of this.lines) {
      const row = document.createElement("div");
      row.textContent = line === "" ? "\u200b" : line.replace(/\r$/, "");
      block.append(row);
    }
    return block;
  }
}

/** The author of a line's newest stretch. */
class Author extends GutterMarker {
  constructor(
    private readonly label: string,
    private readonly color: string,
    private readonly title: () => string,
    private readonly first: boolean,
  ) {
    super();
  }

  override eq(other: Author): boolean {
    return other.label === this.label && other.color === this.color && other.first === this.first;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement("div");
    mark.className = "blame-mark";
    mark.style.setProperty("--peer", this.color);
    mark.title = this.title();
    mark.textContent = this.first ? this.label : "\u00a0";
    return mark;
  }
}

/** Shows texts of the past, read only, with who wrote what and what became of it. */
export class Viewer {
  private readonly view: EditorView;
  private language: Extension = [];
  private path = "";

  constructor(parent: HTMLElement) {
    this.view = new EditorView({ parent });
  }

  /** Shows a text; the place looked at stays, as far as the text reaches. */
  show(text: Text, path: string, overlay: Overlay): void {
    const { scrollTop } = this.view.scrollDOM;
    this.view.setState(EditorState.create({ doc: text, extensions: this.extensions(text, overlay) }));
    this.view.scrollDOM.scrollTop = scrollTop;
    if (path !== this.path) {
      this.path = path;
      void loadLanguage(path).then((language) => {
        this.language = language;
        if (this.path === path) {
          this.show(this.view.state.doc, path, overlay);
        }
      });
    }
  }

  destroy(): void {
    this.view.destroy();
  }

  private extensions(text: Text, overlay: Overlay): Extension {
    return [
      EditorState.readOnly.of(true),
      lineEndings(text),
      overlay.runs === null ? [] : [authorGutter(text, overlay.runs), authorMarks(overlay.runs)],
      lineNumbers(),
      highlightSpecialChars(),
      search({ top: false }),
      keymap.of([...defaultKeymap, ...searchKeymap]),
      overlay.difference === null ? [] : EditorView.decorations.of(differenceMarks(text, overlay.difference)),
      theme,
      this.language,
      EditorView.contentAttributes.of({ "aria-label": "Text of the past" }),
    ];
  }
}

/** Colours who wrote what, of what is shown only: a text may have tens of thousands of stretches. */
function authorMarks(runs: readonly AuthorRun[]): Extension {
  const ends: number[] = [];
  runs.reduce((end, run) => {
    ends.push(end + run.length);
    return end + run.length;
  }, 0);
  const visible = (view: EditorView): DecorationSet => {
    const marks = new RangeSetBuilder<Decoration>();
    for (const { from, to } of view.visibleRanges) {
      for (let index = firstAfter(ends, from); index < runs.length; index++) {
        const run = runs[index] as AuthorRun;
        const end = ends[index] as number;
        const start = Math.max(from, end - run.length);
        if (start >= to) {
          break;
        }
        if (run.length > 0) {
          marks.add(start, Math.min(to, end), authorMark(run));
        }
      }
    }
    return marks.finish();
  };
  return ViewPlugin.define(
    (view) => ({
      marks: visible(view),
      update(update: ViewUpdate): void {
        if (update.viewportChanged) {
          this.marks = visible(update.view);
        }
      },
    }),
    { decorations: (plugin) => plugin.marks },
  );
}

function authorMark(run: AuthorRun): Decoration {
  return Decoration.mark({ class: "blame-run", attributes: { style: `--peer:${run.color}`, title: run.title() } });
}

/** The first of ascending numbers that is greater. */
function firstAfter(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function authorGutter(text: Text, runs: readonly AuthorRun[]): Extension {
  const newest = newestPerLine(text, runs);
  const markers: { from: number; marker: Author }[] = [];
  newest.forEach((run, index) => {
    if (run !== null) {
      const first = newest[index - 1]?.label !== run.label;
      markers.push({ from: text.line(index + 1).from, marker: new Author(run.label, run.color, () => run.title(), first) });
    }
  });
  const set = RangeSet.of(markers.map(({ from, marker }) => marker.range(from)));
  return gutter({ class: "blame-gutter", markers: () => set });
}

function newestPerLine(text: Text, runs: readonly AuthorRun[]): (AuthorRun | null)[] {
  const newest: (AuthorRun | null)[] = [];
  let index = 0;
  let runEnd = runs[0]?.length ?? 0;
  let lineEnd = 0;
  for (const line of text.iterLines()) {
    // A line feed belongs to its line.
    lineEnd += line.length + 1;
    let best: AuthorRun | null = null;
    for (;;) {
      const run = runs[index];
      if (run !== undefined && run.length > 0 && (best === null || best.version < run.version)) {
        best = run;
      }
      if (run === undefined || runEnd > lineEnd) {
        break;
      }
      index++;
      const passed = runEnd;
      runEnd += runs[index]?.length ?? 0;
      if (passed === lineEnd) {
        break;
      }
    }
    newest.push(best);
  }
  return newest;
}

function differenceMarks(text: Text, difference: { hunks: readonly Hunk[]; now: Text }): DecorationSet {
  const marks: { from: number; decoration: Decoration }[] = [];
  const gone = Decoration.line({ class: "diff-gone" });
  for (const hunk of difference.hunks) {
    for (let number = hunk.from + 1; number <= hunk.to; number++) {
      marks.push({ from: text.line(number).from, decoration: gone });
    }
    if (hunk.end > hunk.start) {
      const lines: string[] = [];
      for (let number = hunk.start + 1; number <= hunk.end; number++) {
        lines.push(difference.now.line(number).text);
      }
      const after = hunk.to > 0 ? text.line(hunk.to).to : 0;
      const side = hunk.to > 0 ? 1 : -1;
      marks.push({ from: after, decoration: Decoration.widget({ widget: new LaterLines(lines), block: true, side }) });
    }
  }
  return Decoration.set(marks.map(({ from, decoration }) => decoration.range(from)), true);
}
