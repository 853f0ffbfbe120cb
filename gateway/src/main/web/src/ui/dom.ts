type Child = Node | string | null | undefined | false;

/** Attributes of an element; a function is a listener, true is an attribute without value, false and null none. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>>;

/** Makes an element. Text is only ever put in as text, so nothing a person typed is read as markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, ...children);
  return element;
}

export function append(parent: Element, ...children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child);
    }
  }
}

/** Replaces what an element holds. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, ...children);
}

const SVG = "http://www.w3.org/2000/svg";

function svg(viewBox: string, className: string, paths: readonly { d: string; class?: string }[]): SVGSVGElement {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("viewBox", viewBox);
  element.setAttribute("class", className);
  element.setAttribute("aria-hidden", "true");
  for (const path of paths) {
    const child = document.createElementNS(SVG, "path");
    child.setAttribute("d", path.d);
    if (path.class !== undefined) {
      child.setAttribute("class", path.class);
    }
    element.append(child);
  }
  return element;
}

/** The mark: warp and weft, over and under. */
export function mark(): SVGSVGElement {
  return svg("0 0 32 32", "mark", [
    { d: "M10 3v16M10 25v4M16 3v4M16 13v16M22 3v16M22 25v4", class: "warp" },
    { d: "M3 10h4M13 10h16M3 16h16M25 16h4M3 22h4M13 22h16", class: "weft" },
  ]);
}

const icons = {
  plus: "M8 3v10M3 8h10",
  file: "M4 1.500h5l3 3v10h-8zM9 1.500v3h3",
  folder: "M1.500 4h4.500l1.500 1.500h7v7.500h-13z",
  chevron: "M6 4l4 4-4 4",
  pencil: "M3 13l.6-2.600L11 3l2 2-7.400 7.400z",
  trash: "M3 4.500h10M6 4.500v-1.500h4v1.500M4.500 4.500l.6 8.500h5.800l.6-8.500",
  back: "M9.500 3.500L5 8l4.500 4.500",
  menu: "M2.500 4.500h11M2.500 8h11M2.500 11.500h11",
  close: "M4 4l8 8M12 4l-8 8",
  clock: "M8 2a6 6 0 1 0 .01 0M8 4.800V8l2.300 1.600",
  copy: "M5.500 5.500h7v8h-7zM3.500 10.500v-8h7",
} as const;

/** A line icon. */
export function icon(name: keyof typeof icons): SVGSVGElement {
  return svg("0 0 16 16", "icon", [{ d: icons[name] }]);
}
