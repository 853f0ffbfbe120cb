import { codePointLength, sliceCodePoints, utf16Index } from "./codepoints";

/** One step over a text: a positive number retains, a negative one deletes, a string inserts. Code points. */
export type Component = number | string;

/** Where an operation's inserts go when the other one inserts at the very same place. */
export type Side = "left" | "right";

/** One change as clients write it: at a position in the base text delete, then insert. Code points. */
export interface Change {
  readonly at: number;
  readonly delete: number;
  readonly insert: string;
}

/**
 * One atomic edit of a text, the same as the server's engine has it: canonical form (equal neighbours merged, no
 * trailing retain), inserts and deletes never swapped. Never changed once made.
 */
export interface TextOperation {
  /** Length of the text it stands on, in code points. */
  readonly baseLength: number;
  /** Length of the text it leads to, in code points. */
  readonly targetLength: number;
  readonly components: readonly Component[];
}

/** Collects components into canonical form. For one operation. */
export class OperationBuilder {
  private readonly components: Component[] = [];
  private reach = 0;
  private change = 0;

  constructor(private readonly baseLength: number) {}

  retain(length: number): this {
    if (length > 0) {
      this.advance(length);
      this.merge(length, "retain");
    }
    return this;
  }

  delete(length: number): this {
    if (length > 0) {
      this.advance(length);
      this.change -= length;
      this.merge(-length, "delete");
    }
    return this;
  }

  insert(text: string): this {
    if (text.length > 0) {
      this.change += codePointLength(text);
      this.merge(text, "insert");
    }
    return this;
  }

  build(): TextOperation {
    const last = this.components[this.components.length - 1];
    if (typeof last === "number" && last > 0) {
      this.components.pop();
    }
    return {
      baseLength: this.baseLength,
      targetLength: this.baseLength + this.change,
      components: this.components,
    };
  }

  private advance(length: number): void {
    this.reach += length;
    if (this.reach > this.baseLength) {
      throw new RangeError(`position ${this.reach} is outside a text of length ${this.baseLength}`);
    }
  }

  private merge(component: Component, kind: Kind): void {
    const end = this.components.length - 1;
    const last = this.components[end];
    if (last !== undefined && kindOf(last) === kind) {
      this.components[end] = (last as number) + (component as number);
    } else {
      this.components.push(component);
    }
  }
}

type Kind = "retain" | "insert" | "delete";

function kindOf(component: Component): Kind {
  if (typeof component === "string") {
    return "insert";
  }
  return component > 0 ? "retain" : "delete";
}

/** Walks an operation's components, a part at a time; what follows the last one is retained. */
class Walk {
  private index = 0;
  private component: Component;
  private left: number;

  constructor(private readonly operation: TextOperation) {
    this.component = operation.components[0] ?? Infinity;
    this.left = lengthOf(this.component);
  }

  get kind(): Kind {
    return kindOf(this.component);
  }

  /** Code points left of the present component; infinite after the last one. */
  get length(): number {
    return this.left;
  }

  /** Whether all components were walked. */
  get done(): boolean {
    return this.index >= this.operation.components.length;
  }

  /** Takes code points off the present component; for an insert, gives their text. */
  take(length: number): string {
    let text = "";
    if (typeof this.component === "string") {
      text = length === this.left ? this.component : sliceCodePoints(this.component, 0, length);
      this.component = this.component.slice(text.length);
    }
    this.left -= length;
    if (this.left === 0) {
      this.component = this.operation.components[++this.index] ?? Infinity;
      this.left = lengthOf(this.component);
    }
    return text;
  }
}

function lengthOf(component: Component): number {
  return typeof component === "string" ? codePointLength(component) : Math.abs(component);
}

/** The operation that changes nothing in a text of that length. */
export function noop(length: number): TextOperation {
  return { baseLength: length, targetLength: length, components: [] };
}

/** Whether an operation changes nothing. */
export function isNoop(operation: TextOperation): boolean {
  return operation.components.length === 0;
}

/** Whether two operations are the same in canonical form. */
export function sameOperation(a: TextOperation, b: TextOperation): boolean {
  return (
    a.baseLength === b.baseLength &&
    a.components.length === b.components.length &&
    a.components.every((component, index) => component === b.components[index])
  );
}

/** The text an operation leads to. */
export function apply(operation: TextOperation, text: string): string {
  requireLength(operation.baseLength, codePointLength(text), "a text");
  let index = 0;
  let out = "";
  for (const component of operation.components) {
    if (typeof component === "string") {
      out += component;
    } else {
      const end = index + utf16Index(text.slice(index), Math.abs(component));
      out += component > 0 ? text.slice(index, end) : "";
      index = end;
    }
  }
  return out + text.slice(index);
}

/**
 * `a` as it must be applied after `b`, where both stand on the same text. The server brings what is incoming over what
 * is committed with "left"; a client brings what it hears over what it has pending with "right".
 */
export function transform(a: TextOperation, b: TextOperation, side: Side): TextOperation {
  requireLength(a.baseLength, b.baseLength, "an operation on a text");
  const out = new OperationBuilder(b.targetLength);
  const walkA = new Walk(a);
  const walkB = new Walk(b);
  while (!walkA.done) {
    if (walkA.kind === "insert" && (side === "left" || walkB.kind !== "insert")) {
      out.insert(walkA.take(walkA.length));
    } else if (walkB.kind === "insert") {
      out.retain(walkB.length);
      walkB.take(walkB.length);
    } else {
      const length = Math.min(walkA.length, walkB.length);
      if (walkB.kind === "retain") {
        walkA.kind === "retain" ? out.retain(length) : out.delete(length);
      }
      walkA.take(length);
      walkB.take(length);
    }
  }
  return out.build();
}

/** One operation that does what `a` and then `b` do; where there is a choice, deletes come before inserts. */
export function compose(a: TextOperation, b: TextOperation): TextOperation {
  requireLength(b.baseLength, a.targetLength, "an operation that leads to a text");
  const out = new OperationBuilder(a.baseLength);
  const walkA = new Walk(a);
  const walkB = new Walk(b);
  while (!walkA.done || !walkB.done) {
    if (walkA.kind === "delete") {
      out.delete(walkA.length);
      walkA.take(walkA.length);
    } else if (walkB.kind === "insert") {
      out.insert(walkB.take(walkB.length));
    } else {
      const length = Math.min(walkA.length, walkB.length);
      const inserted = walkA.kind === "insert";
      const kept = walkB.kind === "retain";
      const text = walkA.take(length);
      walkB.take(length);
      if (inserted) {
        out.insert(kept ? text : "");
      } else {
        kept ? out.retain(length) : out.delete(length);
      }
    }
  }
  return out.build();
}

/** The operation that takes `operation` back; `slice` reads the text it stood on, positions in code points. */
export function invert(operation: TextOperation, slice: (from: number, to: number) => string): TextOperation {
  const out = new OperationBuilder(operation.targetLength);
  let position = 0;
  for (const component of operation.components) {
    if (typeof component === "string") {
      out.delete(codePointLength(component));
    } else if (component > 0) {
      out.retain(component);
      position += component;
    } else {
      out.insert(slice(position, position - component));
      position -= component;
    }
  }
  return out.build();
}

/** The operation that changes describe; they are ascending, not overlapping, all in the base text. */
export function fromChanges(changes: readonly Change[], baseLength: number): TextOperation {
  const out = new OperationBuilder(baseLength);
  let reach = 0;
  for (const change of changes) {
    if (change.at < reach) {
      throw new RangeError(`change at ${change.at} starts before ${reach}, the end of the change before it`);
    }
    out.retain(change.at - reach).delete(change.delete).insert(change.insert);
    reach = change.at + change.delete;
  }
  if (reach > baseLength) {
    throw new RangeError(`position ${reach} is outside a text of length ${baseLength}`);
  }
  return out.build();
}

/** The changes an operation consists of; each is a delete, then an insert, at one place. */
export function toChanges(operation: TextOperation): Change[] {
  const changes: Change[] = [];
  let position = 0;
  const components = operation.components;
  for (let index = 0; index < components.length; index++) {
    const component = components[index] as Component;
    if (typeof component === "string") {
      changes.push({ at: position, delete: 0, insert: component });
    } else if (component > 0) {
      position += component;
    } else {
      const next = components[index + 1];
      const insert = typeof next === "string" ? next : "";
      index += insert === "" ? 0 : 1;
      changes.push({ at: position, delete: -component, insert });
      position -= component;
    }
  }
  return changes;
}

/**
 * Where a position of the base text is after an operation. At an insert the position stays before the new text, or goes
 * behind it with "after"; inside a deletion it goes to the place of the deletion.
 */
export function mapPosition(operation: TextOperation, position: number, bias: "before" | "after"): number {
  let wanted = position;
  let base = 0;
  let target = 0;
  for (const component of operation.components) {
    const length = lengthOf(component);
    if (typeof component === "string") {
      if (wanted < base || (wanted === base && bias === "before")) {
        break;
      }
      target += length;
    } else {
      if (component > 0 && wanted < base + length) {
        break;
      }
      base += length;
      target += component > 0 ? length : 0;
      wanted = Math.max(wanted, base);
    }
  }
  return target + (wanted - base);
}

/** Where a position after an operation was in its base text; one inside inserted text is where that text went in. */
export function unmapPosition(operation: TextOperation, position: number): number {
  let base = 0;
  let target = 0;
  for (const component of operation.components) {
    const length = lengthOf(component);
    if (typeof component === "string") {
      if (position <= target + length) {
        return base;
      }
      target += length;
    } else if (component > 0) {
      if (position <= target + length) {
        return base + (position - target);
      }
      base += length;
      target += length;
    } else {
      base += length;
    }
  }
  return base + (position - target);
}

function requireLength(expected: number, actual: number, what: string): void {
  if (expected !== actual) {
    throw new RangeError(`operation stands on a text of length ${expected}, not on ${what} of length ${actual}`);
  }
}
