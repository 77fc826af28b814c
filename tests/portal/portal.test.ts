import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { describe, expect, it } from "vitest";
import { portalAssets } from "../../generated/portal.ts";
import { forms } from "../../src/form/forms.ts";
import { sumFigures } from "../../src/index/figures.ts";
import type { Entry } from "../../src/index/shapes.ts";
import { heldOrgans, missingIn, standingOf } from "../../src/index/standing.ts";
import { difference, grouped, reportedIn, signed } from "../../src/portal/figures.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { formRows } from "../../src/portal/rows.ts";
import { relative } from "../../src/portal/view.ts";
import { deadlineOf } from "../../src/roster/deadline.ts";
import { portalData } from "../support/portal-data.ts";
import { otherPaths, siteOf } from "../support/portal-site.ts";

const data = portalData();
const site = siteOf(data);
const others = otherPaths(data);
const pages = [...site.values()].filter(({ path }) => path.endsWith(".html"));
const text = (path: string): string => {
  const file = site.get(path);
  if (!file) throw new Error(`no file ${path}`);
  return String(typeof file.body === "string" ? file.body : new TextDecoder().decode(file.body));
};
/** What a reader reads of a page. */
const read = (path: string): string =>
  text(path)
    .replace(/<(script|style|title|desc)[\s>][\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const organ = (uscc: string) => data.organs.find((o) => o.uscc === uscc)!;

describe("the reading pages of 2,000 organs over five years", () => {
  it("lead to files that are there, by relative links that name them", () => {
    const faults: string[] = [];
    for (const { path, body } of pages) {
      const ids = new Set([...String(body).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      for (const [, , href] of String(body).matchAll(/ (href|src|action|data-(?:rows|index|recent))="([^"]*)"/g)) {
        if (href!.startsWith("https://")) continue;
        const url = new URL(href!, `https://root.example/${path}`);
        const target = url.pathname.slice(1);
        if (href!.startsWith("#") ? !ids.has(href!.slice(1)) : !site.has(target) && !others.has(target))
          faults.push(`${path}: ${href}`);
        if (href!.startsWith("/")) faults.push(`${path}: ${href} is not relative`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("say where they are, and where their twin in the other language is", () => {
    for (const { path, body } of pages.filter((page) => !/^(404|embed)\./.test(page.path))) {
      const [, canonical] = /<link rel="canonical" href="([^"]+)">/.exec(String(body)) ?? [];
      expect(canonical).toBe(`https://reports.example.org/root/${path}`);
      const english = path.endsWith(".en.html");
      const twin = english ? path.replace(".en.html", ".html") : path.replace(".html", ".en.html");
      expect(site.has(twin)).toBe(true);
      expect(String(body)).toContain(`<html lang="${english ? "en" : "zh-CN"}">`);
    }
  });

  it("are valid HTML without styles or scripts of their own", async () => {
    const validator = new HtmlValidate({
      extends: ["html-validate:recommended", "html-validate:a11y"],
      // Matters of style, and what HTML allows: checkboxes of one name, a list with a label.
      rules: {
        "doctype-style": "off",
        "long-title": "off",
        "no-trailing-whitespace": "off",
        "prefer-native-element": "off",
        "form-dup-name": ["error", { shared: ["checkbox"] }],
        "aria-label-misuse": ["error", { allowAnyNamable: true }],
      },
    });
    // Every page that is not of a single organ, and those of every hundredth.
    const chosen = pages.filter(
      ({ path }) =>
        !/^[0-9A-Z]{18}\//.test(path) || data.organs.findIndex(({ uscc }) => path.startsWith(uscc)) % 100 === 0,
    );
    const shared = chosen.filter(({ path }, i) => !path.startsWith("divisions/") || i % 40 === 0);
    const faults: string[] = [];
    for (const { path, body } of shared) {
      const report = await validator.validateString(String(body), path);
      for (const { messages } of report.results)
        for (const m of messages) faults.push(`${path}:${m.line}: ${m.ruleId} ${m.message}`);
      if (/ style="|<style| on[a-z]+="/.test(String(body))) faults.push(`${path}: inline style or script`);
    }
    expect(
      [...new Set(faults.map((fault) => fault.replace(/^[^:]+:\d+: /, "")))],
      faults.slice(0, 20).join("\n"),
    ).toEqual([]);
    expect(shared.length).toBeGreaterThan(100);
  });

  it("have JSON-LD that can be read and is about what they show", () => {
    const { uscc, organ: name, years } = organ(data.remarkable.corrected);
    const [, block] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(text(`${uscc}/index.html`))!;
    expect(JSON.parse(block!)).toMatchObject({
      "@context": "https://schema.org",
      "@type": "Dataset",
      creator: { name, identifier: uscc },
      hasPart: years.map(({ year, version }) => ({
        "@type": "Report",
        version: String(version),
        url: `https://reports.example.org/root/${uscc}/${year}/report.html`,
      })),
    });
  });

  it("come out the same when they are made again", () => {
    const again = siteOf({
      ...data,
      organs: data.organs.slice(0, 20),
      divisionYears: data.divisionYears.slice(0, 20),
      divisions: data.divisions.slice(0, 20),
    });
    for (const file of again.values()) expect(file.body).toEqual(site.get(file.path)!.body);
  });

  it("need little: at most 16 KB of script, compressed, on any page, and 26 KB where Parquet is read", () => {
    const size = new Map(portalAssets.map(({ path, body }) => [path, gzipSync(body).length]));
    const scripts = new Map<string, number>();
    for (const { path, body } of pages) {
      const own = [...String(body).matchAll(/<script type="module" src="[^"]*?(assets\/[^"]+)"/g)].map(
        ([, src]) => src!,
      );
      const sum = own.reduce((total, src) => total + size.get(src)!, 0);
      const kind = own.map((src) => src.replace(/^assets\/|-[0-9a-f]+\.js$/g, "")).join(" + ");
      scripts.set(kind, Math.max(sum, scripts.get(kind) ?? 0));
      expect(sum, path).toBeLessThanOrEqual((kind === "query" ? 26 : 16) * 1024);
    }
    const style = [...size].filter(([path]) => path.endsWith(".css")).reduce((sum, [, bytes]) => sum + bytes, 0);
    console.info(
      `scripts, gzip: ${[...scripts].map(([kind, sum]) => `${kind} ${sum} B`).join(", ")}; style ${style} B`,
    );
    expect(size.get("report.js")).toBeLessThanOrEqual(4 * 1024);
    expect(style).toBeLessThanOrEqual(6 * 1024);
  });
});

describe("the home page", () => {
  it("shows without script what was published last, and how many organs of each province have published", () => {
    const page = read("index.html");
    for (const { organ: name, publishedAt } of data.recent.entries.slice(0, 8))
      expect(page).toContain(`${publishedAt.slice(0, 10)} ${name} `);
    const own = data.organs.filter(({ uscc }) => uscc.slice(2, 4) === "37");
    const entries = own.flatMap(({ years }) => years.filter(({ year }) => year === 2024));
    const count = (standing: string) => entries.filter((entry) => standingOf(entry) === standing).length;
    const [inTime, late, withdrawn] = [count("inTime"), count("late"), count("withdrawn")];
    const share = Math.floor((100 * (inTime + late)) / own.length);
    expect(page).toContain(
      ` 山东省 ${[grouped(own.length), `${share}%`, grouped(inTime), late, withdrawn, own.length - entries.length].join(" ")} `,
    );
    expect(page).toContain("2025-01-31");
  });

  it("is there for a site without a report, and says so", () => {
    const empty = portalPages({ publicUrl: "https://reports.example.org" }).home({ provinces: [] }, { entries: [] });
    expect(String(empty[0]!.body)).toContain("还没有公布的报告。");
    expect(String(empty[0]!.body)).not.toContain("undefined");
  });
});

describe("pages in English", () => {
  it("name provinces in English, and what lies in them as it is called there", () => {
    expect(read("index.en.html")).toContain(" Shandong ");
    expect(text("index.en.html")).not.toContain(">山东省<");
    expect(text("provinces/37.en.html")).toContain("<h1>Shandong</h1>");
    const { division } = data.divisions.find(({ index }) => index.division === "371500")!.index;
    expect(text(`divisions/${division}/2024.en.html`)).toContain(
      '<h1>Shandong <span lang="zh-CN">聊城市</span> 2024</h1>',
    );
    expect(text(`divisions/${division}/2024.en.html`)).toContain(">Shandong</a></li>");
    expect(read(`divisions/${division}/2024.html`)).toContain(" 山东省聊城市 2024年度 ");
  });
});

describe("the sums of a province's year", () => {
  it("name a few organs in a line, and more in a list that is opened", () => {
    const page = text("provinces/37/2024.html");
    const [, shown, names] =
      /下级政府和在别的行政区划[^<：]*：([^<]*)<details class="names"><summary>名单<\/summary>([^<]*)</.exec(page)!;
    expect(shown!.length).toBeLessThan(80);
    expect(shown).toMatch(/等\d+个/);
    expect(names!.split("、").length).toBeGreaterThan(20);
  });
});

describe("404.html", () => {
  it("searches: on the home page, whatever was asked for", () => {
    for (const [name, home] of [
      ["404.html", "index.html"],
      ["404.en.html", "index.en.html"],
    ] as const)
      expect(text(name)).toContain(`action="https://reports.example.org/root/${home}" method="get"`);
  });

  it("is right at any address: every link is absolute, and it claims no address of its own", () => {
    for (const name of ["404.html", "404.en.html"]) {
      const page = text(name);
      for (const [, link] of page.matchAll(/ (?:href|src|action)="([^"]*)"/g))
        expect(link).toMatch(/^(#main$|https:\/\/reports\.example\.org\/root\/)/);
      expect(page).not.toContain('rel="canonical"');
      expect(page).toContain('content="noindex"');
    }
  });
});

it("files that never change under their names may be kept for a year; all others are asked for again", () => {
  for (const { path, cacheControl } of site.values())
    expect(cacheControl, path).toBe(path.startsWith("assets/") ? "public, max-age=31536000, immutable" : undefined);
  const [, card] = /<meta property="og:image" content="https:\/\/reports.example.org\/root\/([^"]+)">/.exec(
    text("index.html"),
  )!;
  expect(
    Buffer.from(site.get(card!)!.body as Uint8Array)
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
});

describe("the licence of the data", () => {
  it.each([
    [
      { label: "注明来源即可再利用" },
      "<p>注明来源即可再利用</p>",
      { "@type": "CreativeWork", name: "注明来源即可再利用" },
    ],
    [
      { label: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" },
      '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>',
      "https://creativecommons.org/licenses/by/4.0/",
    ],
  ])("is stated as the operator states it", (licence, shown, license) => {
    const files = portalPages({ publicUrl: "https://reports.example.org", licence }).catalogue(data.catalogue);
    const page = String(files.find(({ path }) => path === "data.html")!.body);
    expect(page).toContain(shown);
    expect(JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(page)![1]!)).toMatchObject({ license });
  });
});

describe("the page of an organ", () => {
  it("lists a correction with its reason, and what became of a withdrawn report", () => {
    const corrected = read(`${data.remarkable.corrected}/index.html`);
    expect(corrected).toContain("更正与撤回");
    expect(corrected).toContain("漏计一件");
    const withdrawn = read(`${data.remarkable.withdrawn}/index.html`);
    expect(withdrawn).toContain("× 已撤回");
    expect(withdrawn).not.toContain("历年变化");
    expect(read(`${data.remarkable.withdrawn}/compare.html`)).toContain("没有现行的报告");
  });

  it("shows a year without a report as such, in the table and in the charts", () => {
    const gap = data.organs.find(({ years }) => years.length === 4 && years.at(-1)!.year - years[0]!.year === 4)!;
    const missing = [2021, 2022, 2023].find((year) => !gap.years.some((entry) => entry.year === year))!;
    const page = text(`${gap.uscc}/index.html`);
    expect(/<tr id="y\d+"><th scope="row">(\d+)<\/th><td><span class="standing missing">/.exec(page)?.[1]).toBe(
      String(missing),
    );
    expect(page).toContain(`${missing}：无`);
  });

  it("draws what the table behind says", () => {
    const { uscc, years } = organ(data.remarkable.large);
    const page = text(`${uscc}/index.html`);
    for (const { year, figures } of years)
      expect(page).toContain(
        `<tr><th scope="row">${year}</th><td class="figure">${grouped(figures["/requests/received/total"]!)}</td></tr>`,
      );
  });

  it("puts two years side by side with the change, and all of them in a CSV", () => {
    const { uscc, years } = organ(data.remarkable.large);
    const [before, after] = years.slice(-2);
    const [a, b] = [before, after].map((entry) => entry!.figures["/requests/received/total"] as number) as [
      number,
      number,
    ];
    expect(read(`${uscc}/compare.html`)).toContain(
      `一、本年新收政府信息公开申请数量 ${grouped(a)} ${grouped(b)} ${a < b ? "▲" : "▼"} ${signed(b - a)}`,
    );
    const csv = text(`${uscc}/compare.csv`);
    expect(csv.split("\r\n")[0]).toBe("部分,项目,单位,2020,2021,2022,2023,2024");
    const line = csv.split("\r\n").find((row) => row.includes("一、本年新收"));
    expect(line?.split(",").slice(3)).toEqual(years.map(({ figures }) => String(figures["/requests/received/total"])));
  });
});

describe("the page of a division", () => {
  const { index, latest } = data.divisions.find(({ index: d }) => d.organs.length > 5)!;

  it("adds up its organs, the withdrawn left out, and not its government, whose report contains theirs", () => {
    const state = latest[0]!;
    const sum = state.entries.reduce(
      (n, { figures, organ: name }) =>
        n + (name.endsWith("人民政府") ? 0 : ((figures["/requests/received/total"] as number | undefined) ?? 0)),
      0,
    );
    expect(read(`divisions/${index.division}/${state.year}.html`)).toContain(
      `一、本年新收政府信息公开申请数量 ${grouped(sum)} `,
    );
    expect(read(`divisions/${index.division}/index.html`)).toContain(grouped(sum));
  });

  it("names who is late and who has not published, with the deadline of each", () => {
    const held = data.divisions.flatMap((d) =>
      heldOrgans(d.latest[0]!, missingIn(d.index, d.latest[0]!.year)).map((h) => ({
        ...h,
        division: d.index.division,
      })),
    );
    for (const standing of ["late", "missing", "withdrawn"] as const) {
      const some = held.find((h) => h.standing === standing)!;
      const page = text(`divisions/${some.division}/index.html`);
      const row = page
        .split("\n")
        .find((line) => line.includes(`${some.uscc}/index.html`) && line.includes("standing"));
      expect(row).toContain(`standing ${standing}`);
      expect(row).toContain(some.due);
    }
  });
});

describe("the page of a division's year", () => {
  it("shows every organ that is held to it with its state in words, and those that are missing", () => {
    const { index, state } = data.divisions
      .flatMap((d) =>
        data.divisionYears.filter((y) => y.division === d.index.division).map((y) => ({ ...d, state: y })),
      )
      .find(({ index: i, state: y }) => y.year === 2022 && missingIn(i, 2022).length > 1)!;
    const page = text(`divisions/${index.division}/2022.html`);
    const [, grid] = /<ul class="grid">(.*?)<\/ul>/s.exec(page)!;
    const cells = [
      ...grid!.matchAll(
        /<li class="(\w+)"><a href="[./]*([0-9A-Z]{18})\/index.html">.*?<\/a>.*?<\/span> (\S+)<\/span><\/li>/gs,
      ),
    ];
    const names = { inTime: "按期公布", late: "逾期公布", withdrawn: "已撤回", missing: "未见公布" };
    expect(cells.map(([, standing, uscc, words]) => [uscc, standing, words])).toEqual(
      heldOrgans(state, missingIn(index, 2022)).map(({ uscc, standing }) => [uscc, standing, names[standing]]),
    );
    for (const { uscc, organ: name } of missingIn(index, 2022)) {
      expect(read(`divisions/${index.division}/2022.html`)).toContain(name);
      expect(page).toContain(`${uscc}/index.html`);
    }
  });

  it("holds no organ to a year before its first", () => {
    const late = data.organs.find(({ years }) => years[0]!.year === 2022)!;
    expect(text(`divisions/${late.division}/2021.html`)).not.toContain(late.uscc);
  });
});

describe("standing", () => {
  const entry = (organName: string, firstPublishedAt: string): Entry => ({
    ...data.divisionYears[0]!.entries[0]!,
    status: "current",
    year: 2024,
    organ: organName,
    firstPublishedAt,
  });

  it.each([
    ["某市水利局", "2025-01-31T23:59:59+08:00", "inTime"],
    ["某市水利局", "2025-02-01T00:00:00+08:00", "late"],
    ["某市人民政府", "2025-03-31T23:59:59+08:00", "inTime"],
    ["某县某镇人民政府", "2025-02-01T00:00:00+08:00", "late"],
    ["某旗某苏木人民政府", "2025-02-01T00:00:00+08:00", "late"],
  ])("of %s that published at %s: %s", (name, at, standing) => {
    expect(standingOf(entry(name, at))).toBe(standing);
  });

  it("has the deadlines of the edition", () => {
    expect(deadlineOf("某市水利局", 2024)).toBe(`2025-${forms.at(-1)!.deadline}`);
    expect(deadlineOf("某市人民政府", 2024)).toBe(`2025-${forms.at(-1)!.regionalDeadline}`);
  });
});

describe("rows of both editions", () => {
  const { rows } = formRows(forms);
  const row = (key: string) => rows.find((r) => r.key === key)!;

  it("are each edition's figures once, in the order of the form", () => {
    for (const form of forms) {
      const own = rows.filter((r) => r.editions[form.edition]);
      expect(new Set(own.map(({ key }) => key)).size).toBe(own.length);
      const entry = data.organs
        .flatMap(({ years }) => years)
        .find((e) => e.edition === form.edition && e.status === "current")!;
      const single = own.flatMap(({ editions }) =>
        editions[form.edition]!.cells.length === 1 ? editions[form.edition]!.cells : [],
      );
      expect(new Set(single)).toEqual(new Set(Object.keys(entry.figures)));
    }
  });

  it("set （六）其他处理 of 2019, one row, beside the three of 2021 added up", () => {
    const other = row("requests/results/otherHandling");
    const [a, b, c] = ["correctionOverdue", "feeOverdue", "other"].map(
      (key) => `/requests/results/otherHandling/${key}/total`,
    );
    expect(reportedIn(other, "2021", { [a!]: 1, [b!]: 2, [c!]: 4 })).toBe(7);
    expect(reportedIn(other, "2019", { "/requests/results/otherHandling/total": 5 })).toBe(5);
  });

  it("say money in the unit of the form, exactly", () => {
    const fees = row("disclosure/fees/amount");
    expect(reportedIn(fees, "2021", { "/disclosure/fees/amount": "10072500.5" })).toBe("1007.25005");
    expect(reportedIn(fees, "2019", {})).toBeUndefined();
    expect(difference("1007.25", "999999999999.3")).toBe("999999998992.05");
    expect(sumFigures([{ a: "0.1", b: 1 }, { a: "0.2" }])).toEqual({ a: "0.3", b: 1 });
    expect([grouped("1234567.25"), signed(-1234), signed(0)]).toEqual(["1,234,567.25", "−1,234", "0"]);
  });
});

it.each([
  ["index.html", "data.html", "data.html"],
  ["a/index.html", "a/compare.html", "compare.html"],
  ["divisions/370000/2024.html", "a/2024/report.pdf", "../../a/2024/report.pdf"],
  ["divisions/370000/2024.html", "divisions/370000/index.html", "index.html"],
])("a link from %s to %s is %s", (from, to, link) => {
  expect(relative(from, to)).toBe(link);
});
