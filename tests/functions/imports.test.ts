import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { strToU8, zipSync } from "fflate";
import type { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../local/compose.ts";
import { validate } from "../../src/check/validate.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { getCell } from "../../src/form/cells.ts";
import type { Account } from "../../src/import/account.ts";
import { toGbk } from "../support/gbk.ts";
import { ofdFile } from "../support/ofd/made.ts";
import { example, type LambdaAnswer, type MutableReport, type Service, startService } from "../support/service.ts";
import { docxOf, ofdOf, renderFiles } from "../support/written.ts";

interface Answer {
  readonly report: MutableReport;
  readonly account: Account;
  readonly findings: readonly { readonly id: string; readonly level: string }[];
  readonly comparedWithLastYear: boolean;
  readonly note: string;
}

const LIAOCHENG = new URL("../fixtures/cases/liaocheng-2020.tables.html", import.meta.url);
const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  bytes: "application/octet-stream",
};

let service: Service;
let app: Hono;
let handler: Service["handler"];
let page: Buffer;
beforeAll(async () => {
  service = await startService();
  ({ app, handler } = await bundle<Pick<Service, "app" | "handler">>("imports"));
  page = await readFile(LIAOCHENG);
});

const post = (body: BodyInit, type: string, query = "", headers: Record<string, string> = {}) =>
  app.request(`/imports${query}`, {
    method: "POST",
    body,
    headers: { "content-type": type, authorization: service.authorization, ...headers },
  });
const bytes = (buffer: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

describe("POST /imports", () => {
  it("makes the report of a published page, and names the one cell that its section 四 lacks", async () => {
    const answer = await post(bytes(page), "text/html; charset=utf-8", "?uscc=11371500MB28560185");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { report, account, comparedWithLastYear, note } = (await answer.json()) as Answer;
    const figures = await example("liaocheng-2020");
    const lost = account.cells.filter((cell) => cell.how === "missing");
    for (const { pointer } of account.cells)
      if (!lost.some((cell) => cell.pointer === pointer))
        expect([pointer, getCell(report, pointer)]).toEqual([pointer, getCell(figures, pointer)]);
    const missing = account.findings.filter(({ id }) => id === "I-MISSING");
    expect(missing).toHaveLength(1);
    expect(missing[0]!.cells.length).toBeGreaterThan(0);
    for (const { pointer } of missing[0]!.cells) expect(pointer).toMatch(/^\/remedies\//);
    expect(report["organ"].uscc).toBe("11371500MB28560185");
    expect(report["year"]).toBe(2020);
    expect(account.edition).toBe("2019");
    expect(comparedWithLastYear).toBe(false);
    expect(note).toContain("没有保存任何内容");
  });

  it("keeps nothing", async () => {
    await post(bytes(page), "text/html");
    for await (const { key } of service.store.list("")) expect(key).toBeUndefined();
  });

  it("takes what whoever asks knows in the place of what the file says", async () => {
    const query = new URLSearchParams({ organ: "聊城市某局", year: "2019", signed: "2020-01-20", name: "年报.html" });
    const { report } = (await (await post(bytes(page), TYPES.bytes, `?${query}`)).json()) as Answer;
    expect(report).toMatchObject({ organ: { name: "聊城市某局" }, year: 2019, signed: "2020-01-20" });
  });

  it("says what the checks say of the report, and what it cannot compare", async () => {
    const sound = Buffer.from(JSON.stringify(await example("hangzhou-2025")));
    const { findings, report } = (await (await post(bytes(sound), "application/json")).json()) as Answer;
    expect(report).toEqual(await example("hangzhou-2025"));
    expect(findings.filter(({ id }) => id.startsWith("S-"))).toEqual([]);
    const broken = await example("hangzhou-2025");
    broken["requests"].received.naturalPerson += 3;
    const answer = await post(JSON.stringify(broken), "application/json");
    expect(((await answer.json()) as Answer).findings.map(({ id }) => id)).toContain("T3-BALANCE");
  });

  it("is answered as the OpenAPI description says", async () => {
    const description = (await (await service.app.request("/openapi.json")).json()) as object;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema(description, "openapi");
    const check = ajv.getSchema("openapi#/components/schemas/Imported")!;
    for (const [body, type] of [
      [page.toString(), "text/html"],
      [JSON.stringify(await example("hangzhou-2025")), "application/json"],
    ] as const)
      expect(check(await (await post(body, type)).json()), JSON.stringify(check.errors)).toBe(true);
  });
});

describe("the folder that is deployed, with nothing beside it", () => {
  it("reads every kind of file, and gives a report back exactly from what this system made of it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nianbao-imports-"));
    await cp(new URL("../../dist/lambda/imports", import.meta.url), folder, { recursive: true });
    const { app: alone } = (await import(pathToFileURL(join(folder, "index.mjs")).href)) as { app: Hono };
    const report = validate(await example("hangzhou-2025")).report!;
    const faces = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
    const files = await renderFiles(report, faces);
    for (const [format, type, file] of [
      ["pdf", "application/pdf", files["report.pdf"]],
      ["html", "text/html", files["report.html"]],
      ["csv", "text/csv", files["report.csv"]],
      ["json", "application/json", files["report.json"]],
      ["docx", TYPES.docx, await docxOf(report)],
      ["ofd", "application/ofd", await ofdOf(report, faces)],
    ] as const) {
      const answer = await alone.request(`/imports?uscc=${report.organ.uscc}`, {
        method: "POST",
        body: bytes(file),
        headers: { "content-type": type, authorization: service.authorization },
      });
      expect([format, answer.status]).toEqual([format, 200]);
      const made = (await answer.json()) as Answer;
      expect([format, made.account.format, made.report]).toEqual([format, format, report]);
    }
    await rm(folder, { recursive: true });
  });
});

describe("who may ask, and how", () => {
  it("whoever has a token, whatever it allows", async () => {
    const none = await service.issuer.token({});
    expect((await post(bytes(page), "text/html", "", { authorization: `Bearer ${none}` })).status).toBe(200);
  });

  it("nobody without one: told so before the file is read", async () => {
    for (const authorization of ["", "Bearer forged"]) {
      const answer = await post(bytes(page), "image/png", "", { authorization });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
  });

  it("with POST alone", async () => {
    const options = await app.request("/imports", { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    expect((await app.request("/imports")).status).toBe(405);
    expect((await service.app.request("/imports")).status).toBe(405);
  });

  it.each([
    ["uscc=123", "uscc 应为18位统一社会信用代码"],
    ["year=20", "year 应为四位年度"],
    ["signed=2026", "signed 应为日期"],
    [`organ=${"长".repeat(101)}`, "organ 应为机关全称"],
    [`name=${"a".repeat(256)}`, "name 应为文件名"],
  ])("with parameters that will do: %s", async (query, detail) => {
    const answer = await post(bytes(page), "text/html", `?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(detail) });
  });
});

describe("what is no report of any kind is refused in words, and never fails", () => {
  it.each([["image/png"], ["application/x-www-form-urlencoded"], ["multipart/form-data"], ["text/htmlx"], [""]])(
    "415 for %s, with what is taken",
    async (type) => {
      const answer = await post(bytes(page), type);
      expect(answer.status).toBe(415);
      expect(answer.headers.get("accept-post")).toContain(TYPES.docx);
    },
  );

  it("415 for a compressed body", async () => {
    expect((await post(bytes(page), "text/html", "", { "content-encoding": "gzip" })).status).toBe(415);
  });

  it("413 for more than 4 MiB, whatever its length says", async () => {
    const most = new Uint8Array(4 * 1024 * 1024 + 1).fill(32);
    expect((await post(most, TYPES.bytes)).status).toBe(413);
    const hidden = await app.request("/imports", {
      method: "POST",
      headers: { "content-type": TYPES.bytes, authorization: service.authorization },
      body: new Blob([most]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(hidden.status).toBe(413);
    expect(await hidden.json()).toMatchObject({ detail: "正文不能超过4194304字节（4 MiB）" });
  });

  it("400 for a file that lost its characters on the way through a gateway", async () => {
    const answer = await post("<table><tr><td>\ufffd\ufffd\ufffd</td></tr></table>", "text/html");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("application/octet-stream") });
  });

  it("text that is no report is one without a single figure, and every part of it is told as lost", async () => {
    for (const text of ["[1,2,3]", "会议通知：明天上午九点开会。", '{"edition":"2021"}']) {
      const answer = await post(text, TYPES.bytes);
      expect(answer.status).toBe(200);
      const { account, findings } = (await answer.json()) as Answer;
      expect(account.cells.every(({ value }) => value === undefined)).toBe(true);
      expect([...account.findings, ...findings].some(({ level }) => level === "error")).toBe(true);
    }
  });

  const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) & 0xff);
  const zip = Buffer.from("504b0304140000000800", "hex");
  it.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["noise", noise],
    ["an image", Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), noise])],
    ["the beginning of a ZIP", Buffer.concat([zip, noise])],
    ["the beginning of a PDF", Buffer.concat([Buffer.from("%PDF-1.7\n"), noise])],
    ["an old Word file", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), noise])],
    ["broken JSON", Buffer.from('{"edition":')],
  ])("400 for %s", async (_, file) => {
    for (const type of Object.values(TYPES)) {
      const answer = await post(bytes(file), type);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      const problem = (await answer.json()) as { detail: string; detailEn: string };
      expect(problem.detail).toMatch(/\p{Script=Han}/u);
      expect(problem.detailEn).toMatch(/[A-Za-z]/);
    }
  });

  const office = (document: Uint8Array): Uint8Array =>
    zipSync({
      "[Content_Types].xml": strToU8(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      "_rels/.rels": strToU8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      "word/document.xml": document,
    });
  const word = (text: string): string =>
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
  const laughs = `<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">${"bcdefghij"
    .split("")
    .map((name, i) => `<!ENTITY ${name} "${`&${"abcdefghi"[i]};`.repeat(10)}">`)
    .join("")}]>${word("&j;")}`;
  const pagesOfOfd = (page: Uint8Array): Uint8Array =>
    ofdFile({ pages: [""], parts: { "Doc_0/Pages/Page_0/Content.xml": page } });
  const stream = deflateSync(Buffer.alloc(400 << 20));
  const pdf = Buffer.concat([
    Buffer.from(
      `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length ${stream.length}>>stream\n`,
    ),
    stream,
    Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
  ]);
  it.each<[string, string, () => Uint8Array]>([
    ["a DOCX that unpacks to 300 MB", TYPES.docx, () => office(new Uint8Array(300 << 20))],
    ["a DOCX with ten thousand million laughs", TYPES.docx, () => office(strToU8(laughs))],
    ["an OFD whose page unpacks to 300 MB", "application/ofd", () => pagesOfOfd(new Uint8Array(300 << 20))],
    ["an OFD with ten thousand million laughs", "application/ofd", () => pagesOfOfd(strToU8(laughs))],
    ["an XLSX that is none", TYPES.xlsx, () => zipSync({ "xl/workbook.xml": strToU8("<workbook/>") })],
    ["a PDF that unpacks to 400 MB", "application/pdf", () => pdf],
  ])("%s is refused, and the next file is read", async (_, type, file) => {
    const answer = await post(bytes(file()), type);
    expect([400, 422]).toContain(answer.status);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/\p{Script=Han}/u);
    expect((await post(bytes(page), "text/html")).status).toBe(200);
  });

  it.each([
    ["a page nested a hundred thousand times", "<div>".repeat(100_000)],
    ["tables in tables", "<table><tr><td>".repeat(20_000)],
    [
      "a cell that spans everything",
      `<table>${'<tr><td rowspan="65534" colspan="1000">1</td></tr>'.repeat(2000)}</table>`,
    ],
    ["a million cells", `<table><tr>${"<td>1".repeat(800_000)}</tr></table>`],
    ["a script", "<script>while(true){}</script><p>一、总体情况</p>"],
  ])("%s: an answer below 500", async (_, html) => {
    expect((await post(html, "text/html")).status).toBeLessThan(500);
  });
});

describe("on Lambda", () => {
  const event = (body: Buffer, type: string) => ({
    version: "2.0",
    routeKey: "POST /imports",
    rawPath: "/imports",
    rawQueryString: "uscc=11371500MB28560185",
    headers: { "content-type": type, authorization: service.authorization, "content-length": String(body.length) },
    requestContext: {
      domainName: "example.execute-api.ap-southeast-1.amazonaws.com",
      http: { method: "POST", path: "/imports", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "id",
    },
    body: body.toString("base64"),
    isBase64Encoded: true,
  });
  const context = { awsRequestId: "8f5b1c5e-2f0a-4a53-9a55-0f6a3c1f7a10", functionName: "imports" };

  it("takes a page in GBK as bytes, and answers under Lambda's own id", async () => {
    const gbk = toGbk(page.toString().replace('"utf-8"', '"gb2312"'));
    const answer: LambdaAnswer = await handler(event(gbk, TYPES.bytes), context);
    expect(answer.statusCode).toBe(200);
    const { report, account } = JSON.parse(answer.body) as Answer;
    expect(account.encoding).toMatch(/gb/);
    expect(report["organ"].name).toBe("聊城市市场监督管理局");
    expect(answer.headers["x-request-id"]).toBe(context.awsRequestId);
  });

  it("takes 4 MiB and not a byte more, in an event that Lambda still takes", async () => {
    const padded = Buffer.alloc(4 * 1024 * 1024, " ");
    page.copy(padded);
    const full = event(padded, TYPES.bytes);
    expect(Buffer.byteLength(JSON.stringify(full))).toBeLessThan(6 * 1024 * 1024);
    const answer: LambdaAnswer = await handler(full, context);
    expect(answer.statusCode).toBe(200);
    expect((JSON.parse(answer.body) as Answer).report["organ"].name).toBe("聊城市市场监督管理局");
    const over: LambdaAnswer = await handler(event(Buffer.concat([padded, page]), TYPES.bytes), context);
    expect(over.statusCode).toBe(413);
    expect(JSON.parse(over.body)).toMatchObject({ detail: "正文不能超过4194304字节（4 MiB）" });
  });

  it("tells a body of millions that is no base64", async () => {
    const full = event(Buffer.alloc(4 * 1024 * 1024, " "), TYPES.bytes);
    for (const spoilt of [
      `${full.body.slice(0, -4)}*${full.body.slice(-3)}`,
      full.body.slice(1),
      `=${full.body.slice(1)}`,
    ])
      expect((await handler({ ...full, body: spoilt }, context)).statusCode).toBe(400);
  });

  it("serves nothing else", async () => {
    for (const path of ["/reports", "/filing/", "/healthz", "/openapi.json"])
      expect((await app.request(path)).status).toBeGreaterThanOrEqual(404);
    const body = Buffer.from(JSON.stringify(await example("hangzhou-2025")));
    const answer = await handler({ ...event(body, "application/json"), rawPath: "/reports" }, context);
    expect(answer.statusCode).toBe(404);
  });
});
