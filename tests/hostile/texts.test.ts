import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IndexHandler, IndexQueue } from "../../server/queue.ts";
import { LOADER } from "../../src/formats/html/loader.ts";
import { usccCheckCharacter } from "../../src/rules/check-character.ts";
import { loadBundle } from "../support/bundle.ts";
import { startTarget, type Target } from "../support/hostile-target.ts";
import { NAMES, PARAGRAPHS, REASONS } from "../support/hostile-texts.ts";
import { example, type MutableReport } from "../support/service.ts";

const TITLE = "2020年政府信息公开工作年度报告";
/** A sound code of its own for each organ. */
const code = (n: number): string => {
  const body = `11330100${String(n).padStart(8, "0")}0`;
  return body + usccCheckCharacter(body);
};
const PLAIN = code(0);
const HOSTILE = code(1);
const organ = (i: number): string => code(100 + i);

let directory: string;
let queue: IndexQueue;
let target: Target;
let hostile: MutableReport;
/** The pages of an organ besides its reports, from its folder on. */
const organPages: string[] = [];

/** A report whose last part has these paragraphs. */
async function report(uscc: string, name: string, paragraphs: readonly string[] = []): Promise<MutableReport> {
  const made = await example("liaocheng-2020");
  made["organ"] = { name, uscc };
  made["other"].body.push(...paragraphs.map((text) => ({ type: "paragraph", text })));
  return made;
}
async function publish(made: MutableReport): Promise<void> {
  const response = await target.post("/reports", made);
  expect(response.status, await response.clone().text()).toBe(201);
}
const get = async (path: string): Promise<Response> => {
  const response = await target.site.request(path);
  expect(response.status, path).toBe(200);
  return response;
};
const text = async (path: string): Promise<string> => (await get(path)).text();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-hostile-"));
  queue = new IndexQueue({ folder: join(directory, ".indexing") });
  target = await startTarget((key) => queue.push(key));
  const indexer = await loadBundle<{ readonly handler: IndexHandler }>("indexer");
  await queue.start(indexer.handler);
  hostile = await report(HOSTILE, "甲局", PARAGRAPHS);
  await publish(hostile);
  await publish(
    await report(
      PLAIN,
      "甲局",
      PARAGRAPHS.map(() => "乙"),
    ),
  );
  for (const [i, name] of NAMES.entries()) await publish(await report(organ(i), name));
  for (const [i, reason] of REASONS.entries()) {
    const changed = structuredClone(hostile);
    changed["other"].body.push({ type: "paragraph", text: `第${i + 2}版。` });
    const body = { supersedes: i + 1, reason, report: changed };
    const response = await target.post(`/reports/${HOSTILE}/2020/corrections`, body);
    expect(response.status, await response.clone().text()).toBe(201);
  }
  await queue.idle();
  for await (const { key } of target.store.list(`published/${PLAIN}/`))
    if (/^\/[^/]+\.html$/.test(key.slice(`published/${PLAIN}`.length)))
      organPages.push(key.slice(`published/${PLAIN}`.length));
  expect(organPages).toContain("/index.html");
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The elements of a page in order with the names of their attributes, and all its text. */
function read(html: string): {
  readonly elements: readonly string[];
  readonly text: string;
  readonly texts: readonly string[];
  readonly scripts: readonly { readonly type?: string; readonly src?: string; readonly content: string }[];
} {
  const elements: string[] = [];
  const scripts: { type?: string; src?: string; content: string }[] = [];
  const texts: string[] = [];
  const visit = (node: Tree.Node): void => {
    if ("tagName" in node) elements.push(`${node.tagName} ${node.attrs.map(({ name }) => name).join(" ")}`.trim());
    if ("tagName" in node && node.tagName === "script") {
      const content = node.childNodes.map((child) => ("value" in child ? child.value : "")).join("");
      scripts.push({ ...Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])), content });
    }
    if (node.nodeName === "#comment") elements.push("#comment");
    if ("value" in node) texts.push(node.value);
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return { elements, text: texts.join(""), texts, scripts };
}

/** What runs on a page that no file has. */
const running = ({ scripts }: ReturnType<typeof read>): readonly string[] =>
  scripts.filter(({ type, src }) => type === undefined && src === undefined).map(({ content }) => content);

/** The text of a PDF without spaces and page numbers, and everything in it that could do something. */
async function readPdf(
  path: string,
): Promise<{ readonly text: string; readonly active: readonly unknown[]; readonly info: Record<string, unknown> }> {
  const data = new Uint8Array(await (await get(path)).arrayBuffer());
  const document = await getDocument({ data, useSystemFonts: false, verbosity: 0 }).promise;
  const active: unknown[] = [];
  let found = "";
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    active.push(...(await page.getAnnotations()), ...Object.values((await page.getJSActions()) ?? {}));
    const { items } = await page.getTextContent({ disableNormalization: true });
    for (const item of items) if ("str" in item && (item.transform as number[])[3] !== 14) found += item.str;
  }
  active.push(...Object.values((await document.getJSActions()) ?? {}));
  const opened = await document.getOpenAction();
  if (opened) active.push(opened);
  const names = Object.keys((await document.getAttachments()) ?? {});
  if (names.join() !== "report.json") active.push(names);
  const { info } = await document.getMetadata();
  await document.destroy();
  return { text: found.replace(/\s/g, ""), active, info: info as Record<string, unknown> };
}

/** Fields of CSV (RFC 4180). */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv
    .replace(/^\ufeff/, "")
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}

describe("text in a narrative that could be taken for more", () => {
  it("makes no element of a page: the page has those that plain text has, and no others", async () => {
    const plain = read(await text(`/${PLAIN}/2020/report.html`));
    expect(read(await text(`/${HOSTILE}/2020/v1/report.html`)).elements).toEqual(plain.elements);
    expect(running(plain)).toEqual([LOADER]);
  });

  it("does nothing in a PDF", async () => {
    expect((await readPdf(`/${HOSTILE}/2020/v1/report.pdf`)).active).toEqual([]);
  });

  describe("stands as it was written on the page, in the PDF and in the data:", () => {
    let html: readonly string[];
    let pdf: string;
    let json: MutableReport;
    beforeAll(async () => {
      html = read(await text(`/${HOSTILE}/2020/v1/report.html`)).texts;
      pdf = (await readPdf(`/${HOSTILE}/2020/v1/report.pdf`)).text;
      json = JSON.parse(await text(`/${HOSTILE}/2020/v1/report.json`));
    });
    it.each(PARAGRAPHS.map((paragraph) => [paragraph.slice(0, 60), paragraph]))("%s", (_, paragraph) => {
      expect(html).toContain(paragraph);
      expect(pdf).toContain(paragraph.replace(/\s/g, ""));
      expect(json["other"].body).toContainEqual({ type: "paragraph", text: paragraph });
    });
  });
});

describe("a name of an organ that could be taken for more:", () => {
  it.each(NAMES.map((name, i) => [name, i] as const))("%s", async (name, i) => {
    const place = `/${organ(i)}/2020`;
    const plain = read(await text(`/${PLAIN}/2020/report.html`));
    const page = read(await text(`${place}/report.html`));
    // How a name is cut into lines of the heading (wbr, p) hangs on its length, not on what it says.
    const marks = (elements: readonly string[]) => elements.filter((e) => e !== "p" && e !== "wbr");
    expect(marks(page.elements)).toEqual(marks(plain.elements));
    expect(page.texts).toContain(name + TITLE);

    const versions = read(await text(`${place}/index.html`));
    expect(marks(versions.elements)).toEqual(marks(read(await text(`/${PLAIN}/2020/index.html`)).elements));
    expect(versions.text).toContain(name + TITLE);

    // The organ's own pages, whatever they are.
    for (const path of organPages)
      expect(read(await text(`/${organ(i)}${path}`)).elements, path).toEqual(
        read(await text(`/${PLAIN}${path}`)).elements,
      );

    const pdf = await readPdf(`${place}/report.pdf`);
    expect(pdf.active).toEqual([]);
    expect(pdf.text).toContain(name.replace(/\s/g, ""));
    expect(pdf.info["Title"]).toBe(name + TITLE);

    const rows = readCsv(await text(`${place}/report.csv`));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([8]));
    for (const [, shown] of rows.slice(1)) expect([name, `'${name}`]).toContain(shown);
    // A number with its sign stays one; whatever else begins as a formula does is text.
    for (const field of rows.flat()) if (/^[=+\-@\t\r]/.test(field)) expect(field).toMatch(/^[+-]?\d+(\.\d+)?$/);

    expect(JSON.parse(await text(`${place}/report.json`))["organ"].name).toBe(name);
    expect(JSON.parse(await text(`${place}/versions.json`))["organ"]).toBe(name);

    for (const file of ["report.pdf", "report.html", "report.json", "report.csv"]) {
      const disposition = (await get(`${place}/${file}`)).headers.get("content-disposition") ?? "";
      // RFC 6266, 4.1 and RFC 8187, 3.2.1: a quoted ASCII name of our own, and the encoded one.
      expect(disposition).toMatch(
        /^inline; filename="report-[0-9A-Z]{18}-2020\.\w+"; filename\*=UTF-8''(?:[\w!#$&+\-.^`|~]|%[0-9A-F]{2})+$/,
      );
      const encoded = disposition.split("UTF-8''")[1]!;
      expect(decodeURIComponent(encoded)).toBe(`${name}${TITLE}.${file.split(".")[1]}`);
    }
  });
});

describe("a reason of a correction that could be taken for more:", () => {
  it.each(REASONS.map((reason, i) => [reason, i] as const))("%s", async (reason, i) => {
    const place = `/${HOSTILE}/2020`;
    const versions = read(await text(`${place}/index.html`));
    expect(versions.texts).toContain(reason);
    expect(versions.elements).not.toContain("script");
    const page = read(await text(`${place}/v${i + 2}/report.html`));
    expect(page.text).toContain(reason);
    expect(running(page)).toEqual([LOADER]);
    const pdf = await readPdf(`${place}/v${i + 2}/report.pdf`);
    expect(pdf.active).toEqual([]);
    expect(pdf.text).toContain(reason.replace(/\s/g, ""));
  });
});

describe("what is derived of all of these", () => {
  /** Every entry of a feed: its title and summary as a reader shows them, which take them for HTML. */
  function entries(feed: string): { title: ReturnType<typeof read>; summary: ReturnType<typeof read> }[] {
    expect(XMLValidator.validate(feed)).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false, processEntities: true }).parse(feed) as {
      feed: { entry: Record<string, unknown> | Record<string, unknown>[] };
    };
    const shown = (value: unknown) => {
      const node = value as { "#text"?: unknown } | string;
      return read(String(typeof node === "object" ? (node["#text"] ?? "") : (node ?? "")));
    };
    return [parsed.feed.entry].flat().map(({ title, summary }) => ({ title: shown(title), summary: shown(summary) }));
  }
  const FRAME = ["html", "head", "body"];

  it("has a feed that is well-formed, whose titles and summaries are the text", async () => {
    const found = entries(await text("/feed.atom"));
    for (const { title, summary } of found) {
      expect(title.elements).toEqual(FRAME);
      expect(summary.elements).toEqual(FRAME);
    }
    const titles = found.map(({ title }) => title.text);
    for (const name of NAMES) expect(titles).toContain(name + TITLE);
    const summaries = found.map(({ summary }) => summary.text).join("\n");
    for (const reason of REASONS) expect(summaries).toContain(reason);
  });

  it("has the same for the division", async () => {
    const titles = entries(await text("/divisions/330100/feed.atom")).map(({ title }) => title.text);
    for (const name of NAMES) expect(titles).toContain(name + TITLE);
  });

  it("has lists in JSON and CSV with the names as they are, and no formula", async () => {
    const { entries: listed } = JSON.parse(await text("/divisions/330100/2020.json")) as {
      entries: { organ: string }[];
    };
    for (const name of NAMES) expect(listed.map((entry) => entry.organ)).toContain(name);
    const keys: string[] = [];
    for await (const { key } of target.store.list("published/")) if (key.endsWith(".csv")) keys.push(key);
    expect(keys.length).toBeGreaterThan(NAMES.length);
    for (const key of keys)
      for (const field of readCsv(await text(key.slice("published".length))).flat())
        if (/^[=+\-@\t\r]/.test(field)) expect(field).toMatch(/^[+-]?\d+(\.\d+)?$/);
  });

  it("has pages without a foreign element, and sitemaps that are well-formed", async () => {
    const keys: string[] = [];
    for await (const { key } of target.store.list("published/")) keys.push(key);
    for (const key of keys) {
      const path = key.slice("published".length);
      if (key.endsWith(".html")) {
        const { elements, scripts } = read(await text(path));
        for (const element of elements) expect(element, path).not.toMatch(/^(img|iframe|base|object)\b/);
        // A module of the site's own, or data about the page (JSON-LD), which no browser runs.
        for (const { type, src, content } of scripts) {
          if (type === "module") {
            const { origin, pathname } = new URL(src!, `https://example.org${path}`);
            expect([origin, content], path).toEqual(["https://example.org", ""]);
            expect(keys, path).toContain(`published${pathname}`);
          } else if (type === undefined) {
            // The one text of a published page that runs.
            expect([src, content], path).toEqual([undefined, LOADER]);
          } else {
            expect(type, path).toBe("application/ld+json");
            expect(JSON.parse(content), path).toMatchObject({ "@context": "https://schema.org" });
          }
        }
        for (const element of elements) expect(element, path).not.toMatch(/ on\w+/);
      }
      if (key.endsWith(".xml") || key.endsWith(".atom"))
        expect(XMLValidator.validate(await text(path)), path).toBe(true);
    }
  });
});
