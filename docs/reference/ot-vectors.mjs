// Runs ot-vectors.json: node docs/reference/ot-vectors.mjs [FILE]. Needs nothing but Node. It doubles as the shortest
// complete implementation of the algebra; ot-vectors.md says what each section means. Ends with 1 where a vector fails.
import { readFileSync } from 'node:fs';

const points = (text) => [...text];
const kind = (part) => (typeof part === 'string' ? 'insert' : part > 0 ? 'retain' : 'delete');
const length = (part) => (typeof part === 'string' ? points(part).length : Math.abs(part));

/** Parts in canonical form: neighbours of one kind merged, nothing empty, no retain at the end. */
function canonical(parts) {
  const out = [];
  for (const part of parts) {
    if (length(part) === 0) continue;
    const last = out.length - 1;
    if (last >= 0 && kind(out[last]) === kind(part)) out[last] += part;
    else out.push(part);
  }
  if (out.length > 0 && kind(out[out.length - 1]) === 'retain') out.pop();
  return out;
}

/** Takes an operation apart from its front; behind its end everything is retained. */
function walk(operation) {
  const rest = [...operation];
  return {
    get kind() { return rest.length === 0 ? 'retain' : kind(rest[0]); },
    get length() { return rest.length === 0 ? Infinity : length(rest[0]); },
    get done() { return rest.length === 0; },
    take(count) {
      if (rest.length === 0) return count;
      const [part] = rest;
      if (count === length(part)) return rest.shift();
      rest[0] = typeof part === 'string' ? points(part).slice(count).join('') : part - Math.sign(part) * count;
      return typeof part === 'string' ? points(part).slice(0, count).join('') : Math.sign(part) * count;
    },
  };
}

export function apply(operation, text) {
  const from = points(text);
  const out = [];
  for (const part of operation) {
    if (typeof part === 'string') out.push(part);
    else if (Math.abs(part) > from.length) throw new RangeError('the operation reaches outside the text');
    else if (part > 0) out.push(...from.splice(0, part));
    else from.splice(0, -part);
  }
  return [...out, ...from].join('');
}

/** `a` as it must be applied after `b`; its inserts go to that side of those of `b` at the same place. */
export function transform(a, b, side) {
  const [as, bs, out] = [walk(a), walk(b), []];
  while (!as.done) {
    if (as.kind === 'insert' && (side === 'left' || bs.kind !== 'insert')) out.push(as.take(as.length));
    else if (bs.kind === 'insert') out.push(length(bs.take(bs.length)));
    else {
      const count = Math.min(as.length, bs.length);
      const kept = bs.kind === 'retain';
      const part = as.take(count);
      bs.take(count);
      if (kept) out.push(part);
    }
  }
  return canonical(out);
}

/** One operation for `a`, then `b`; at one place deletes come before inserts. */
export function compose(a, b) {
  const [as, bs, out] = [walk(a), walk(b), []];
  while (!as.done || !bs.done) {
    if (as.kind === 'delete') out.push(as.take(as.length));
    else if (bs.kind === 'insert') out.push(bs.take(bs.length));
    else {
      const count = Math.min(as.length, bs.length);
      const [inserted, kept] = [as.kind === 'insert', bs.kind === 'retain'];
      const part = as.take(count);
      bs.take(count);
      if (kept) out.push(part);
      else if (!inserted) out.push(-count);
    }
  }
  return canonical(out);
}

export function invert(operation, text) {
  const from = points(text);
  return canonical(operation.map((part) => {
    if (typeof part === 'string') return -length(part);
    const passed = from.splice(0, Math.abs(part));
    return part > 0 ? part : passed.join('');
  }));
}

export function fromChanges(changes) {
  const out = [];
  let reach = 0;
  for (const change of changes) {
    out.push(change.at - reach, -change.delete, change.insert);
    reach = change.at + change.delete;
  }
  return canonical(out);
}

/** UTF-16 index of each position in code points. */
const utf16 = (text) => points(text).reduce((all, point) => [...all, all[all.length - 1] + point.length], [0]);

const { vectors, changes, compositions, inverses, positions, malformed } = JSON.parse(
  readFileSync(process.argv[2] ?? new URL('ot-vectors.json', import.meta.url), 'utf8'));
let run = 0;
let failed = 0;

function expect(name, expected, actual) {
  run++;
  if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    failed++;
    console.log(`${name}: ${JSON.stringify(actual)} (expected: ${JSON.stringify(expected)})`);
  }
}

for (const each of vectors) {
  const text = each.committed.reduce((now, operation) => apply(operation, now), each.text);
  const moved = each.committed.reduce((now, operation) => transform(now, operation, 'left'), each.incoming);
  const composed = each.committed.reduce(compose, []);
  expect(each.name, each.transformed, moved);
  expect(`${each.name} composed`, each.transformed, transform(each.incoming, composed, 'left'));
  expect(`${each.name} result`, each.result, apply(moved, text));
  expect(`${each.name} at the client`, each.result,
    apply(transform(composed, each.incoming, 'right'), apply(each.incoming, each.text)));
}
for (const each of changes) {
  expect(each.about, each.operation, fromChanges(each.changes));
  expect(each.about, each.result, apply(each.operation, each.text));
}
for (const each of compositions) {
  expect(each.about, each.composed, compose(each.first, each.second));
  expect(each.about, apply(each.second, apply(each.first, each.text)), apply(each.composed, each.text));
}
for (const each of inverses) {
  expect(each.about, each.inverse, invert(each.operation, each.text));
  expect(each.about, each.text, apply(each.inverse, apply(each.operation, each.text)));
}
for (const each of positions) expect(each.about, each.utf16, utf16(each.text));
for (const each of malformed) expect(each.about, false, /^\P{Surrogate}*$/u.test(each.text));

console.log(`${run} checks, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
