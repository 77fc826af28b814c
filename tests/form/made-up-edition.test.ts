/** A new edition of the form is a file and no code: one that no notice made goes the whole way. */
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import type * as Validate from "../../src/check/validate.ts";
import type * as Tables from "../../src/compose/tables.ts";
import type * as DatasetFiles from "../../src/dataset/parquet.ts";
import type * as DatasetRow from "../../src/dataset/row.ts";
import type * as PdfFonts from "../../src/fonts/fonts.ts";
import type * as Cells from "../../src/form/cells.ts";
import type * as Complete from "../../src/form/complete.ts";
import type * as Forms from "../../src/form/forms.ts";
import type * as LabelIndex from "../../src/form/label-index.ts";
import type * as Csv from "../../src/formats/csv/csv.ts";
import type * as Import from "../../src/import/import.ts";
import type * as Source from "../../src/import/source.ts";
import type * as Facts from "../../src/index/facts.ts";
import type * as Comparison from "../../src/portal/comparison.ts";
import type * as PortalForm from "../../src/portal/form.ts";
import type { PublicationRecord } from "../../src/publish/record.ts";
import type * as Paste from "../../web/filing/paste/paste.ts";
import type * as FilingPage from "../support/filing-form/page.ts";
import type * as Formats from "../support/import/formats.ts";
import type * as Made from "../support/import/made.ts";
import { MADE_UP, madeUpEdition } from "../support/made-up/edition.ts";
import { type Workspace, workspaceWith } from "../support/made-up/workspace.ts";
import { example } from "../support/service.ts";
import type * as Documents from "../support/written.ts";

let copy: Workspace;
let report: Report;

const FIGURES: Readonly<Record<string, number>> = {
  "portal/main/visits/desktop": 1201,
  "portal/main/visits/mobile": 3402,
  "portal/main/updates": 57,
  "portal/topics/visits/desktop": 88,
  "portal/topics/visits/mobile": 19,
  "portal/topics/updates": 6,
  "special/visits/desktop": 640,
  "special/visits/mobile": 225,
  "special/updates": 31,
  "accounts/weixin": 4,
  "accounts/weibo": 2,
  staff: 9,
};
const TEXT = [
  "主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障各项工作照常开展，考核、评议和责任追究都有结果。",
  "没有发出信息处理费收费通知。",
] as const;
const paragraph = (text: string) => ({ body: [{ type: "paragraph", text }] });

/** A report on the made-up edition without its totals of the new table. */
async function madeUpReport(): Promise<Record<string, unknown>> {
  const base = await example("hangzhou-2025");
  const { publications, ...notProcessed } = base["requests"].results.notProcessed;
  Object.assign(base["requests"].results, {
    notProcessed,
    refused: { ...base["requests"].results.refused, privacy: publications },
  });
  const { setCell } = await copy.load<typeof Cells>("src/form/cells.ts");
  for (const [path, value] of Object.entries(FIGURES)) setCell(base, `/platforms/${path}`, value);
  const { preamble: _, explanations: __, ...rest } = base;
  return {
    ...rest,
    edition: MADE_UP,
    year: 2024,
    signed: "2025-01-20",
    overview: paragraph(TEXT[0]),
    problems: paragraph(
      "更新有时不够及时，栏目之间内容重复，查找不便；已经指定专人每周核对，合并了重复的栏目，并按季度通报检查结果，明年继续改进。",
    ),
    other: paragraph(TEXT[1]),
  };
}

beforeAll(async () => {
  copy = await workspaceWith(await madeUpEdition());
  const { completeTotals } = await copy.load<typeof Complete>("src/form/complete.ts");
  const { formOf } = await copy.load<typeof Forms>("src/form/forms.ts");
  report = completeTotals(formOf(MADE_UP)!, (await madeUpReport()) as unknown as Report);
});
afterAll(async () => {
  await (await copy.load<typeof Formats>("tests/support/import/formats.ts")).closePrinter();
  await copy.close();
});

describe("an edition that is a file and no code", () => {
  it("is the one for its years, and the edition before it for the years before", async () => {
    const { formForYear } = await copy.load<typeof Forms>("src/form/forms.ts");
    expect([2020, 2023, 2024, 2030].map((year) => formForYear(year)?.edition)).toEqual([
      "2019",
      "2021",
      "2024",
      "2024",
    ]);
  });

  it("is validated, with its totals computed and its rules at work", async () => {
    const { validate } = await copy.load<typeof Validate>("src/check/validate.ts");
    const errors = (value: unknown): string[] =>
      validate(value)
        .findings.filter(({ level }) => level === "error")
        .map(({ id, message }) => `${id} ${message}`);
    const sent = await madeUpReport();
    expect(errors(sent)).toEqual([]);
    expect(validate(sent).report).toMatchObject({
      platforms: {
        portal: { total: { visits: { desktop: 1289, mobile: 3421, total: 4710 }, updates: 63 } },
        special: { visits: { total: 865 } },
        accounts: { total: 6 },
      },
    });
    const wrong = structuredClone(report) as unknown as { platforms: typeof FIGURES & Record<string, never> };
    Object.assign(wrong.platforms["portal"]!["total"]!["visits"]!, { total: 4711 });
    Object.assign(wrong.platforms["accounts"]!, { total: 7 });
    expect(errors(wrong)).toEqual([
      "T5-VISITS 表五“（三）门户合并”行：电脑端（1289）＋移动端（3421）＝4710，两端总计（4711），相差1",
      "T5-PORTAL 表五“两端总计”列：（一）主站首页（4603）＋（二）专题频道（107）＝4710，（三）门户合并（4711），相差1",
      "T5-ACCOUNTS 表五“在运行账号”：微信公众号（4）＋微博账号（2）＝6，账号总计（7），相差1",
    ]);
    expect(errors({ ...report, edition: "2021" }).some((error) => error.startsWith("F-EDITION"))).toBe(true);
  });

  it("is set and rendered in every format", async () => {
    const { renderFiles, docxOf } = await copy.load<typeof Documents>("tests/support/written.ts");
    const { openFonts } = await copy.load<typeof PdfFonts>("src/fonts/fonts.ts");
    const files = await renderFiles(report, openFonts(`${copy.root}/dist/fonts`));
    const text = (name: "report.html" | "report.csv" | "report.json") => new TextDecoder().decode(files[name]);
    for (const said of ["政务新媒体", "六、不足之处和下一步打算", "9.属于个人隐私信息", "（三）门户合并"])
      expect(text("report.html")).toContain(said);
    expect(text("report.html")).not.toContain("要求提供公开出版物");
    expect(text("report.csv")).toContain("表五“门户网站／（一）主站首页／访问次数／电脑端”,1201");
    expect(JSON.parse(text("report.json"))).toEqual(report);
    expect(new TextDecoder("latin1").decode(files["report.pdf"].slice(0, 5))).toBe("%PDF-");
    expect((await docxOf(report)).length).toBeGreaterThan(5000);
  });

  it("is imported back from each file that it was rendered as", async () => {
    const documents = await copy.load<typeof Documents>("tests/support/written.ts");
    const { openFonts } = await copy.load<typeof PdfFonts>("src/fonts/fonts.ts");
    const { importReport } = await copy.load<typeof Import>("src/import/import.ts");
    const { renderCsv } = await copy.load<typeof Csv>("src/formats/csv/csv.ts");
    const exact = {
      "a.json": documents.reportFile(report),
      "a.csv": renderCsv(report),
      "a.pdf": await documents.typeset(report, openFonts(`${copy.root}/dist/fonts`)),
      "a.html": documents.reportPage(report),
      "a.docx": await documents.docxOf(report),
    };
    for (const [name, bytes] of Object.entries(exact)) {
      const { report: imported, account } = await importReport(bytes, { name });
      const { uscc } = report.organ;
      expect([name, { ...imported, organ: { ...(imported["organ"] as object), uscc } }]).toEqual([name, report]);
      expect([name, account.findings.filter(({ level }) => level === "error")]).toEqual([name, []]);
    }
  });

  it("is imported from files of others of every kind, known by its labels", async () => {
    const { FORMATS, writeAs } = await copy.load<typeof Formats>("tests/support/import/formats.ts");
    const { make } = await copy.load<typeof Made>("tests/support/import/made.ts");
    const { importReport } = await copy.load<typeof Import>("src/import/import.ts");
    for (const format of Object.keys(FORMATS) as (keyof typeof FORMATS)[]) {
      const { bytes, name } = await writeAs(format, make(report, []).paper);
      const { report: imported, account } = await importReport(bytes, { name });
      const { uscc: _, ...organ } = report.organ;
      expect([format, imported]).toEqual([format, { ...report, organ }]);
      expect([format, account.edition]).toEqual([format, MADE_UP]);
      const alarms = account.findings.filter(({ level, id }) => level !== "information" && id !== "I-USCC");
      expect([format, alarms.map(({ message }) => message)]).toEqual([format, []]);
    }
  });

  it("is listed and compared with the editions before it", async () => {
    const { FORM } = await copy.load<typeof PortalForm>("src/portal/form.ts");
    const { comparisonTable } = await copy.load<typeof Comparison>("src/portal/comparison.ts");
    const { figuresOf } = await copy.load<typeof Facts>("src/index/facts.ts");
    const before = (await example("hangzhou-2025")) as unknown as Report;
    const columns = [before, report].map((r) => ({
      title: String(r.year),
      edition: r.edition,
      figures: figuresOf(r),
    }));
    const html = String(await comparisonTable(FORM, columns, { lang: "zh-CN", caption: "比较" }));
    expect(html).toContain("五、政府信息公开平台建设情况");
    const rowOf = (label: string): string =>
      new RegExp(`<tr[^>]*><th[^>]*>${label}.*?</tr>`, "s")
        .exec(html)![0]
        .replace(/<[^>]*>/g, "|")
        .replace(/\|+/g, "|");
    expect(rowOf("（三）门户合并")).toContain("（三）门户合并");
    expect(rowOf("账号总计")).toContain("|6|");
    expect(rowOf("专职人员数")).toContain("|9|");
    expect(rowOf("9.属于个人隐私信息")).toContain("这一版没有此项");
  });

  it("is in the dataset beside the editions before it, by columns of its own and by what its labels say", async () => {
    const { rowsOf } = await copy.load<typeof DatasetRow>("src/dataset/row.ts");
    const { readReports, writeFigures, writeReports } = await copy.load<typeof DatasetFiles>("src/dataset/parquet.ts");
    const rows = [(await example("hangzhou-2025")) as unknown as Report, report].flatMap((published) => {
      const { uscc, name: organ } = published.organ;
      const record: PublicationRecord = {
        ...{ format: 1, uscc, organ, year: published.year, version: 1, kind: "original", edition: published.edition },
        ...{ artefacts: [], submission: "", previous: null, explanations: {}, findings: [], program: "test" },
        ...{ filedBy: { issuer: "i", subject: "s" }, publishedAt: "2025-01-20T09:00:00+08:00" },
      };
      return rowsOf([record], new Map([[1, published]]), { place: "浙江省杭州市", placing: {} });
    });
    const bytes = writeReports(rows);
    expect(await readReports(bytes)).toEqual(rows);
    const read = (file: Uint8Array) => parquetReadObjects({ file: file.slice().buffer });
    const [older, own] = await read(bytes);
    expect(own).toMatchObject({ edition: MADE_UP, platforms_portal_total_visits_total: 4710n, platforms_staff: 9n });
    expect(older).toMatchObject({ edition: "2021", platforms_staff: null });
    const figures = (await read(writeFigures(rows).bytes)).filter(({ edition }) => edition === MADE_UP);
    expect(figures.find(({ cell }) => cell === "/platforms/portal/total/visits/total")).toMatchObject({
      ...{ table_label: "表五", row_label: "门户网站／（三）门户合并", column_label: "访问次数／两端总计" },
      ...{ value: 4710, computed: true },
    });
    for (const [path, value] of Object.entries(FIGURES))
      expect(figures.find(({ cell }) => cell === `/platforms/${path}`)).toMatchObject({ value, computed: false });
    expect(figures.some(({ cell }) => String(cell).includes("publications"))).toBe(false);
  });

  it("has its table pasted whole, rows with labels and rows without", async () => {
    const { formOf } = await copy.load<typeof Forms>("src/form/forms.ts");
    const { labelledTables } = await copy.load<typeof LabelIndex>("src/form/label-index.ts");
    const { composeTable } = await copy.load<typeof Tables>("src/compose/tables.ts");
    const { spread } = await copy.load<typeof Source>("src/import/source.ts");
    const { pasteGrid } = await copy.load<typeof Paste>("web/filing/paste/paste.ts");
    const form = formOf(MADE_UP)!;
    const table = labelledTables(form).find(({ section }) => section.key === "platforms")!;
    const { parts } = composeTable(form, table.section, report);
    const rows = parts.flatMap(({ head, body }) => [...head, ...body]);
    const grid = spread(
      rows.map(({ cells }) =>
        cells.map(({ text, colSpan = 1, rowSpan = 1 }) => ({ cell: { text }, colSpan, rowSpan })),
      ),
    );
    const pasted = pasteGrid(form, table, {}, grid, "/platforms/portal/main/visits/desktop");
    expect(Object.fromEntries(pasted.changes)).toEqual(
      Object.fromEntries(Object.entries(FIGURES).map(([path, value]) => [`/platforms/${path}`, value])),
    );
    expect(pasted).toMatchObject({ missing: [], unknown: [], short: [], outside: 0, differing: [] });
  });

  it("is filled in on the filing pages", async () => {
    const build =
      "const { buildPage } = await import('./scripts/web.ts'); await buildPage('filing', 'dist/web/filing');";
    await copy.run("--input-type=module", "--eval", build);
    const { servePages, openPage, beginReport } = await copy.load<typeof FilingPage>(
      "tests/support/filing-form/page.ts",
    );
    const pages = await servePages();
    const { page, faults, close } = await openPage(pages.url);
    await beginReport(page, report.organ.uscc, 2024, report.organ.name);
    const steps = page.getByRole("navigation", { name: "填报步骤" });
    await steps.getByRole("link", { name: "不足之处和下一步打算" }).waitFor();
    await steps.getByRole("link", { name: "政府信息公开平台建设情况" }).press("Enter");
    const cell = (path: string) => page.locator(`[data-pointer="/platforms/${path}"]`);
    for (const [path, value] of Object.entries(FIGURES)) {
      await cell(path).focus();
      await page.keyboard.type(String(value));
      await page.keyboard.press("Enter");
    }
    expect(await cell("portal/total/visits/total").inputValue()).toBe("4710");
    expect(await cell("portal/total/updates").inputValue()).toBe("63");
    expect(await cell("accounts/total").inputValue()).toBe("6");
    // What the edition says of a row, and of a column of a part without rows; of other rows it says nothing.
    const panel = page.locator(".help-panel");
    await cell("portal/main/visits/desktop").focus();
    await page.keyboard.press("F1");
    expect(await panel.innerText()).toContain("只计首页的访问。");
    await page.getByRole("columnheader", { name: "专职人员数" }).getByRole("button", { name: "说明" }).click();
    expect(await panel.innerText()).toContain("年末在岗的人数。");
    await cell("special/updates").focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    expect(await panel.count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
    await pages.close();
  });
});
