import { divisionOfOrgan, isHeldTo, type Organ, type Roster } from "./roster.ts";

/** An organ with those that stand directly under it, in the roster's order. */
export interface Branch {
  readonly organ: Organ;
  readonly below: readonly Branch[];
}

/** Who belonged to whom when a year ended. Every organ that is held to the year stands in it once. */
export interface RosterTree {
  readonly year: number;
  /** Organs without a superior. */
  readonly roots: readonly Branch[];
  /** Every organ that is held to the year, by code. */
  readonly held: ReadonlyMap<string, Branch>;
  /** Organs of the roster that are not: not founded yet, or no more. */
  readonly others: readonly Organ[];
}

interface Growing extends Branch {
  readonly below: Growing[];
}

/**
 * The organ that stands for one that is no more: what it was merged into, else its superior. Undefined where none is
 * left; a roster with a circle, which the checks refuse, ends as well.
 */
function standIn(uscc: string, all: ReadonlyMap<string, Organ>, year: number, own: string): Organ | undefined {
  const seen = new Set([own]);
  let at: string | undefined = uscc;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const organ = all.get(at);
    if (organ && isHeldTo(organ, year)) return organ;
    at = organ?.mergedInto ?? organ?.superior;
  }
  return undefined;
}

/** Whether following superiors leads from one organ to another. */
function isUnder(from: Organ, to: string, superiors: ReadonlyMap<string, Organ | undefined>): boolean {
  const seen = new Set<string>();
  for (let at: Organ | undefined = from; at && !seen.has(at.uscc); at = superiors.get(at.uscc)) {
    if (at.uscc === to) return true;
    seen.add(at.uscc);
  }
  return false;
}

/** The tree of a roster at the end of a year. */
export function treeOf({ organs }: Pick<Roster, "organs">, year: number): RosterTree {
  const all = new Map(organs.map((organ) => [organ.uscc, organ]));
  const held = new Map<string, Growing>();
  for (const organ of all.values()) if (isHeldTo(organ, year)) held.set(organ.uscc, { organ, below: [] });
  const superiors = new Map<string, Organ | undefined>();
  const roots: Growing[] = [];
  for (const branch of held.values()) {
    const { uscc, superior } = branch.organ;
    const above = superior === undefined ? undefined : standIn(superior, all, year, uscc);
    const stem = above && !isUnder(above, uscc, superiors) ? held.get(above.uscc) : undefined;
    superiors.set(uscc, stem?.organ);
    (stem ? stem.below : roots).push(branch);
  }
  return { year, roots, held, others: [...all.values()].filter(({ uscc }) => !held.has(uscc)) };
}

/** The people's government of a division: the one under which no other of the division stands above it. */
export function governmentOf({ roots }: RosterTree, division: string): Branch | undefined {
  const search = (branches: readonly Branch[]): Branch | undefined => {
    for (const branch of branches)
      if (branch.organ.kind === "government" && divisionOfOrgan(branch.organ) === division) return branch;
    for (const branch of branches) {
      const found = search(branch.below);
      if (found) return found;
    }
    return undefined;
  };
  return search(roots);
}

/** Every organ of a branch but its own, above before below. */
export const organsBelow = ({ below }: Branch): Organ[] =>
  below.flatMap((branch) => [branch.organ, ...organsBelow(branch)]);
