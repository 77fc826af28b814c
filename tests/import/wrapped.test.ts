/** Figures on two lines of a cell that had no room for them on one. */
import { describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import { assemble } from "../../src/import/assemble.ts";
import { labelsOfForms } from "../../src/import/labels.ts";
import type { SourceCell } from "../../src/import/source.ts";

const cell = (text: string): SourceCell => ({ text });
const wrapped = (text: string): SourceCell => ({ text, wrapped: true });
const table = (...rows: SourceCell[][]) => ({ kind: "table" as const, grid: rows });
const read = (...items: ReturnType<typeof table>[]) => assemble({ format: "pdf", items }, {}, labelsOfForms());
const APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
const received = (natural: SourceCell, total: string) =>
  table(
    [cell("申请人情况"), ...APPLICANTS.map(cell)],
    [cell("一、本年新收政府信息公开申请数量"), natural, ...["0", "0", "0", "0", "0", total].map(cell)],
  );
const POINTER = "/requests/received/naturalPerson";

describe("a figure on two lines", () => {
  it("is one where the row's total says so", () => {
    const { report, account } = read(received(wrapped("13612"), "13612"));
    expect(getCell(report, POINTER)).toBe(13612);
    expect(account.findings.map(({ id }) => id)).not.toContain("I-WRAPPED");
  });

  it("stays out, as two lines, where the total says otherwise", () => {
    const { report, account } = read(received(wrapped("136121"), "13612"));
    expect(getCell(report, POINTER)).toBeUndefined();
    const unread = account.findings.find(({ id, cells }) => id === "I-UNREAD" && cells[0]?.pointer === POINTER);
    expect(unread?.message).toContain("行");
  });

  it("is taken for one and said to be checked where no sum tells", () => {
    const { report, account } = read(
      table([cell("信息内容"), cell("本年处理决定数量")], [cell("行政处罚"), wrapped("6937489")]),
    );
    expect(getCell(report, "/disclosure/penalties/decisions")).toBe(6937489);
    const warning = account.findings.find(({ id }) => id === "I-WRAPPED");
    expect([warning?.level, warning?.cells.map(({ pointer }) => pointer)]).toEqual([
      "warning",
      ["/disclosure/penalties/decisions"],
    ]);
  });
});
