import type { Report } from "../../generated/report.ts";
import type { Message } from "../basics/finding.ts";
import { figureAt, setCell } from "../form/cells.ts";
import type { EditionForm } from "../form/form.ts";
import { sectionCells } from "../form/form-cells.ts";
import { formForYear } from "../form/forms.ts";
import type { Organ, Roster } from "../roster/roster.ts";
import type { Kind } from "../roster/schema.ts";
import { type Branch, governmentOf, organsBelow, treeOf } from "../roster/tree.ts";
import { coverOf, type MissingOrgan, type Standings } from "./cover.ts";
import { RollupError } from "./rollup-error.ts";
import { scaffoldOf } from "./scaffold.ts";
import { type CellSum, printedFigure, type Sums, sumReports } from "./sum.ts";

interface NamedOrgan {
  readonly uscc: string;
  readonly name: string;
}

/** A report that was summed. */
export interface Source extends NamedOrgan {
  readonly kind: Kind;
  /** SHA-256 (hex) of the report's canonical JSON. */
  readonly sha256: string;
  readonly version?: number;
  /** Put in by hand: the organ has not published. */
  readonly byHand?: true;
  readonly file?: string;
}

/** An organ of which there is nothing to be summed. */
export interface MissingSource extends NamedOrgan {
  readonly state: MissingOrgan["state"];
  readonly reason?: Message;
}

/** A report that is there and was not summed, and why. */
export interface NotCounted extends Partial<NamedOrgan> {
  readonly file?: string;
  readonly why: Message;
}

/** What a draft stands on. */
export interface Sources {
  readonly format: 1;
  readonly division: string;
  readonly year: number;
  readonly edition: string;
  readonly government: NamedOrgan;
  readonly roster: { readonly division: string; readonly version?: number };
  /** Organs whose reports make up the region's: `reported` of `expected`. */
  readonly organs: { readonly expected: number; readonly reported: number; readonly missing: number };
  readonly sources: readonly Source[];
  readonly missing: readonly MissingSource[];
  /** Governments without a report, in whose place their organs were summed. */
  readonly replaced: readonly (MissingSource & { readonly expected: number; readonly reported: number })[];
  readonly notCounted: readonly NotCounted[];
  /** Cells that are no sum, to be filled in. */
  readonly left: readonly { readonly pointer: string; readonly label: string; readonly why: Message }[];
  /** By JSON Pointer, each cell that was summed and by whom: places in `sources` with what they add, the largest first. */
  readonly cells: Readonly<Record<string, CellSum>>;
}

/** A region's report as it is drawn up: not signed, its text to be written. */
export interface Rollup {
  readonly draft: object;
  readonly sources: Sources;
}

/** What a report is drawn up from. */
export interface RollupInput {
  readonly roster: Roster;
  readonly division: string;
  readonly year: number;
  readonly standings: Standings;
  /** The government's own report of the year before, for what follows from that. */
  readonly previous?: Report | undefined;
  /** Reports that are there and of which it is known already that they are not summed. */
  readonly notCounted?: readonly NotCounted[];
}

/** The government of a division in a year, with all that stands below it. @throws RollupError when there is none */
export function regionOf(
  roster: Roster,
  division: string,
  year: number,
): { readonly form: EditionForm; readonly government: Branch } {
  const form = formForYear(year);
  if (!form) throw new RollupError(`没有适用于${year}年度的格式`, `There is no edition for ${year}`);
  const government = governmentOf(treeOf(roster, year), division);
  if (government) return { form, government };
  throw new RollupError(
    `名录（${roster.division}）里，${year}年底没有行政区划${division}的人民政府`,
    `The roster of ${roster.division} has no people's government of ${division} at the end of ${year}`,
  );
}

const named = ({ uscc, name }: Organ): NamedOrgan => ({ uscc, name });

const missingSource = ({ organ, state, reason }: MissingOrgan): MissingSource => ({
  ...named(organ),
  state,
  ...(reason ? { reason } : {}),
});

const LEFT: Readonly<Record<Sums["left"][number]["why"], Message>> = {
  lastYear: {
    zh: "不能相加；没有本级政府上一年度的报告可据以推算，请填写",
    en: "No sum; the government's own report of last year, from which it follows, is not there",
  },
  tooLarge: { zh: "合计超出一格所能写的数，请填写", en: "The sum is more than a cell can hold" },
};

/** The draft, in the order of the form: figures with their totals, and the scaffold of the narratives. */
function draftOf(form: EditionForm, year: number, organ: Organ, { sums }: Sums): object {
  const figures = {};
  for (const [pointer, { value }] of sums) setCell(figures, pointer, value);
  const draft: Record<string, unknown> = {
    edition: form.edition,
    year,
    organ: { name: organ.name, uscc: organ.uscc },
  };
  const scaffold = scaffoldOf(form, (pointer) => printedFigure(form, figures, pointer));
  for (const section of form.sections) {
    if (section.kind === "narrative") {
      draft[section.key] = { body: scaffold.get(section.key) ?? [] };
      continue;
    }
    for (const { pointer, total } of sectionCells(form, section)) {
      const value = total ? figureAt(form, figures, pointer)?.value : sums.get(pointer)?.value;
      if (value !== undefined) setCell(draft, pointer, value);
    }
  }
  return draft;
}

/** Reports that are there and stand for nothing of their own: of organs whose government's report was taken. */
function coveredBy(government: Branch, standings: Standings, taken: ReadonlySet<string>): NotCounted[] {
  const found: NotCounted[] = [];
  const walk = ({ organ, below }: Branch, within: Organ | undefined): void => {
    if (within && standings.get(organ.uscc)?.state === "reported")
      found.push({
        ...named(organ),
        why: { zh: `已含在${within.name}的报告里`, en: `Contained in the report of ${within.name}` },
      });
    const inner = within ?? (organ.kind === "government" && taken.has(organ.uscc) ? organ : undefined);
    for (const branch of below) walk(branch, inner);
  };
  for (const branch of government.below) walk(branch, undefined);
  return found;
}

/**
 * Draws up a region's report as the sum over its roster's tree. The same input gives the same draft.
 * @throws RollupError when the roster has no government of the division, or no report is there
 */
export function rollUp({ roster, division, year, standings, previous, notCounted = [] }: RollupInput): Rollup {
  const { form, government } = regionOf(roster, division, year);
  const { taken, missing, replaced } = coverOf(government, standings);
  if (taken.length === 0)
    throw new RollupError(
      `${government.organ.name}所属机关${year}年度没有一份可以汇总的报告`,
      `No report of ${year} is there to be summed up for ${government.organ.name}`,
    );
  const summed = sumReports(
    form,
    taken.map(({ reported }) => reported.report),
    previous,
  );
  const codes = new Set(taken.map(({ organ }) => organ.uscc));
  const below = new Set(organsBelow(government).map(({ uscc }) => uscc));
  const outside = [...treeOf(roster, year).held.values()].flatMap(({ organ }): NotCounted[] =>
    standings.get(organ.uscc)?.state === "reported" && !below.has(organ.uscc) && organ !== government.organ
      ? [
          {
            ...named(organ),
            why: { zh: `不属于${government.organ.name}`, en: `Not under ${government.organ.name}` },
          },
        ]
      : [],
  );
  const sources: Sources = {
    format: 1,
    division,
    year,
    edition: form.edition,
    government: named(government.organ),
    roster: { division: roster.division, ...(roster.version === undefined ? {} : { version: roster.version }) },
    organs: { expected: taken.length + missing.length, reported: taken.length, missing: missing.length },
    sources: taken.map(({ organ, reported: { sha256, version, byHand, file } }) => ({
      ...named(organ),
      kind: organ.kind,
      sha256,
      ...(version === undefined ? {} : { version }),
      ...(byHand ? { byHand } : {}),
      ...(file === undefined ? {} : { file }),
    })),
    missing: missing.map(missingSource),
    replaced: replaced.map((each) => ({
      ...missingSource(each),
      expected: each.expected,
      reported: each.reported,
    })),
    notCounted: [...coveredBy(government, standings, codes), ...outside, ...notCounted],
    left: summed.left.map(({ cell, why }) => ({ pointer: cell.pointer, label: cell.label, why: LEFT[why] })),
    cells: Object.fromEntries(summed.sums),
  };
  return { draft: draftOf(form, year, government.organ, summed), sources };
}

/** A draft as a file. */
export const draftFile = (draft: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(draft, null, 2)}\n`);
