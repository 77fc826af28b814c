/** A roster as it stood at the end of a year: which organs stand directly under which government. */
import { type Branch, governmentOf, treeOf } from "../roster/tree.ts";
import { divisionOf, type OrganName, provinceOf } from "./shapes.ts";
import { isGovernment, type Listed } from "./standing.ts";

/** What stands under a government, without what stands below the governments under it, which is theirs to sum up. */
function organsUnder({ below }: Branch): { readonly organs: readonly OrganName[]; readonly lower: readonly Branch[] } {
  const organs: OrganName[] = [];
  const lower: Branch[] = [];
  const walk = (branch: Branch): void => {
    const { uscc, name, kind } = branch.organ;
    if (kind === "government") lower.push(branch);
    else {
      organs.push({ uscc, organ: name });
      branch.below.forEach(walk);
    }
  };
  below.forEach(walk);
  return { organs, lower };
}

/** The organs directly under each government of a roster at the end of a year. */
export interface RosterYear {
  readonly under: ReadonlyMap<string, ReturnType<typeof organsUnder>>;
  /** The government under which an organ stands, by the organ's code. */
  readonly above: ReadonlyMap<string, string>;
  readonly governmentOf: (division: string) => Branch | undefined;
}
const years = new WeakMap<Listed, Map<number, RosterYear>>();

/** A roster has the organs of many divisions: its tree is made once for all of them. */
export function rosterYear(listed: Listed, year: number): RosterYear {
  const known = years.get(listed) ?? new Map<number, RosterYear>();
  years.set(listed, known);
  const there = known.get(year);
  if (there) return there;
  const tree = treeOf({ organs: [...listed.values()] }, year);
  const governments = [...tree.held.values()].filter(({ organ }) => organ.kind === "government");
  const under = new Map(governments.map((branch) => [branch.organ.uscc, organsUnder(branch)]));
  const found = new Map<string, Branch | undefined>();
  const made: RosterYear = {
    under,
    above: new Map([...under].flatMap(([above, { organs }]) => organs.map(({ uscc }) => [uscc, above] as const))),
    governmentOf: (division) => {
      if (!found.has(division)) found.set(division, governmentOf(tree, division));
      return found.get(division);
    },
  };
  known.set(year, made);
  return made;
}

/**
 * The division in whose sum an organ's report is while it stands: its own, or its province where it stands under the
 * government of another; undefined where no sum has it. What `totalsOf` adds up, organ by organ.
 */
export function summedIn(organ: OrganName, year: number, listed?: Listed): string | undefined {
  const division = divisionOf(organ.uscc);
  const known = listed && rosterYear(listed, year);
  const government = known?.governmentOf(division);
  if (!government) return isGovernment(organ, listed) ? undefined : division;
  const above = known?.above.get(organ.uscc);
  if (above === undefined) return undefined;
  return above === government.organ.uscc ? division : provinceOf(division);
}
