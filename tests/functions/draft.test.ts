import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readPieces } from "../support/pdf.ts";
import { example, type MutableReport, type Service, startService } from "../support/service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

const preview = (body: unknown): Promise<Response> => service.post("/reports/preview?draft=true", body);
const read = async (response: Response) => {
  expect(response.status, response.ok ? "" : await response.clone().text()).toBe(200);
  const { pieces, pages } = await readPieces(new Uint8Array(await response.arrayBuffer()));
  return { pieces, pages, text: pieces.map((p) => p.text).join("") };
};

describe("the preview of a report in the making", () => {
  it("needs an edition and a year: the form with nothing in it, lines for the organ and the date", async () => {
    const { text, pages, pieces } = await read(await preview({ edition: "2021", year: 2025 }));
    expect(text).toContain("2025年政府信息公开工作年度报告");
    expect(text).toContain("＿＿年＿＿月＿＿日");
    expect(text).toContain("六、其他需要报告的事项");
    expect(text).not.toMatch(/undefined|null|NaN/);
    expect(new Set(pieces.filter((p) => p.text === "预览").map((p) => p.page)).size).toBe(pages);
  });

  it.each<[string, unknown, string]>([
    ["no edition", { year: 2025 }, "S-EDITION"],
    ["an edition that is none", { edition: "1999", year: 2025 }, "S-EDITION"],
    ["no year", { edition: "2021" }, "S-REQUIRED"],
    ["the year as text", { edition: "2021", year: "2025" }, "S-TYPE"],
    ["a year beyond all", { edition: "2021", year: 1e15 }, "S-RANGE"],
    ["nothing", null, "S-EDITION"],
  ])("says so with %s", async (_, body, id) => {
    const response = await preview(body);
    expect(response.status).toBe(422);
    expect((await response.json()).findings.map((f: { id: string }) => f.id)).toEqual([id]);
  });

  it("prints what is there, computes the totals, and leaves blank what is not sound", async () => {
    const report = await example("hangzhou-2025");
    report["requests"].received.naturalPerson = 4711;
    report["requests"].received.research = "x";
    delete report["requests"].received.total;
    report["disclosure"].fees.amount = { amount: "1,5", unit: "万元" };
    report["signed"] = "2026-02-30";
    report["organ"].name = "杭州市\u202e人民政府😀";
    report["other"].body = [{ type: "paragraph", text: "第一句\n第二句\u0000。" }, { type: "table" }, null, 7];
    const { text } = await read(await preview(report));
    expect(text).toContain("4711");
    expect(text).not.toContain("1,5");
    expect(text).toContain("杭州市人民政府〓");
    expect(text).toContain("第二句。");
    expect(text).toContain("＿＿月＿＿日");
  });

  it("is the strict preview's page where nothing is wrong", async () => {
    const report = await example("liaocheng-2020");
    const [draft, strict] = await Promise.all([preview(report), service.post("/reports/preview", report)]);
    expect((await read(draft)).pieces).toEqual((await read(strict)).pieces);
  });

  it("stays bounded: lists of any length, more mistakes than anybody counts", async () => {
    const report = await example("hangzhou-2025");
    report["other"].body = Array.from({ length: 300_000 }, () => 0);
    for (let i = 0; i < 3000; i += 1) report[`k${i}`] = i;
    report["disclosure"].fees.amount = "x";
    expect((await preview(report)).status).toBe(200);
    const strict = await service.post("/reports", report);
    expect(strict.status).toBe(422);
    const { findings } = await strict.json();
    expect(findings.length).toBeLessThanOrEqual(1001);
    expect(findings.at(-1).id).toBe("S-MORE");
  });

  it("stores nothing", async () => {
    for await (const { key } of service.store.list("")) expect(key).toBe("");
  });

  it("is answered with a page or with findings, whatever is taken out or put in", { timeout: 300_000 }, async () => {
    const examples = [await example("hangzhou-2025"), await example("liaocheng-2020")];
    const places = examples.map((report) => {
      const found: string[][] = [];
      const walk = (value: unknown, path: string[]): void => {
        if (path.length > 0) found.push(path);
        if (typeof value === "object" && value !== null)
          for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
      };
      walk(report, []);
      return found;
    });
    const change = fc.record({
      at: fc.nat(),
      value: fc.oneof(
        fc.constant(undefined),
        fc.jsonValue({ maxDepth: 3 }),
        fc.string({ unit: "binary" }),
        fc.constantFrom<unknown>(-1, 0.5, 2 ** 60, "", "\u202e", "\ud800", [], {}, null, true, { amount: null }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1 }), fc.array(change, { minLength: 1, maxLength: 8 }), async (which, changes) => {
        const report = structuredClone(examples[which]) as MutableReport;
        for (const { at, value } of changes) {
          const path = places[which]![at % places[which]!.length]!;
          const parent = path
            .slice(0, -1)
            .reduce<unknown>((o, key) => (o as Record<string, unknown> | undefined)?.[key], report);
          if (typeof parent !== "object" || parent === null) continue;
          if (value === undefined) delete (parent as Record<string, unknown>)[path.at(-1)!];
          else (parent as Record<string, unknown>)[path.at(-1)!] = value;
        }
        const response = await preview(report);
        expect([200, 422], await response.clone().text()).toContain(response.status);
        if (response.status === 200)
          expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 5)).toBe("%PDF-");
      }),
      { numRuns: 60 },
    );
  });
});
