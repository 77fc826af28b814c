/** The paragraphs that a report has before and after its tables, from the submission to every file that is made of it. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { differences } from "../../src/check/differences.ts";
import { draftOf } from "../../src/check/draft.ts";
import { validate } from "../../src/check/validate.ts";
import { compose } from "../../src/compose/compose.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { importReport } from "../../src/import/import.ts";
import { example } from "../support/service.ts";
import { docxOf, renderFiles } from "../support/written.ts";

const p = (text: string) => ({ type: "paragraph", text }) as const;
const BEFORE = "下列数字按全年作出的处理决定统计，依法不公开的决定也计在内。";
const AFTER = "注：结转的申请多于上年，因年底集中收到一批申请。";

type Filing = Record<string, Record<string, unknown>>;

const fonts = openFonts("dist/fonts");
let usual: ReadonlySet<string>;
let filing: Filing;
let report: Report;
beforeAll(async () => {
  filing = (await example("hangzhou-2025")) as unknown as Filing;
  usual = new Set(validate(filing).findings.map(({ id }) => id));
  filing["disclosure"]!["before"] = [p(BEFORE), p("规章")];
  filing["requests"]!["after"] = [p(AFTER)];
  report = validate(filing).report!;
});

/** What is found beyond what the example itself has. */
const found = (value: unknown) => validate(value).findings.filter(({ id }) => !usual.has(id));
const ids = (value: unknown): string[] => found(value).map(({ id }) => id);
const withAfter = (text: string): Filing => {
  const copy = structuredClone(filing);
  copy["requests"]!["after"] = [p(text)];
  return copy;
};

describe("texts beside a table", () => {
  it("are part of the report, in printed order, and of the page between heading and table", () => {
    expect(ids(filing)).toEqual([]);
    expect(Object.keys(report.disclosure)[0]).toBe("before");
    expect(Object.keys(report.requests).at(-1)).toBe("after");
    const blocks = compose(report);
    const shape = (from: string, to: string): string[] => {
      const at = (id: string) => blocks.findIndex((block) => block.kind === "heading" && block.id === id);
      return blocks.slice(at(from) + 1, at(to)).map((block) => (block.kind === "paragraph" ? block.text : block.kind));
    };
    expect(shape("disclosure", "requests")).toEqual([BEFORE, "规章", "table"]);
    expect(shape("requests", "remedies")).toEqual(["table", AFTER]);
  });

  it.each(["report.pdf", "report.html", "report.csv", "report.json", "report.docx"])(
    "come back exactly from %s",
    async (name) => {
      const { explanations: _, ...rest } = report as Report & { explanations?: unknown };
      const sent = rest as unknown as Report;
      const files: Record<string, Uint8Array> = {
        ...(await renderFiles(sent, fonts)),
        "report.docx": await docxOf(sent),
      };
      const { report: back, account } = await importReport(files[name]!, { name });
      expect(back).toEqual(sent);
      expect(account.leftOut).toEqual([]);
    },
  );

  it("are no headings, never empty lists, and never a name for a row", () => {
    const heading = structuredClone(filing);
    heading["requests"]!["after"] = [{ type: "heading", level: 2, text: "说明" }];
    expect(ids(heading)).not.toEqual([]);
    const empty = structuredClone(filing);
    empty["requests"]!["after"] = [];
    expect(ids(empty)).not.toEqual([]);
  });

  it("are checked as the narratives are: personal data, counts that the table contradicts", () => {
    expect(ids(withAfter("联系人张某，手机13812345678。"))).toEqual(["F-PII"]);
    const { requests } = report;
    expect(ids(withAfter(`本年新收政府信息公开申请${requests.received.total}件。`))).toEqual([]);
    const [finding, ...others] = found(withAfter("本年新收政府信息公开申请7件。"));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ level: "warning", cells: [{ pointer: "/requests/after/0/text", value: 7 }, {}] });
  });

  it("are shown when a correction changes them", () => {
    const after = validate(withAfter("注：另有一件在办。")).report!;
    expect(differences(report, after)).toEqual([
      {
        pointer: "/requests/after",
        label: "三、收到和处理政府信息公开申请情况／表后文字",
        before: AFTER,
        after: "注：另有一件在办。",
      },
    ]);
  });

  it("stand in a draft, as far as they are usable", () => {
    const draft = structuredClone(filing);
    draft["requests"]!["after"] = [p(" "), p(AFTER)];
    draft["remedies"]!["before"] = "一段文字";
    const made = draftOf(draft);
    expect(made).toMatchObject({ draft: { requests: { after: [p(AFTER)] } } });
    expect("draft" in made && Object.keys(made.draft.remedies)).not.toContain("before");
  });
});
