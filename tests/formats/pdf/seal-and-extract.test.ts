import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { composedReport } from "../../../src/formats/content.ts";
import { extractSource } from "../../../src/formats/pdf/extract.ts";
import { PITCH } from "../../../src/typeset/grid.ts";
import { sealFrom } from "../../../src/typeset/seal.ts";
import { typeset as typesetBlocks } from "../../../src/typeset/typeset.ts";
import { lines, readPieces } from "../../support/pdf.ts";
import { png } from "../../support/seal.ts";
import { example, type Service, startService } from "../../support/service.ts";
import { reportFile, typeset } from "../../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
const run = promisify(execFile);
const cli = fileURLToPath(new URL("../../../dist/cli/nianbao.mjs", import.meta.url));
const CELL = 442.2 / 28;

describe("the signature (GB/T 9704—2012, 7.3.5)", () => {
  const places = async (organ: string, sealed: boolean) => {
    const report = await example("liaocheng-2020");
    report["organ"].name = organ;
    const pdf = await typeset(report as unknown as Report, fonts, sealed ? { seal: sealFrom(png(200)) } : {});
    const { pieces, pages } = await readPieces(pdf);
    const last = pieces.filter((p) => p.page === pages && p.size === 16);
    const date = last.filter((p) => Math.abs(p.y - last.at(-1)!.y) < 1);
    const name = last.filter((p) => p.y < date[0]!.y - 1 && p.y > date[0]!.y - 35);
    const right = 79.37 + 442.2;
    return {
      organLeft: name[0]!.x,
      organRight: right - (name.at(-1)!.x + name.at(-1)!.width),
      dateLeft: date[0]!.x,
      dateRight: right - (date.at(-1)!.x + date.at(-1)!.width),
      text: last.length,
    };
  };

  it("without a seal: organ two characters in, date two characters right of the organ's first", async () => {
    const at = await places("聊城市市场监督管理局", false);
    expect(at.organRight).toBeCloseTo(2 * CELL, 0);
    expect(at.dateLeft - at.organLeft).toBeCloseTo(2 * CELL, 0);
    expect(at.text).toBeGreaterThan(2);
  });

  it("without a seal, the date being the longer: date two characters in, organ two characters left of it", async () => {
    const at = await places("水利局", false);
    expect(at.dateRight).toBeCloseTo(2 * CELL, 0);
    expect(at.dateLeft - at.organLeft).toBeCloseTo(2 * CELL, 0);
  });

  it("with a seal: date four characters in, organ centred over it", async () => {
    const at = await places("聊城市市场监督管理局", true);
    expect(at.dateRight).toBeCloseTo(4 * CELL, 0);
    expect(at.organLeft - at.dateLeft).toBeCloseTo(at.organRight - at.dateRight, 0);
  });

  const LONG =
    "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县察布查尔镇人民政府综合行政执法大队和应急管理服务中心办公室";
  const JOINT =
    "浙江省杭州市余杭区未来科技城管理委员会、浙江省杭州市余杭区良渚新城管理委员会、浙江省杭州市余杭区瓶窑镇人民政府";
  it.each([
    [
      LONG,
      false,
      [
        "新疆维吾尔自治区伊犁哈萨克自治州",
        "察布查尔锡伯自治县察布查尔镇人民政府",
        "综合行政执法大队和应急管理服务中心办公室",
      ],
    ],
    [
      LONG,
      true,
      [
        "新疆维吾尔自治区伊犁哈萨克自治州",
        "察布查尔锡伯自治县察布查尔镇人民政府",
        "综合行政执法大队和应急管理服务中心办公室",
      ],
    ],
    [
      JOINT,
      false,
      [
        "浙江省杭州市余杭区未来科技城管理委员会、",
        "浙江省杭州市余杭区良渚新城管理委员会、",
        "浙江省杭州市余杭区瓶窑镇人民政府",
      ],
    ],
  ] as const)(
    "of a long name is broken by meaning, with two characters of room at the right: %s, sealed %s",
    async (organ, sealed, names) => {
      const report = await example("liaocheng-2020");
      report["organ"].name = organ;
      const pdf = await typeset(report as unknown as Report, fonts, sealed ? { seal: sealFrom(png(200)) } : {});
      const { pieces, pages } = await readPieces(pdf);
      const rows = lines(pieces.filter((p) => p.page === pages && p.size === 16)).slice(-names.length - 1);
      expect(
        rows.map((row) =>
          row
            .map(({ text }) => text)
            .join("")
            .replace(/\s/gu, ""),
        ),
      ).toEqual([...names, "2021年1月26日"]);
      const right = 79.37 + 442.2;
      const middle = (row: (typeof rows)[number]): number => (row[0]!.x + row.at(-1)!.x + row.at(-1)!.width) / 2;
      const ends = rows.slice(0, -1).map((row) => row.at(-1)!.x + row.at(-1)!.width);
      expect(right - Math.max(...ends)).toBeCloseTo(2 * CELL, 0);
      for (const row of rows.slice(1, -1)) expect(middle(row)).toBeCloseTo(middle(rows[0]!), 0);
      const date = rows.at(-1)!;
      if (sealed) expect(middle(date)).toBeCloseTo(middle(rows[0]!), 0);
      else expect(date[0]!.x - Math.min(...rows.slice(0, -1).map((row) => row[0]!.x))).toBeCloseTo(2 * CELL, 0);
    },
  );

  it.each([
    ["one line", "聊城市市场监督管理局"],
    ["two lines", "中共聊城市委网络安全和信息化委员会办公室（聊城市互联网信息办公室）"],
    ["three lines", LONG],
    ["three organs", JOINT],
  ])(
    "with a seal, of %s: the seal lies over organ and date, its top within a line of the text above",
    async (_, name) => {
      const report = await example("liaocheng-2020");
      report["organ"].name = name;
      const { blocks } = composedReport({ of: "report", report: report as unknown as Report });
      const page = typesetBlocks(blocks, fonts.faces, { seal: sealFrom(png(200)) }).pages.at(-1)!;
      const seal = page.images[0]!;
      const baselines = [...new Set(page.runs.filter(({ size }) => size === 16).map(({ y }) => y))].sort(
        (a, b) => a - b,
      );
      const date = baselines.at(-1)!;
      expect(seal.y + seal.height).toBeGreaterThanOrEqual(date - 16 / 2);
      const above = baselines.filter((y) => y < seal.y).at(-1)!;
      // A line's foot is about an eighth of its height below its baseline.
      expect(seal.y - above).toBeLessThan(PITCH * 1.3);
      // The name\'s last line and the date.
      expect(baselines.filter((y) => y > seal.y && y <= seal.y + seal.height + 16 / 2).length).toBeGreaterThan(1);
    },
  );

  it("is never alone on a page", async () => {
    for (let lines = 0; lines < 22; lines += 1) {
      const report = await example("liaocheng-2020");
      for (let i = 0; i < lines; i += 1) report["other"].body.push({ type: "paragraph", text: "补一行。" });
      const { pieces, pages } = await readPieces(await typeset(report as unknown as Report, fonts));
      const last = pieces
        .filter((p) => p.page === pages && p.size === 16)
        .map((p) => p.text)
        .join("");
      expect(last.startsWith("聊城市市场监督管理局")).toBe(false);
    }
  });
});

describe("a seal", () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  const put = (body: Buffer, type = "image/png"): Promise<Response> =>
    service.put("/organs/11371500MB28560185/seal", body, { "content-type": type });

  it("is checked", async () => {
    const damaged = png(200);
    damaged[damaged.length - 40]! ^= 1;
    for (const [body, detail] of [
      [Buffer.from("GIF89a"), "不是PNG"],
      [png(200, false), "透明通道"],
      [png(60), "像素"],
      [damaged, "损坏"],
      [png(200).subarray(0, 300), "不完整"],
    ] as const) {
      const answer = await put(body);
      expect(answer.status).toBe(422);
      expect(((await answer.json()) as { detail: string }).detail).toContain(detail);
    }
    expect((await put(png(200), "image/jpeg")).status).toBe(415);
    expect((await put(Buffer.alloc(1_100_000))).status).toBe(413);
  });

  it("that the organ left stands on the report that it publishes", async () => {
    expect((await put(png(300))).status).toBe(200);
    expect((await service.post("/reports", await example("liaocheng-2020"))).status).toBe(201);
    const pdf = await (await service.site.request("/11371500MB28560185/2020/report.pdf")).arrayBuffer();
    const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
    const document = await task.promise;
    const operators = await (await document.getPage(document.numPages)).getOperatorList();
    // OPS.paintImageXObject
    expect(operators.fnArray.filter((operator) => operator === 85)).toHaveLength(1);
    await task.destroy();
  });
});

describe("extract", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "nianbao-extract-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("gives the submitted report back, byte for byte as it is published", async () => {
    for (const name of ["liaocheng-2020", "hangzhou-2025"] as const) {
      const report = (await example(name)) as unknown as Report;
      const file = join(directory, `${name}.pdf`);
      await writeFile(file, await typeset(report, fonts));
      const { stdout } = await run(process.execPath, [cli, "extract", file]);
      expect(JSON.parse(stdout)).toEqual(report);
      expect(stdout).toBe(new TextDecoder().decode(reportFile(report)));
    }
  });

  it("refuses a file whose figures were altered on the page", async () => {
    const report = (await example("liaocheng-2020")) as unknown as Report;
    const altered = structuredClone(report) as unknown as { requests: { received: { naturalPerson: number } } };
    altered.requests.received.naturalPerson = 8;
    const [a, b] = [await typeset(report, fonts), await typeset(altered as unknown as Report, fonts)];
    // The page of the one under the metadata of the other: the XMP packet lies in the file as plain text.
    const xmp = (pdf: Uint8Array): [number, number] => {
      const text = Buffer.from(pdf).toString("latin1");
      return [text.indexOf("<nianbao:sourceSha256>"), text.indexOf("</nianbao:pagesSha256>")];
    };
    const forged = Buffer.from(b);
    forged.set(a.subarray(...xmp(a)), xmp(b)[0]);
    const file = join(directory, "forged.pdf");
    await writeFile(file, forged);
    const failed = await run(process.execPath, [cli, "extract", file]).catch(
      (error: { code: number; stderr: string; stdout: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toContain("改动");
  });

  it("refuses a page that was changed under attached data that were not", async () => {
    const report = (await example("liaocheng-2020")) as unknown as Report;
    const pdf = Buffer.from(await typeset(report, fonts));
    const packet = pdf.toString("latin1");
    const at = packet.indexOf("<nianbao:pagesSha256>") + "<nianbao:pagesSha256>".length;
    pdf.write("0".repeat(64), at, "latin1");
    await expect(extractSource(pdf)).rejects.toThrow("页面文字已被改动");
  });

  it("refuses what is none of ours", async () => {
    await expect(extractSource(Buffer.from("%PDF-1.7 nothing"))).rejects.toThrow("不是可读的PDF");
    const file = join(directory, "text.pdf");
    await writeFile(file, "not a PDF");
    const failed = await run(process.execPath, [cli, "extract", file]).catch((error: { code: number }) => error);
    expect(failed).toMatchObject({ code: 1 });
  });
});

it("the same report gives the same bytes", async () => {
  const report = (await example("hangzhou-2025")) as unknown as Report;
  const again = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
  expect(Buffer.compare(await typeset(report, fonts), await typeset(report, again))).toBe(0);
  expect(await readFile(new URL("../../../dist/fonts/fangsong.OFL.txt", import.meta.url), "utf8")).toContain("OFL");
});
