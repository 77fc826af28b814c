/** A roster of what lists say: kinds by name, superiors by division where no list names them. */
import { isCode } from "../form/uscc.ts";
import { kindByName } from "./names.ts";
import { comparedName, divisionOfOrgan, divisionsAround, type Organ, type Roster } from "./roster.ts";
import type { ListedRow, RowProblem } from "./table.ts";

/** A roster made of lists, and what of them could not be taken. */
export interface Drafted {
  readonly roster: Roster;
  readonly problems: readonly RowProblem[];
  /** How many kinds and superiors were taken from names and divisions alone. */
  readonly guessed: { readonly kinds: number; readonly superiors: number };
}

const givenOf = (row: ListedRow): ListedRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as ListedRow;

/** The rows of several lists, those of one organ together: what an earlier list says stands. */
function together(rows: readonly ListedRow[]): ListedRow[] {
  const merged: ListedRow[] = [];
  const byCode = new Map<string, number>();
  const byName = new Map<string, number>();
  for (const row of rows) {
    const name = row.name === undefined ? undefined : comparedName(row.name);
    const named = name === undefined ? undefined : byName.get(name);
    // Two codes under one name are the checks' to tell, unless one row has none.
    const same = named === undefined || (row.uscc && merged[named]!.uscc) ? undefined : named;
    const at = (row.uscc === undefined ? undefined : byCode.get(row.uscc)) ?? same ?? merged.length;
    merged[at] = { ...givenOf(row), ...(merged[at] ?? {}) };
    const { uscc } = merged[at]!;
    if (uscc !== undefined) byCode.set(uscc, at);
    if (name !== undefined && !byName.has(name)) byName.set(name, at);
  }
  return merged;
}

/** The government that an organ without a named superior stands under: of its division, else of those around it. */
function superiorByDivision(organ: Organ, governments: ReadonlyMap<string, Organ>): string | undefined {
  if (organ.kind === "vertical") return undefined;
  for (const division of divisionsAround(divisionOfOrgan(organ))) {
    const above = governments.get(division);
    if (above && above.uscc !== organ.uscc) return above.uscc;
  }
  return undefined;
}

/**
 * Makes a roster of the rows of lists.
 * @param guess whether superiors that no list names are taken from divisions
 */
export function draftRoster(division: string, listed: readonly ListedRow[], guess: boolean): Drafted {
  const problems: RowProblem[] = [];
  const rows = together(listed);
  const codes = new Map(
    rows.flatMap(({ name, formerNames = [], uscc }) =>
      uscc === undefined ? [] : [...formerNames, name ?? ""].map((each) => [comparedName(each), uscc] as const),
    ),
  );
  const codeOf = (text: string | undefined, where: string, what: string): string | undefined => {
    if (text === undefined) return undefined;
    const code = comparedName(text).toUpperCase();
    const found = isCode(code) ? code : codes.get(comparedName(text));
    if (found === undefined)
      problems.push({ where, zh: `${what}“${text}”不在名单里`, en: `${text} is not in the list` });
    return found;
  };
  let kinds = 0;
  const organs = rows.flatMap(({ where, name, uscc, kind, superior, mergedInto, splitFrom, ...rest }): Organ[] => {
    if (name === undefined || uscc === undefined) {
      const [zh, en] = name === undefined ? ["没有名称", "no name"] : ["没有统一社会信用代码", "no code"];
      problems.push({ where, zh, en });
      return [];
    }
    if (kind === undefined) kinds += 1;
    const references = {
      superior: codeOf(superior, where, "上级"),
      mergedInto: codeOf(mergedInto, where, "并入的机关"),
      splitFrom: codeOf(splitFrom, where, "析出自"),
    };
    const known = Object.fromEntries(Object.entries({ ...rest, ...references }).filter(([, v]) => v !== undefined));
    return [{ uscc, name, kind: kind ?? kindByName(name), ...known }];
  });
  const governments = new Map(
    organs.filter(({ kind }) => kind === "government").map((organ) => [divisionOfOrgan(organ), organ]),
  );
  let superiors = 0;
  const complete = organs.map((organ): Organ => {
    if (!guess || organ.superior !== undefined) return organ;
    const superior = superiorByDivision(organ, governments);
    if (superior === undefined) return organ;
    superiors += 1;
    return { ...organ, superior };
  });
  return { roster: { division, organs: complete }, problems, guessed: { kinds, superiors } };
}
