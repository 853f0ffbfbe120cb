import { ChangeSet, type ChangeSpec, Text } from "@codemirror/state";
import type { ImmutableText } from "../core/document";
import { treeCodePoints, treeFromUtf16, treeToUtf16 } from "../core/codepoints";
import { OperationBuilder, toChanges, type TextOperation } from "../core/operation";

/**
 * A text in the editor's own tree. Lines are parted at line feeds only, so that a carriage return is a character like
 * any other and every text comes back exactly as it went in.
 */
export function toTree(text: string): Text {
  return Text.of(text.split("\n"));
}

/** A text kept as the editor's tree, so that an edit costs little however long the text is. */
export class TreeText implements ImmutableText {
  constructor(readonly tree: Text) {}

  static of(text: string): TreeText {
    return new TreeText(toTree(text));
  }

  get length(): number {
    return treeCodePoints(this.tree);
  }

  slice(from: number, to: number): string {
    return this.tree.sliceString(treeToUtf16(this.tree, from), treeToUtf16(this.tree, to));
  }

  apply(operation: TextOperation): TreeText {
    return new TreeText(ChangeSet.of(toChangeSpecs(operation, this.tree), this.tree.length).apply(this.tree));
  }

  toString(): string {
    return this.tree.toString();
  }
}

/** What the editor has to change to do an operation on a text. */
export function toChangeSpecs(operation: TextOperation, tree: Text): ChangeSpec[] {
  return toChanges(operation).map((change) => ({
    from: treeToUtf16(tree, change.at),
    to: treeToUtf16(tree, change.at + change.delete),
    insert: toTree(change.insert),
  }));
}

/** The operation that an editor's changes on a text are. */
export function toOperation(changes: ChangeSet, tree: Text): TextOperation {
  const operation = new OperationBuilder(treeCodePoints(tree));
  let reach = 0;
  changes.iterChanges((from, to, _fromNew, _toNew, inserted) => {
    const start = treeFromUtf16(tree, from);
    const end = treeFromUtf16(tree, to);
    operation.retain(start - reach).delete(end - start).insert(inserted.toString());
    reach = end;
  }, true);
  return operation.build();
}
