/** A stretch in which two lists of lines differ: lines `from`..`to` of the old stand where `start`..`end` of the new do. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Texts further apart than this many lines are compared only at both ends, so that the page never waits. */
const DISTANCE_MOST = 2_000;

/** Where two texts differ, line by line: the shortest such list (Myers), in order. */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) {
    head++;
  }
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail++;
  }
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  return hunksOf(shortestPath(old, fresh), old.length, fresh.length, head);
}

/** The pairs of equal lines on a shortest path from one list to the other; none if they are too far apart. */
function shortestPath(old: readonly string[], fresh: readonly string[]): [number, number][] {
  const most = Math.min(old.length + fresh.length, DISTANCE_MOST);
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let distance = 0; distance <= most; distance++) {
    // Only the diagonals reached so far: all of them, every time, would be most of the work.
    trace.push(furthest.slice(most - distance, most + distance + 3));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = nextX(furthest, diagonal, distance, most);
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) {
        x++;
      }
      furthest[diagonal + most + 1] = x;
      if (x >= old.length && x - diagonal >= fresh.length) {
        return walkBack(trace, old.length, fresh.length);
      }
    }
  }
  return [];
}

function nextX(furthest: Int32Array, diagonal: number, distance: number, most: number): number {
  const middle = diagonal + most + 1;
  return isDown(furthest, diagonal, distance, most)
    ? (furthest[middle + 1] as number)
    : (furthest[middle - 1] as number) + 1;
}

function walkBack(trace: readonly Int32Array[], oldLength: number, freshLength: number): [number, number][] {
  const pairs: [number, number][] = [];
  let x = oldLength;
  let y = freshLength;
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const furthest = trace[distance] as Int32Array;
    const diagonal = x - y;
    const down = isDown(furthest, diagonal, distance, distance);
    const fromX = distance === 0 ? 0 : nextX(furthest, diagonal, distance, distance);
    while (x > fromX && y > fromX - diagonal) {
      pairs.push([--x, --y]);
    }
    if (distance > 0) {
      down ? y-- : x--;
    }
  }
  return pairs.reverse();
}

/** Whether the path comes to a diagonal by taking a line of the new list, not by leaving one of the old. */
function isDown(furthest: Int32Array, diagonal: number, distance: number, most: number): boolean {
  const left = furthest[diagonal + most] as number;
  const above = furthest[diagonal + most + 2] as number;
  return diagonal === -distance || (diagonal !== distance && left < above);
}

function hunksOf(pairs: readonly [number, number][], oldLength: number, freshLength: number, head: number): Hunk[] {
  const hunks: Hunk[] = [];
  let from = 0;
  let start = 0;
  for (const [x, y] of [...pairs, [oldLength, freshLength] as [number, number]]) {
    if (x > from || y > start) {
      hunks.push({ from: from + head, to: x + head, start: start + head, end: y + head });
    }
    from = x + 1;
    start = y + 1;
  }
  return hunks;
}

/** One replacement in a text; positions in UTF-16 units, never inside a surrogate pair or a line ending. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Replacements that turn one text into another and leave equal lines alone. */
export function replacements(before: string, after: string): Replacement[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const starts = [0];
  old.forEach((line, index) => starts.push((starts[index] as number) + line.length));
  return diffLines(old, fresh).map((hunk) => ({
    from: starts[hunk.from] as number,
    to: starts[hunk.to] as number,
    insert: fresh.slice(hunk.start, hunk.end).join(""),
  }));
}

/** The lines of a text, each with its ending. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
