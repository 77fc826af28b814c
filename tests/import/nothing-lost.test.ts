/** Every line of a text is somewhere: in the report, in the account, or counted as around it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { forms } from "../../src/form/forms.ts";
import { labelsOf } from "../../src/form/label-index.ts";
import type { Imported } from "../../src/import/account.ts";
import { importReport } from "../../src/import/import.ts";

const at = (path: string): string => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const FILES = ["txt", "md"]
  .flatMap((kind) => readdirSync(at(`real/${kind}`)).map((name) => `real/${kind}/${name}`))
  .concat("cases/liaocheng-2020.txt");

const bare = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "");
const { isLabel } = labelsOf(forms);

/** How many characters lie around the report, and are told of by their number. */
const around = ({ account }: Imported): number =>
  account.leftOut.reduce((sum, { text }) => sum + Number(/^报告以外的文字\d+处，共(\d+)字$/u.exec(text)?.[1] ?? 0), 0);

/** Every text of an import, of the report and of its account. */
const textsOf = ({ report, account: { cells, leftOut, findings } }: Imported): string =>
  bare(
    [
      JSON.stringify(report),
      ...cells.map(({ source = "" }) => source),
      ...leftOut.map(({ text }) => text),
      ...findings.map(({ message }) => message),
    ].join("\n"),
  );

const LINES = [
  "备注：数据截至年底",
  "某某某",
  "12345678",
  "联系电话 0571",
  "第三方评估得分 98",
  "合计 12 13",
  "说明\t3\t4",
  "| 其他统计 | 7 | 8 |",
  "本表由办公室填报。",
  "另有办件较多的情形，已经逐件核对。",
];

const imported = async (file: string, lines: readonly string[]): Promise<Imported> =>
  importReport(new TextEncoder().encode(lines.join("\n")), { name: file });
const files = new Map(FILES.map((file) => [file, readFileSync(at(file), "utf8").split(/\r?\n/u)] as const));

it("a line put anywhere into a text is in the report, in its account, or counted as around it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FILES), fc.nat(), fc.constantFrom(...LINES), async (file, where, line) => {
      const lines = files.get(file)!;
      const place = where % (lines.length + 1);
      const found = await imported(file, lines.toSpliced(place, 0, line));
      const texts = textsOf(found);
      const lost = line
        .split(/[|\t]/u)
        .map(bare)
        .filter((part) => part !== "" && !isLabel(part) && !texts.includes(part));
      // Where no part of the report is known any more, more than the line lies around it.
      if (lost.length > 0)
        expect(around(found) - around(await imported(file, lines)), lost.join()).toBeGreaterThanOrEqual(
          // Of a row in pipes or tabs the cells are counted, and not what parts them.
          lost.join("").length,
        );
    }),
    {
      numRuns: 150,
      // A figure behind the note in the corner of 表三, in a row of nothing but the form's words.
      examples: [
        ["real/txt/caijin-2020.txt", 87, "12345678"],
        ["cases/liaocheng-2020.txt", 86, "12345678"],
      ],
    },
  );
}, 120_000);

const PAGES = readdirSync(at("real/html")).map((name) => `real/html/${name}`);
const pages = new Map(PAGES.map((file) => [file, readFileSync(at(file), "utf8")] as const));

/** Where something may be put into a page: after a paragraph or a row of what it shows. */
function placesIn(html: string): readonly { readonly at: number; readonly row: boolean }[] {
  const body = Math.max(html.search(/<body/iu), 0);
  return [...html.matchAll(/<\/(p|tr)>/giu)]
    .filter(({ index }) => index > body)
    .map(({ 0: tag, 1: name, index }) => ({ at: index + tag.length, row: name?.toLowerCase() === "tr" }));
}

const partsOf = (line: string): string[] =>
  line.split(/[|\t]/u).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));

it("a paragraph or a row put anywhere into a page is in the report, in its account, or counted as around it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PAGES), fc.nat(), fc.constantFrom(...LINES), async (file, where, line) => {
      const html = pages.get(file)!;
      const places = placesIn(html);
      const { at: place, row } = places[where % places.length]!;
      const parts = partsOf(line);
      const put = row ? `<tr>${parts.map((part) => `<td>${part}</td>`).join("")}</tr>` : `<p>${parts.join(" ")}</p>`;
      const found = await imported(file, [html.slice(0, place) + put + html.slice(place)]);
      const texts = textsOf(found);
      const lost = parts.map(bare).filter((part) => !isLabel(part) && !texts.includes(part));
      if (lost.length > 0)
        expect(around(found) - around(await imported(file, [html])), lost.join()).toBeGreaterThanOrEqual(
          lost.join("").length,
        );
    }),
    {
      numRuns: 150,
      examples: [
        // A row that strayed among the heads, down to which their merged 总计 reaches.
        ["real/html/hongze-2023.html", 21, "| 其他统计 | 7 | 8 |"],
        // A line within a cell of heads, in a row of nothing but the form's words.
        ["real/html/caijin-2019.html", 77, "联系电话 0571"],
        ["real/html/caijin-2021.html", 50, "某某某"],
      ],
    },
  );
}, 120_000);
