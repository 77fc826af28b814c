/** A published page as a reader finds it by an old link: where it leads, and what it says of itself today. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { LOOPBACK, listen, portOf } from "../../../server/listen.ts";
import { createSite } from "../../../server/site.ts";
import { hashSource, LOADER } from "../../../src/formats/html/loader.ts";
import { LOADERS } from "../../../src/formats/html/page-policy.ts";
import { launchBrowser, violationsOn, watchedPage } from "../../support/browser.ts";
import { distinctReport } from "../../support/distinct.ts";
import type { MemoryStore } from "../../support/memory-store.ts";
import { publishedStore, type Step } from "../../support/published-site.ts";

const STEPS: readonly Step[] = [
  { kind: "original", day: "2021-01-20" },
  { kind: "correction", day: "2021-02-03", reason: "第三部分漏计一件。" },
  { kind: "correction", day: "2021-03-05", reason: "附注的日期有误。" },
];
const WITHDRAWN: readonly Step[] = [
  ...STEPS.slice(0, 2),
  { kind: "withdrawal", day: "2021-04-06", reason: "报送主体有误。" },
];
const report = distinctReport(3) as unknown as Report;
const { uscc, name } = report.organ;
const PLACE = `${uscc}/2020`;
const URL_OF_SITE = "https://reports.example.org/root";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Serves a store as the plain server does, under its own root. */
async function served(store: MemoryStore) {
  const server = listen(
    async (request) => createSite(store).fetch(request),
    { port: 0, hostname: "127.0.0.1", hosts: LOOPBACK },
    () => {},
  );
  await once(server, "listening");
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => server.close() };
}

/** Serves a store as a bare bucket does: keys under a prefix, no index documents, no headers of a policy. */
async function bucket(store: MemoryStore) {
  const server = createServer(async (request, response) => {
    const key = new URL(request.url ?? "/", "http://bucket").pathname.replace(/^\/bucket\//, "");
    const object = await store.get(key);
    if (!object) response.writeHead(403).end();
    else response.writeHead(200, { "content-type": object.headers.contentType }).end(object.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/published`,
    close: () => server.close(),
  };
}

async function opened<T>(address: string, read: (page: Page) => Promise<T>, javaScriptEnabled = true): Promise<T> {
  const context = await browser.newContext({
    javaScriptEnabled,
    acceptDownloads: true,
    viewport: { width: 390, height: 800 },
  });
  const { page, faults } = await watchedPage(context);
  await page.goto(address, { waitUntil: "networkidle" });
  const result = await read(page);
  expect(faults).toEqual([]);
  await context.close();
  return result;
}

const notice = (page: Page): Promise<string[]> => page.locator(".state p").allInnerTexts();
const leads = (page: Page): Promise<string[]> =>
  page.locator("#trail a").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));

describe.each([
  ["a plain server", served],
  ["a bare bucket", bucket],
] as const)("on %s", (_, serve) => {
  let site: Awaited<ReturnType<typeof serve>>;
  let store: MemoryStore;
  let published: ReadonlyMap<string, Uint8Array>;
  beforeAll(async () => {
    store = await publishedStore(report, STEPS, URL_OF_SITE);
    published = new Map(
      [...store.objects].filter(([key]) => key.startsWith("artefacts/")).map(([key, { body }]) => [key, body]),
    );
    site = await serve(store);
  });
  afterAll(() => site?.close());

  it("an old version says by which it was superseded, when and why, and which stands", async () => {
    const [text] = await opened(`${site.url}/${PLACE}/v1/report.html`, notice);
    expect(text).toContain("这是第1版，已被第2版取代（2021-02-03；理由：第三部分漏计一件）");
    expect(text).toContain("现行的是第3版");
    await opened(`${site.url}/${PLACE}/v1/report.html`, async (page) => {
      await page.click(".state a");
      await page.waitForURL(`${site.url}/${PLACE}/v3/report.html`);
      expect(await page.locator("#trail").innerText()).toContain("第3版");
    });
    expect(await opened(`${site.url}/${PLACE}/v3/report.html`, notice)).toEqual([]);
    expect(await opened(`${site.url}/${PLACE}/report.html`, notice)).toEqual([]);
  });

  it("leads to the site, the organ and its versions from either depth", async () => {
    for (const [path, ways] of [
      ["report.html", ["index.html", `${uscc}/index.html`, `${PLACE}/index.html`]],
      ["v2/report.html", ["index.html", `${uscc}/index.html`, `${PLACE}/index.html`]],
    ] as const)
      expect(await opened(`${site.url}/${PLACE}/${path}`, leads)).toEqual(ways.map((to) => `${site.url}/${to}`));
  });

  it("leads on without script as well, to what is there at either depth", async () => {
    for (const path of ["report.html", "v2/report.html"]) {
      const links = await opened(`${site.url}/${PLACE}/${path}`, leads, false);
      expect(links).toHaveLength(2);
      for (const link of links) {
        expect(link.startsWith(`${site.url}/`)).toBe(true);
        expect(store.objects.has(`published/${link.slice(site.url.length + 1)}`), link).toBe(true);
      }
    }
    const versions = await opened(
      `${site.url}/${PLACE}/index.html`,
      (page) => page.locator("tbody").innerText(),
      false,
    );
    expect(versions).toContain("已被第3版取代");
    expect(versions).toContain("已被第2版取代");
  });

  it("gives a citation with the version's own address, as a line and as files", async () => {
    await opened(`${site.url}/${PLACE}/v1/report.html`, async (page) => {
      await page.click(".cite summary");
      const line = await page.locator(".cite p").first().innerText();
      expect(line).toMatch(
        new RegExp(
          `^${name}\\. ${name}2020年政府信息公开工作年度报告（第1版）\\[R/OL\\]\\. \\(2021-01-20\\)\\[\\d{4}-\\d\\d-\\d\\d\\]\\. `,
        ),
      );
      expect(line).toContain(` ${site.url}/${PLACE}/v1/report.html.`);
      const [file] = await Promise.all([page.waitForEvent("download"), page.click("text=CSL-JSON")]);
      expect(file.suggestedFilename()).toBe(`${uscc}-2020-v1.json`);
      expect(JSON.parse(await readFile(await file.path(), "utf8"))).toMatchObject([
        { type: "report", version: "1", URL: `${site.url}/${PLACE}/v1/report.html`, author: [{ literal: name }] },
      ]);
      const [bib] = await Promise.all([page.waitForEvent("download"), page.click("text=BibTeX")]);
      expect(await readFile(await bib.path(), "utf8")).toMatch(/^@techreport\{.*-2020-v1,[\s\S]*date = \{2021-01-20\}/);
    });
    await opened(`${site.url}/${PLACE}/index.html`, async (page) => {
      expect(await page.locator(".cite summary").allInnerTexts()).toEqual(
        ["引用第3版", "引用第2版", "引用第1版"].map((text) => expect.stringContaining(text)),
      );
    });
  });

  it("has nothing that axe-core finds, with all that the script puts there", async () => {
    for (const path of ["v1/report.html", "index.html"])
      expect(await opened(`${site.url}/${PLACE}/${path}`, (page) => violationsOn(page))).toEqual([]);
  });

  it("changes no byte of what was published", () => {
    for (const [key, body] of published) expect(store.objects.get(key)?.body).toEqual(body);
  });
});

it("a version of a report that was withdrawn says so, and so does the list without script", async () => {
  const site = await served(await publishedStore(report, WITHDRAWN, URL_OF_SITE));
  const [text] = await opened(`${site.url}/${PLACE}/v1/report.html`, notice);
  expect(text).toContain("报告已由第3版撤回（2021-04-06；理由：报送主体有误）");
  const versions = await opened(`${site.url}/${PLACE}/index.html`, (page) => page.locator("tbody").innerText(), false);
  expect(versions).toContain("报告已由第3版撤回");
  site.close();
});

it("every loader that was published may run for good", () => {
  expect(LOADERS).toContain(hashSource(LOADER));
});

describe("a plain server", () => {
  let site: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    site = await served(await publishedStore(report, STEPS, URL_OF_SITE));
  });
  afterAll(() => site?.close());

  it.each([
    [`/${uscc}`, `/${uscc}/`],
    [`/${uscc}?q=1`, `/${uscc}/?q=1`],
    [`/${PLACE}`, `/${PLACE}/`],
    [`/divisions/${uscc.slice(2, 8)}`, `/divisions/${uscc.slice(2, 8)}/`],
  ])("sends %s to %s", async (from, to) => {
    const answer = await fetch(`${site.url}${from}`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([301, to]);
    expect((await fetch(`${site.url}${from}`)).status).toBe(200);
  });

  it("answers a reader with a page that searches where there is nothing, and programs as before", async () => {
    const page = await fetch(`${site.url}/11330100002489015P`, { headers: { accept: "text/html,*/*" } });
    expect(page.status).toBe(404);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toContain('action="https://reports.example.org/root/index.html"');
    const program = await fetch(`${site.url}/11330100002489015P`, { headers: { accept: "application/json" } });
    expect([program.status, program.headers.get("content-type")]).toEqual([404, expect.not.stringContaining("html")]);
  });

  it("lets others frame the pages that are made for it, and no other", async () => {
    const policy = async (path: string) => {
      const { headers } = await fetch(`${site.url}${path}`);
      return [headers.get("content-security-policy"), headers.get("x-frame-options")];
    };
    expect(await policy("/index.html")).toEqual([expect.stringContaining("frame-ancestors 'none'"), "DENY"]);
    expect(await policy("/embed.html?chart=x")).toEqual([expect.stringContaining("frame-ancestors *"), null]);
    expect(await policy(`/${PLACE}/report.html`)).toEqual([expect.stringContaining("frame-ancestors 'none'"), "DENY"]);
  });
});

it("the page for where there is nothing leads to what was searched for", async () => {
  const site = await bucket(await publishedStore(report, STEPS, "http://127.0.0.1:1/never"));
  // Its links are absolute: they are those of a site whose address is only known when it is served.
  const store = await publishedStore(report, STEPS, site.url);
  site.close();
  const own = await bucket(store);
  const page404 = Buffer.from((await store.get("published/404.html"))!.body)
    .toString()
    .replaceAll(site.url, own.url);
  await store.put("published/404.html", page404, { contentType: "text/html; charset=utf-8" });
  await opened(`${own.url}/404.html`, async (page) => {
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press("Tab");
    await page.focus("#q");
    await page.keyboard.type(uscc);
    await page.keyboard.press("Enter");
    await page.waitForURL(/index\.html\?q=/);
    expect(await page.locator("#results a").first().getAttribute("href")).toBe(`${uscc}/index.html`);
  });
  own.close();
});
