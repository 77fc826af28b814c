import { authorizeOver } from "../src/authenticate/caller.ts";
import { parseJson } from "../src/check/parse.ts";
import { getCell } from "../src/form/cells.ts";
import { type DivisionYear, paths } from "../src/index/shapes.ts";
import { publicKey } from "../src/index/shared.ts";
import { isGovernment } from "../src/index/standing.ts";
import { sumFindings } from "../src/rollup/compare.ts";
import { filedStandings, withByHand } from "../src/rollup/files.ts";
import { publishedStandings, standsOn } from "../src/rollup/published.ts";
import { isSources, redraw } from "../src/rollup/redraw.ts";
import { regionOf, rollUp, type Sources } from "../src/rollup/rollup.ts";
import { RollupError } from "../src/rollup/rollup-error.ts";
import { changedSince } from "../src/rollup/sources.ts";
import { rosterOver } from "../src/roster/stored.ts";
import { governmentOf, treeOf } from "../src/roster/tree.ts";
import { readJson } from "../src/store/json.ts";
import type { Store } from "../src/store/store.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";
import { contextOf } from "./request.ts";

const withoutRoster = (division: string): ProblemError =>
  new ProblemError({
    status: 404,
    title: "没有名录",
    titleEn: "No roster",
    detail: `没有${division}的名录，也没有上一级行政区划的；先用 PUT /rosters/${division} 保存`,
    detailEn: `There is no roster of ${division} or of a division around it; save one with PUT /rosters/${division}`,
  });

const impossible = ({ message, messageEn }: RollupError): ProblemError =>
  new ProblemError({
    status: 422,
    title: "不能汇总",
    titleEn: "Nothing can be summed up",
    detail: message,
    detailEn: messageEn,
  });

/** What a roll-up is asked for with. */
interface Asked {
  /** Reports for organs that have not published. */
  readonly byHand: readonly unknown[];
  /** A draft that was gone on with, and what it was drawn up from. */
  readonly again?: { readonly edited: unknown; readonly before: Sources };
}

const badBody = (): ProblemError =>
  new ProblemError({
    status: 422,
    title: "正文不对",
    titleEn: "Bad body",
    detail: '正文应为 {}，可以有 "byHand"（补录的报告）；再次汇总时有 "edited"（改过的草稿）和 "before"（它的来源）',
    detailEn: 'The body must be {}, with "byHand" (reports) if need be, and "edited" and "before" to draw up again',
  });

/** @throws ProblemError where a body has something else */
function askedIn(value: unknown): Asked {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { byHand = [], edited, before, ...others } = (isObject ? value : { value }) as Record<string, unknown>;
  if (!Array.isArray(byHand) || Object.keys(others).length > 0) throw badBody();
  if (edited === undefined && before === undefined) return { byHand };
  if (!isSources(before) || typeof edited !== "object" || edited === null) throw badBody();
  return { byHand, again: { edited, before } };
}

/** Without a roster: the governments of a division that its lists have, by their names. */
async function regionalByName(store: Store, division: string, year: number) {
  const listed = await readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year)));
  return (listed?.entries ?? [])
    .filter((entry) => isGovernment(entry))
    .map(({ uscc, organ }) => ({ uscc, name: organ }));
}

/** Drawing up a region's report from what its organs have published. */
export function rollups(options: AppOptions): Pick<Handlers, "rollUp" | "getStandsOn"> {
  const { store } = options;
  return {
    getStandsOn: async (c) => {
      const [division, year] = [c.req.param("division") ?? "", Number(c.req.param("year"))];
      note(c, { division, year });
      authorizeOver(await contextOf(c, options).authenticate(c.req.header("authorization")), division);
      const roster = await rosterOver(store, division);
      const governments = roster
        ? [governmentOf(treeOf(roster, year), division)?.organ].flatMap((organ) =>
            organ ? [{ uscc: organ.uscc, name: organ.name }] : [],
          )
        : await regionalByName(store, division, year);
      const reports = [];
      for (const government of governments) {
        const found = await standsOn(store, government.uscc, year);
        if (found) reports.push({ government, ...found });
      }
      return c.json({ division, year, reports }, 200, { "cache-control": "no-store" });
    },
    rollUp: async (c) => {
      const [division, year] = [c.req.param("division") ?? "", Number(c.req.param("year"))];
      note(c, { division, year });
      authorizeOver(await contextOf(c, options).authenticate(c.req.header("authorization")), division);
      const { byHand, again } = askedIn(parseJson(await readBody(c)));
      const roster = await rosterOver(store, division);
      if (!roster) throw withoutRoster(division);
      try {
        const { government } = regionOf(roster, division, year);
        const published = await publishedStandings(store, roster, division, year);
        const put = filedStandings(
          byHand.map((value) => ({ value })),
          roster,
          { year, government: government.organ.uscc, byHand: true },
        );
        const rollup = rollUp({ roster, division, year, ...withByHand(published, put, roster) });
        note(c, { outcome: "summed", uscc: String(getCell(rollup.draft, "/organ/uscc")) });
        return c.json(
          {
            ...rollup,
            ...(again ? redraw(again.edited, again.before, rollup) : {}),
            ...(published.ownSources ? { changed: changedSince(published.ownSources, rollup.sources.sources) } : {}),
            findings: published.own ? sumFindings(published.own, rollup.sources) : [],
          },
          200,
          { "cache-control": "no-store" },
        );
      } catch (error) {
        throw error instanceof RollupError ? impossible(error) : error;
      }
    },
  };
}
