import { describe, expect, it } from "vitest";
import { importReport } from "../../src/import/import.ts";
import { CLERK, DRAFT, drafting, LEADER, REVIEWER, report, SUPERIOR } from "../support/drafting.ts";
import { readPieces } from "../support/pdf.ts";

const MARK = "（送审稿）";
const bytesOf = async (answer: Response): Promise<Uint8Array> => {
  expect(answer.status, answer.ok ? "" : await answer.clone().text()).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
};
const textOf = async (answer: Response): Promise<string> => {
  const { pieces } = await readPieces(await bytesOf(answer));
  return pieces.map(({ text }) => text).join("");
};

describe("a proof", () => {
  it("of what was handed over says 送审稿 under its title, has no watermark, and is for who may see it", async () => {
    const { ask, save, add, read } = drafting("superior");
    await save();
    await add("submit", CLERK);
    await save({ report: report("2025-01-20") });
    const { content } = await read();
    const path = `${DRAFT}/proof?content=${content}`;
    const proof = await ask("GET", path, undefined, LEADER);
    expect(proof.headers.get("content-type")).toBe("application/pdf");
    const text = await textOf(proof);
    expect(text).toContain(`2024年政府信息公开工作年度报告${MARK}`);
    expect(text).not.toContain("预览");
    // What was handed over, and not what was typed since.
    expect(text).toContain("2025年1月10日");
    expect((await ask("GET", path, undefined, SUPERIOR)).status).toBe(404);
    expect((await ask("GET", `${DRAFT}/proof`, undefined, SUPERIOR)).status).toBe(404);
  });

  it("of a draft prints what is there and leaves room for the rest", async () => {
    const { ask, save } = drafting();
    const { signed: _, ...unsigned } = report();
    await save({ report: unsigned });
    const text = await textOf(await ask("GET", `${DRAFT}/proof?format=pdf`, undefined, CLERK));
    expect(text).toContain(MARK);
    expect(text).toContain("＿＿年＿＿月＿＿日");
    expect(text).not.toContain("预览");
    await save({ report: {} });
    expect((await ask("GET", `${DRAFT}/proof`, undefined, CLERK)).status).toBe(422);
  });

  it("as a document to write in is read again as the report that it is", async () => {
    const { ask, save } = drafting();
    await save();
    const proof = await ask("GET", `${DRAFT}/proof?format=docx`, undefined, REVIEWER);
    expect(proof.headers.get("content-disposition")).toContain("-2024-proof.docx");
    const { report: read } = await importReport(await bytesOf(proof), { name: "proof.docx" });
    expect(read).toMatchObject(report());
  });

  it("of a correction has its 更正说明", async () => {
    const { ask, save, add, read } = drafting("none");
    expect((await ask("POST", "/reports", report(), { organs: LEADER.organs })).status).toBe(201);
    await ask("PUT", `/policies/${LEADER.organs[0]}`, { review: "organ", version: 0 }, SUPERIOR);
    await save({ report: report("2025-01-20"), reason: "落款日期有误。" }, 1);
    expect((await add("submit", CLERK)).status).toBe(201);
    const { content } = await read();
    const text = await textOf(await ask("GET", `${DRAFT}/proof?content=${content}`, undefined, REVIEWER));
    expect(text).toContain("落款日期有误。");
  });

  it("is refused in another format, and of a place without a draft", async () => {
    const { ask } = drafting();
    expect((await ask("GET", `${DRAFT}/proof?format=html`, undefined, CLERK)).status).toBe(400);
    expect((await ask("GET", `${DRAFT}/proof`, undefined, CLERK)).status).toBe(404);
  });
});
