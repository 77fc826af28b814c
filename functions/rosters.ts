import { authorizeOver } from "../src/authenticate/caller.ts";
import type { Finding } from "../src/basics/finding.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { parseJson } from "../src/check/parse.ts";
import { checkRoster } from "../src/roster/check.ts";
import type { Roster } from "../src/roster/roster.ts";
import { latestRoster, listedOrgan, type StoredRoster, saveRoster } from "../src/roster/stored.ts";
import { note } from "./answers.ts";
import { ruleIds } from "./audit.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError } from "./problem.ts";
import { contextOf } from "./request.ts";

const refused = (findings: readonly Finding[]): ProblemError => {
  const errors = findings.filter(({ level }) => level === "error").length;
  return new ProblemError({
    status: 422,
    title: "名录未通过校验",
    titleEn: "The roster has errors",
    detail: `有${errors}处错误，改正后再保存；没有任何内容被保存`,
    detailEn: `${errors} errors; nothing was stored`,
    findings,
  });
};

const elsewhere = (division: string): Finding => ({
  id: "R-DIVISION",
  level: "error",
  message: `名录的行政区划应为网址中的${division}`,
  messageEn: `The roster must be of the division in the address, ${division}`,
  cells: [{ pointer: "/division", label: "行政区划" }],
});

const outdated = (sent: number, standing: StoredRoster | undefined): ProblemError => {
  const latest = standing?.version ?? 0;
  const at = standing ? `（${standing.savedAt}）` : "";
  return new ProblemError({
    status: 409,
    title: "名录已有更新的一版",
    titleEn: "The roster has a later version",
    detail: `最新为第${latest}版${at}，这一份是由第${sent}版改的，没有保存。请取回最新一版，改好后再保存`,
    detailEn: `The latest is version ${latest}, and this was made from version ${sent}; nothing was stored`,
    version: latest,
  });
};

/** Who saved a version is for the store alone. */
const answered = ({ division, version, organs }: StoredRoster): Roster => ({ division, version, organs });

/** The rosters of divisions: what anybody may read, and who oversees the division saves. */
export function rosters(options: AppOptions): Pick<Handlers, "getOrgan" | "getRoster" | "putRoster"> {
  const { store, now, program } = options;
  return {
    getRoster: async (c) => {
      const roster = await latestRoster(store, c.req.param("division") ?? "");
      if (!roster) throw notFound(c.req.path);
      return c.json(answered(roster), 200, { "cache-control": "no-cache" });
    },
    getOrgan: async (c) => {
      const organ = await listedOrgan(store, c.req.param("uscc") ?? "");
      if (!organ) throw notFound(c.req.path);
      return c.json(organ, 200, { "cache-control": "no-cache" });
    },
    putRoster: async (c) => {
      const division = c.req.param("division") ?? "";
      note(c, { division });
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      authorizeOver(caller, division);
      const checked = checkRoster(parseJson(await readBody(c)));
      const findings =
        checked.roster && checked.roster.division !== division
          ? [elsewhere(division), ...checked.findings]
          : checked.findings;
      note(c, { findings: ruleIds(findings) });
      if (!checked.roster || checked.roster.division !== division) throw refused(findings);
      const by = { savedAt: shanghaiTime(now()), savedBy: caller.filer, program };
      const { outcome, standing } = await saveRoster(store, checked.roster, by);
      if (outcome === "conflict" || !standing) throw outdated(checked.roster.version ?? 0, standing);
      const { version, savedAt, organs } = standing;
      note(c, { version, outcome: outcome === "created" ? "saved" : "unchanged" });
      const answer = { division, version, savedAt, organs: organs.length, findings };
      return c.json(answer, outcome === "created" ? 201 : 200, { location: `/rosters/${division}` });
    },
  };
}
