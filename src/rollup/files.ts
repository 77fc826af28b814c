/** Reports as they lie in files or are sent, and how the organs of a roster stand by them. */
import type { Report } from "../../generated/report.ts";
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Message } from "../basics/finding.ts";
import { sha256 } from "../basics/hash.ts";
import { soundPart } from "../check/sound-part.ts";
import { validate } from "../check/validate.ts";
import { getCell } from "../form/cells.ts";
import { completeTotals } from "../form/complete.ts";
import { tablesOf } from "../form/form.ts";
import { formForYear, formOf } from "../form/forms.ts";
import { comparedName, isHeldTo, type Organ, type Roster } from "../roster/roster.ts";
import type { Reported, Standing, Standings } from "./cover.ts";
import type { NotCounted, RollupInput } from "./rollup.ts";

/** A JSON value that may be a report, and what its file is called. */
export interface Filed {
  readonly value: unknown;
  readonly file?: string;
}

/** How organs stand by what was filed, and what of it is not theirs. */
export interface FiledStandings {
  readonly standings: Standings;
  readonly notCounted: readonly NotCounted[];
  /** The report of the year before of the organ that is asked for. */
  readonly previous?: Report;
  /** Its report of the year. */
  readonly own?: Report;
}

/** Whether a value is meant to be a report. */
export const isReportLike = (value: unknown): boolean =>
  typeof getCell(value, "/edition") === "string" &&
  typeof getCell(value, "/organ") === "object" &&
  getCell(value, "/organ") !== null &&
  Number.isSafeInteger(getCell(value, "/year"));

/** What of a report can be summed: all of its figures, whatever its texts lack; or why it cannot. */
export function summable(value: unknown, year: number): { readonly report: Report } | { readonly reason: Message } {
  const form = formOf(getCell(value, "/edition"));
  const due = formForYear(year);
  if (!form || form !== due)
    return {
      reason: {
        zh: `格式版本不是${year}年度应用的${due?.edition ?? "版本"}`,
        en: `Not on the edition for ${year}, ${due?.edition ?? ""}`,
      },
    };
  const { previous, leftOut, errors } = soundPart(value);
  if (previous && leftOut.length === 0) return { report: completeTotals(form, previous) };
  const first = validate(value).findings.find(({ level }) => level === "error");
  return {
    reason: {
      zh: `数字有错误，不能汇总（${errors}处错误）${first ? `：${first.message}` : ""}`,
      en: `Its figures are wrong (${errors} errors)${first ? `: ${first.messageEn}` : ""}`,
    },
  };
}

const why = (zh: string, en: string): Message => ({ zh, en });

/** The organ of a roster that a report is of: by its code, else by its name. */
function organOf(value: unknown, roster: Roster, year: number): Organ | undefined {
  const [uscc, name] = [getCell(value, "/organ/uscc"), getCell(value, "/organ/name")];
  if (typeof uscc === "string" && uscc !== "") return roster.organs.find((organ) => organ.uscc === uscc);
  if (typeof name !== "string") return undefined;
  const plain = comparedName(name);
  const called = roster.organs.filter((organ) =>
    [organ.name, ...(organ.formerNames ?? [])].some((each) => comparedName(each) === plain),
  );
  const held = called.filter((organ) => isHeldTo(organ, year));
  return held.length === 1 ? held[0] : called.length === 1 ? called[0] : undefined;
}

/** What is summed of a report: the texts of thousands of reports would be most of what is held. */
function figuresAlone({ edition, year, organ, ...sections }: Report): object {
  const form = formOf(edition);
  const tables = (form ? tablesOf(form) : []).map(({ key }) => {
    const { before: _, after: __, ...figures } = getCell(sections, `/${key}`) as Readonly<Record<string, unknown>>;
    return [key, figures] as const;
  });
  return { edition, year, organ, ...Object.fromEntries(tables) };
}

/** A report as it is summed, with the hash of its canonical JSON. */
export const reportedOf = (report: Report, more: Omit<Partial<Reported>, "state" | "report" | "sha256">): Reported => ({
  state: "reported",
  report: figuresAlone(report),
  sha256: sha256(canonicalJson(report)),
  ...more,
});

/** Two reports of one organ: the same is one, of two that differ nobody can tell which counts. */
function both(before: Standing | undefined, now: Standing): Standing {
  if (before?.state !== "reported" || now.state !== "reported") return before?.state === "reported" ? before : now;
  if (before.sha256 === now.sha256) return before;
  const files = [before.file, now.file].filter((file) => file !== undefined);
  return {
    state: "unusable",
    reason: why(`有两份内容不同的报告：${files.join("、")}`, `Two reports that differ: ${files.join(", ")}`),
  };
}

/**
 * How the organs of a roster stand by files.
 * @param government the code of the organ whose report is drawn up
 * @param byHand whether the files are put in for organs that have not published
 */
export function filedStandings(
  filed: readonly Filed[],
  roster: Roster,
  {
    year,
    government,
    byHand = false,
  }: { readonly year: number; readonly government: string; readonly byHand?: boolean },
): FiledStandings {
  const standings = new Map<string, Standing>();
  const settled = new Set<string>();
  const notCounted: NotCounted[] = [];
  const own: { previous?: Report; own?: Report } = {};
  for (const { value, file } of filed) {
    const place = file === undefined ? {} : { file };
    const organ = organOf(value, roster, year);
    const [name, of] = [getCell(value, "/organ/name"), getCell(value, "/year")];
    const leave = (reason: Message): void => {
      const known = organ ? { uscc: organ.uscc, name: organ.name } : typeof name === "string" ? { name } : {};
      notCounted.push({ ...known, ...place, why: reason });
    };
    if (organ?.uscc === government && (of === year || of === year - 1)) {
      const made = summable(value, of);
      if ("reason" in made) leave(made.reason);
      else own[of === year ? "own" : "previous"] = made.report;
      continue;
    }
    if (of !== year) {
      leave(why(`是${String(of)}年度的报告`, `A report of ${String(of)}`));
      continue;
    }
    if (!organ) {
      leave(why("不在名录里", "Not in the roster"));
      continue;
    }
    if (!isHeldTo(organ, year)) {
      const { since = "", until = "" } = organ;
      leave(
        until !== "" && until <= `${year}-12-31`
          ? why(`已于${until}撤销，由并入的机关报告`, `Ended on ${until}; what it went into reports`)
          : why(`${since}才设立`, `Founded on ${since}`),
      );
      continue;
    }
    const made = summable(value, year);
    const standing: Standing =
      "reason" in made
        ? { state: "unusable", reason: made.reason }
        : reportedOf(made.report, { ...place, ...(byHand ? { byHand: true } : {}) });
    // Once two differ, a third that is like one of them does not settle it.
    if (settled.has(organ.uscc)) continue;
    const before = standings.get(organ.uscc);
    const now = both(before, standing);
    if (before?.state === "reported" && now.state === "unusable") settled.add(organ.uscc);
    standings.set(organ.uscc, now);
  }
  return { standings, notCounted, ...own };
}

/** What was found, with reports put in by hand for the organs that have none: what a report is drawn up from. */
export function withByHand(
  found: Omit<FiledStandings, "own">,
  byHand: Omit<FiledStandings, "own">,
  roster: Roster,
): Pick<RollupInput, "standings" | "notCounted" | "previous"> {
  const standings = new Map(found.standings);
  const refused: NotCounted[] = [];
  for (const organ of roster.organs) {
    const [there, put] = [found.standings.get(organ.uscc), byHand.standings.get(organ.uscc)];
    if (!put) continue;
    if (there?.state !== "reported") standings.set(organ.uscc, put);
    else
      refused.push({
        uscc: organ.uscc,
        name: organ.name,
        why: why("已有公布的报告，补录的没有采用", "It has published; what was put in by hand is not used"),
      });
  }
  return {
    standings,
    notCounted: [...found.notCounted, ...byHand.notCounted, ...refused],
    previous: found.previous ?? byHand.previous,
  };
}
