import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { file } from "../../src/filing/file.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { usccCheckCharacter } from "../../src/rules/check-character.ts";
import type { Store } from "../../src/store/store.ts";
import { caseTables } from "../support/case.ts";
import { lines, type Piece, readPieces } from "../support/pdf.ts";
import { example, type Service, startService } from "../support/service.ts";

const CASES = [
  { name: "liaocheng-2020", uscc: "11371500MB28560185", year: 2020 },
  { name: "hangzhou-2025", uscc: "11330100002489015P", year: 2025 },
] as const;
const FIGURE = /^[+-]?\d+(\.\d+)?(万元)?$/;
/** Where section 三's numbers begin: the left margin and the label columns, pt. */
const LEFT = 79.37;
const NUMBERS = LEFT + 208;

let service: Service;
beforeAll(async () => {
  service = await startService();
});

describe.each(CASES)("$name is filed as published", ({ name, uscc, year }) => {
  let receipt: {
    artefacts: { name: string; url: string; sha256: string; size: number }[];
    version: number;
    publishedAt: string;
  };
  let pdf: Uint8Array;
  let pieces: Piece[];

  beforeAll(async () => {
    const response = await service.post("/reports", await example(name));
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe(`/reports/${uscc}/${year}`);
    receipt = await response.json();
    const download = await service.site.request(`/${uscc}/${year}/report.pdf`);
    expect(download.status).toBe(200);
    expect(download.headers.get("content-type")).toBe("application/pdf");
    pdf = new Uint8Array(await download.arrayBuffer());
    ({ pieces } = await readPieces(pdf));
  });

  /** The lines between the heading of one section and that of the next. */
  const section = (from: string, to: string): Piece[][] => {
    const all = lines(pieces);
    const at = (heading: string) =>
      all.findIndex((line) =>
        line
          .map((p) => p.text)
          .join("")
          .startsWith(heading),
      );
    return all.slice(at(from) + 1, at(to));
  };

  it("names every file in the receipt with the hash of what is downloaded", async () => {
    expect(receipt.version).toBe(1);
    expect(receipt.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    for (const artefact of receipt.artefacts) {
      const response = await service.site.request(new URL(artefact.url).pathname);
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(artefact.sha256);
      expect(bytes.length).toBe(artefact.size);
      expect(response.headers.get("cache-control")).toContain("immutable");
    }
  });

  it("prints section 二 row by row", async () => {
    const [table] = await caseTables(name);
    const expected = table!
      .map((row) => row.map((c) => c.text))
      .filter((row) => row.length > 1 && row[0] !== "信息内容");
    const printed = section("二、主动公开", "三、收到").filter((line) => line.some((p) => FIGURE.test(p.text)));
    expect(printed.map((line) => line.filter((p) => FIGURE.test(p.text)).map((p) => p.text))).toEqual(
      expected.map((row) => row.slice(1)),
    );
    for (const [i, line] of printed.entries()) {
      const label = line
        .filter((p) => !FIGURE.test(p.text))
        .map((p) => p.text)
        .join("");
      // A label of two lines stands above and below its row's baseline.
      if (label !== "") expect(label).toBe(expected[i]![0]);
    }
  });

  it("prints section 三 with every number in its row and under its column", async () => {
    const [, table] = await caseTables(name);
    const expected = table!.slice(3).map((row) => ({ label: row.at(-8)!, figures: row.slice(-7).map((c) => c.text) }));
    const all = section("三、收到", "四、政府").flat();
    const rows = lines(all.filter((p) => p.x > NUMBERS && FIGURE.test(p.text)));
    expect(rows.map((row) => row.map((p) => p.text))).toEqual(expected.map((row) => row.figures));
    const heads = ["自然人", "总计"].map((head) => all.find((p) => p.text === head)!);
    const centre = (p: Piece) => p.x + p.width / 2;
    // Figures end at one edge; the widest of a column stands in its middle.
    const right = (p: Piece) => p.x + p.width;
    const widest = (column: number) => rows.map((row) => row[column]!).reduce((a, b) => (b.width > a.width ? b : a));
    for (const row of rows)
      for (let column = 0; column < 7; column += 1)
        expect(Math.abs(right(row[column]!) - right(widest(column)))).toBeLessThan(0.5);
    for (const [column, head] of [
      [0, heads[0]!],
      [6, heads[1]!],
    ] as const)
      expect(Math.abs(centre(widest(column)) - centre(head))).toBeLessThan(1);
    // The label of a row is what stands nearest to it in the label columns.
    const starts = { 1: LEFT + 83, 2: LEFT + 33, 3: LEFT } as Record<number, number>;
    for (const [i, { label }] of expected.entries()) {
      const nearest = all
        .filter((p) => p.x < NUMBERS && p.x >= starts[label.colSpan]!)
        .filter((p) => {
          const distances = rows.map((row) => Math.abs(row[0]!.y - p.y) + (row[0]!.page === p.page ? 0 : 1e6));
          return distances.indexOf(Math.min(...distances)) === i;
        });
      expect(nearest.map((p) => p.text).join("")).toContain(label.text.slice(0, 6));
    }
  });

  it("prints section 四, the cell that the web page left out being 0", async () => {
    const [, , table] = await caseTables(name);
    const expected = table!.at(-1)!.map((c) => c.text);
    if (name === "liaocheng-2020") expect(expected.push("0")).toBe(15);
    const row = section("四、政府", "五、存在").find(
      (line) => line.length >= 10 && line.every((p) => FIGURE.test(p.text)),
    );
    expect(row?.map((p) => p.text)).toEqual(expected);
  });

  it("keeps every text inside the type area and numbers the pages by side", () => {
    const numbers = pieces.filter((p) => /^— \d+ —$/.test(p.text));
    expect(numbers.length).toBe(Math.max(...pieces.map((p) => p.page)));
    for (const p of pieces) {
      expect(p.x).toBeGreaterThanOrEqual(LEFT - 0.1);
      expect(p.x + p.width).toBeLessThanOrEqual(LEFT + 443);
    }
    for (const p of numbers) {
      const right = p.x + p.width;
      if (p.page % 2 === 1) expect(right).toBeCloseTo(LEFT + 442.2 - 14, 0);
      else expect(p.x).toBeCloseTo(LEFT + 14, 0);
    }
  });

  it("says who wrote it, in Chinese, with the signing date as its only date", async () => {
    const { info } = await readPieces(pdf);
    const { organ, signed } = await example(name);
    expect(info).toMatchObject({
      Author: organ.name,
      Language: "zh-CN",
      Title: `${organ.name}${year}年政府信息公开工作年度报告`,
    });
    expect(String(info["CreationDate"])).toContain(
      new Date(`${signed}T00:00:00+08:00`).toISOString().slice(0, 10).replaceAll("-", ""),
    );
  });

  it("answers the same body with the same receipt and writes nothing", async () => {
    const before: string[] = [];
    for await (const { key, etag, modified } of service.store.list("")) before.push(`${key} ${etag} ${modified}`);
    const again = await service.post("/reports", await example(name));
    expect(again.status).toBe(200);
    // To the byte: a filer may keep either.
    expect(await again.text()).toBe(JSON.stringify(receipt));
    const after: string[] = [];
    for await (const { key, etag, modified } of service.store.list("")) after.push(`${key} ${etag} ${modified}`);
    expect(after).toEqual(before);
  });

  it("takes a body with the totals left out for the same report", async () => {
    const report = await example(name);
    delete report["requests"].results.total;
    delete report["remedies"].review.total;
    const again = await service.post("/reports", report);
    expect(again.status).toBe(200);
    expect((await again.json()).submission).toBe((receipt as unknown as { submission: string }).submission);
  });

  it("refuses another body for the year and says how to correct", async () => {
    const report = await example(name);
    report["other"].body.push({ type: "paragraph", text: "补充说明一句。" });
    const response = await service.post("/reports", report);
    expect(response.status).toBe(409);
    const problem = await response.json();
    expect(problem.detail).toContain("更正");
    expect(problem.receipt.version).toBe(1);
  });

  it("is found by organ and year, and on the list of what is published", async () => {
    const found = await service.app.request(`/reports/${uscc}/${year}`);
    expect(found.status).toBe(200);
    expect(await (await service.site.request("/")).text()).toContain(`/${uscc}/${year}/report.pdf`);
  });
});

describe("preview and dry run", () => {
  it("marks every page of a preview and stores nothing", async () => {
    const report = await example("hangzhou-2025");
    report["year"] = 2024;
    report["signed"] = "2025-01-20";
    const response = await service.post("/reports/preview", report);
    expect(response.status).toBe(200);
    const { pages, pieces } = await readPieces(new Uint8Array(await response.arrayBuffer()));
    expect(new Set(pieces.filter((p) => p.text === "预览").map((p) => p.page)).size).toBe(pages);
    expect((await service.app.request("/reports/11330100002489015P/2024")).status).toBe(404);
  });

  it("says in a dry run what was computed and that last year was not there to compare with", async () => {
    const report = await example("liaocheng-2020");
    delete report["requests"].received.total;
    const response = await service.post("/reports?dryRun=true", report);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      valid: true,
      computed: { "/requests/received/total": 9 },
      comparedWithLastYear: false,
    });
  });
});

describe("two submitters at once", () => {
  it("lets one win; the others get its receipt", async () => {
    const reports = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const report = await example("liaocheng-2020");
        report["year"] = 2019;
        // Its preamble states the period of the example's own year.
        report["explanations"] = { "N-YEAR": "统计期限照录示例。" };
        report["signed"] = `2020-01-${String(i + 10)}`;
        return report;
      }),
    );
    const responses = await Promise.all(reports.map((report) => service.post("/reports", report)));
    expect(responses.map((r) => r.status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    const winner = await responses.find((r) => r.status === 201)!.json();
    for (const response of responses.filter((r) => r.status === 409))
      expect((await response.json()).receipt.submission).toBe(winner.submission);
  });
});

describe("a crash between the record and its public files", () => {
  it("loses nothing: submitting again gives the receipt and puts the files in place", async () => {
    const report = await example("liaocheng-2020");
    report["year"] = 2019;
    // Its preamble states the period of the example's own year.
    report["explanations"] = { "N-YEAR": "统计期限照录示例。" };
    report["organ"].uscc = `11370100MB2856018${usccCheckCharacter("11370100MB2856018")}`;
    report["signed"] = "2020-01-20";
    const { uscc } = report["organ"];
    const crashing: Store = {
      get: (key) => service.store.get(key),
      create: (key, body, headers) =>
        key.startsWith("published/") ? Promise.reject(new Error("crash")) : service.store.create(key, body, headers),
      replace: (key, body, headers, etag) => service.store.replace(key, body, headers, etag),
      delete: (key) => service.store.delete(key),
      list: (prefix) => service.store.list(prefix),
      put: (key, body, headers) => service.store.put(key, body, headers),
    };
    const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
    const context = { fonts, now: () => new Date(), program: "test" };
    await expect(
      file(
        { kind: "original" },
        report,
        { filedBy: { issuer: "test", subject: "clerk" } },
        { ...context, store: crashing },
      ),
    ).rejects.toThrow("crash");
    expect((await service.site.request(`/${uscc}/2019/report.pdf`)).status).toBe(404);

    const again = await service.post("/reports", report);
    expect(again.status).toBe(200);
    expect((await again.json()).version).toBe(1);
    expect((await service.site.request(`/${uscc}/2019/report.pdf`)).status).toBe(200);
    expect((await service.site.request(`/${uscc}/2019/v1/report.json`)).status).toBe(200);
  });
});
