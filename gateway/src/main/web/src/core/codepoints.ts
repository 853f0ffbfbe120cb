/**
 * The one place that knows both UTF-16 units and code points.
 *
 * Everything on the wire and in the algebra counts code points; JavaScript strings and the editor count UTF-16 units.
 * A pair of surrogates is one code point; a lone surrogate, which a well-formed text does not hold, counts as one.
 */

/** A text held as a tree, as the editor does; structure shared between versions is counted once. */
export interface TextTree {
  /** Length in UTF-16 units. */
  readonly length: number;
  /** The parts, parted by one line feed each, or null at a leaf. */
  readonly children: readonly TextTree[] | null;
  /** The text between two positions in UTF-16 units. */
  sliceString(from: number, to?: number): string;
}

/** How many surrogate pairs each part of a tree holds; parts never change, so the count stays right. */
const pairsOfPart = new WeakMap<TextTree, number>();

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** The number of surrogate pairs in a text. */
function pairsIn(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if (isHigh(text.charCodeAt(index)) && isLow(text.charCodeAt(index + 1))) {
      pairs++;
      index++;
    }
  }
  return pairs;
}

/** The length of a text in code points. */
export function codePointLength(text: string): number {
  return text.length - pairsIn(text);
}

/** The length of a well-formed text in UTF-8, in bytes. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a pair stands for two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHigh(unit) || isLow(unit) ? 2 : 3;
  }
  return bytes;
}

/** The index in UTF-16 units of a position in code points; the end of the text for one beyond it. */
export function utf16Index(text: string, codePoints: number): number {
  let index = 0;
  for (let left = codePoints; left > 0 && index < text.length; left--) {
    index += isHigh(text.charCodeAt(index)) && isLow(text.charCodeAt(index + 1)) ? 2 : 1;
  }
  return index;
}

/** The text between two positions in code points. */
export function sliceCodePoints(text: string, from: number, to?: number): string {
  const start = utf16Index(text, from);
  if (to === undefined) {
    return text.slice(start);
  }
  return text.slice(start, start + utf16Index(text.slice(start), to - from));
}

/** Whether every surrogate in a text is half of a pair. */
export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

/** The text with every lone surrogate replaced by U+FFFD, the sign for what cannot be read. */
export function toWellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function pairsInTree(tree: TextTree): number {
  let pairs = pairsOfPart.get(tree);
  if (pairs === undefined) {
    pairs = 0;
    if (tree.children === null) {
      pairs = pairsIn(tree.sliceString(0));
    } else {
      for (const child of tree.children) {
        pairs += pairsInTree(child);
      }
    }
    pairsOfPart.set(tree, pairs);
  }
  return pairs;
}

/** The length of a tree in code points; only parts not seen before are read. */
export function treeCodePoints(tree: TextTree): number {
  return tree.length - pairsInTree(tree);
}

/** The position in code points of a UTF-16 offset; one inside a pair counts as the place before it. */
export function treeFromUtf16(tree: TextTree, offset: number): number {
  if (pairsInTree(tree) === 0) {
    return Math.max(0, Math.min(offset, tree.length));
  }
  if (tree.children === null) {
    const text = tree.sliceString(0);
    const inPair = offset > 0 && isLow(text.charCodeAt(offset)) && isHigh(text.charCodeAt(offset - 1));
    return codePointLength(text.slice(0, inPair ? offset - 1 : offset));
  }
  let start = 0;
  let codePoints = 0;
  for (const child of tree.children) {
    if (offset <= start + child.length) {
      return codePoints + treeFromUtf16(child, offset - start);
    }
    start += child.length + 1;
    codePoints += treeCodePoints(child) + 1;
  }
  return treeCodePoints(tree);
}

/** The UTF-16 offset of a position in code points; the end of the tree for one beyond it. */
export function treeToUtf16(tree: TextTree, codePoints: number): number {
  if (pairsInTree(tree) === 0) {
    return Math.max(0, Math.min(codePoints, tree.length));
  }
  if (tree.children === null) {
    return utf16Index(tree.sliceString(0), codePoints);
  }
  let start = 0;
  let seen = 0;
  for (const child of tree.children) {
    const length = treeCodePoints(child);
    if (codePoints <= seen + length) {
      return start + treeToUtf16(child, codePoints - seen);
    }
    start += child.length + 1;
    seen += length + 1;
  }
  return tree.length;
}
