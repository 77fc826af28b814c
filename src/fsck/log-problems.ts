import { sameBytes } from "../log/bytes.ts";
import { EMPTY_ROOT } from "../log/hash.ts";
import type { TreeHead } from "../log/proof.ts";
import { type NodeReader, rootOf } from "../log/tree.ts";
import type { Problem, ProblemKind } from "./problems.ts";

export const problem = (kind: ProblemKind, key: string, mended = false): Problem => ({ kind, key, mended });

/** A tree of which every entry was read, with what is in it. */
export interface ReadTree extends TreeHead {
  /** The checkpoint as it is written; empty before there is one. */
  readonly written: string;
  readonly nodes: NodeReader;
}

export const NO_TREE: ReadTree = {
  size: 0,
  root: EMPTY_ROOT,
  written: "",
  nodes: async () => {
    throw new RangeError("a tree without leaves has no nodes");
  },
};

/** Whether a tree begins with another. */
export const beginsWith = async ({ size, nodes }: ReadTree, before: TreeHead): Promise<boolean> =>
  before.size <= size && sameBytes(await rootOf(before.size, nodes), before.root);
