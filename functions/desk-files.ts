import type { Context } from "hono";
import { authorizeOver } from "../src/authenticate/caller.ts";
import type { Finding } from "../src/basics/finding.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { noticeDocx, noticeHtml } from "../src/batch/notice-files.ts";
import { noticeOfRecord } from "../src/batch/published-notice.ts";
import { alikeFinding, alikePairs, narrativeOf } from "../src/check/alike.ts";
import { parseJson } from "../src/check/parse.ts";
import { readChecks } from "../src/desk/checks.ts";
import { type DeskAnswer, readDesk } from "../src/desk/desk.ts";
import { workbookOf } from "../src/desk/workbook.ts";
import { formForYear } from "../src/form/forms.ts";
import { publishedReport, records } from "../src/publish/publish.ts";
import { currentVersion } from "../src/publish/versions.ts";
import { divisionOfOrgan } from "../src/roster/roster.ts";
import { listedOrgan } from "../src/roster/stored.ts";
import type { Store } from "../src/store/store.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import { PRIVATE } from "./drafts.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError } from "./problem.ts";
import { contextOf, placeOf } from "./request.ts";
import { XLSX } from "./routes-desk.ts";

/** @throws ProblemError 422 */
function organsIn(value: unknown): readonly string[] {
  const { organs } = (typeof value === "object" && value !== null ? value : {}) as { readonly organs?: unknown };
  if (Array.isArray(organs) && organs.every((code) => typeof code === "string")) return organs;
  throw new ProblemError({
    status: 422,
    title: "正文不对",
    titleEn: "Bad body",
    detail: '正文应为 {"organs": [统一社会信用代码]}',
    detailEn: 'The body must be {"organs": [credit codes]}',
  });
}

/** What is alike in an organ's report and others'. */
async function alikeIn(store: Store, own: string, others: readonly string[], year: number): Promise<Finding[]> {
  const read = async (uscc: string) => {
    const latest = currentVersion(await records(store, uscc, year));
    const report = latest && (await publishedReport(store, latest));
    return report ? [narrativeOf(report)] : [];
  };
  const narratives = (await Promise.all([own, ...others].map(read))).flat();
  return alikePairs(narratives).flatMap(({ a, b, share }) => {
    const [one, other] = [narratives[a]!, narratives[b]!];
    if (one.uscc === own) return [alikeFinding(other, share)];
    return other.uscc === own ? [alikeFinding(one, share)] : [];
  });
}

/** What the office above makes of its desk. */
export function deskFiles(options: AppOptions): Pick<Handlers, "getChecks" | "getNotice" | "getWorkbook"> {
  const { store, now, review: otherwise = "none" } = options;

  /** The desk that a path names. @throws ForbiddenError, ProblemError 404 */
  const deskOf = async (c: Context<Env>): Promise<DeskAnswer> => {
    const [division, year] = [c.req.param("division") ?? "", Number(c.req.param("year"))];
    note(c, { division, year });
    authorizeOver(await contextOf(c, options).authenticate(c.req.header("authorization")), division);
    if (!formForYear(year)) throw notFound(c.req.path);
    return readDesk(store, { division, year, today: shanghaiTime(now()).slice(0, 10), otherwise });
  };

  return {
    getChecks: async (c) => {
      const { rows, year } = await deskOf(c);
      const answer = await readChecks(store, rows, year, c.get("query")["after"]);
      note(c, { outcome: "read" });
      return c.json(answer, 200, PRIVATE);
    },
    getNotice: async (c) => {
      const { uscc, year } = placeOf(c);
      note(c, { uscc, year });
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      const organ = await listedOrgan(store, uscc);
      authorizeOver(caller, divisionOfOrgan(organ ?? { uscc }));
      const latest = currentVersion(await records(store, uscc, year));
      const { format = "docx", alike = "" } = c.get("query");
      const more = latest && alike !== "" ? await alikeIn(store, uscc, alike.split("."), year) : [];
      const notice = latest && latest.kind !== "withdrawal" ? noticeOfRecord(latest, more) : undefined;
      if (!notice) throw notFound(c.req.path);
      note(c, { outcome: "read" });
      const bytes = format === "html" ? noticeHtml(notice) : await noticeDocx(notice);
      const type = c.get("route").answers["200"] as { readonly content: Readonly<Record<string, unknown>> };
      const [docx = "", html = ""] = Object.keys(type.content);
      return c.body(new Uint8Array(bytes), 200, {
        ...PRIVATE,
        "content-type": format === "html" ? `${html}; charset=utf-8` : docx,
        "content-disposition": `attachment; filename="${uscc}-${year}-notice.${format}"`,
      });
    },
    getWorkbook: async (c) => {
      const { rows, division, year, today } = await deskOf(c);
      const known = new Map(rows.map((row) => [row.uscc, row]));
      const asked = organsIn(parseJson(await readBody(c))).flatMap((uscc) => known.get(uscc) ?? []);
      const bytes = await workbookOf(asked, `${division}，${year}年度政府信息公开工作年度报告`, today);
      note(c, { outcome: "read" });
      return c.body(new Uint8Array(bytes), 200, { ...PRIVATE, "content-type": XLSX });
    },
  };
}
