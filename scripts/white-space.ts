/**
 * How much of a page stays white where it ends before the text does: mean lines of 22, over generated reports and those
 * that are given. `node scripts/white-space.ts [REPORT.json…]`
 */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { Report } from "../generated/report.ts";
import { compose } from "../src/compose/compose.ts";
import { openFonts } from "../src/fonts/fonts.ts";
import { HEIGHT, LINES, PITCH, TOP } from "../src/typeset/grid.ts";
import type { Page } from "../src/typeset/page.ts";
import { typeset } from "../src/typeset/typeset.ts";

const at = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const { faces } = openFonts(at("dist/fonts"));
const GENERATED = 300;
const SEED = 9704;

/** Whole lines between what stands lowest on a page and the type area's end. */
function whiteLines({ runs, rules }: Page): number {
  const bottom = TOP + HEIGHT;
  const lowest = Math.max(
    TOP,
    ...runs.filter(({ y, leaf }) => leaf !== undefined && y <= bottom).map(({ y, size }) => y + 0.12 * size),
    ...rules.map(({ y2 }) => y2),
  );
  return Math.min(LINES, Math.floor((bottom - lowest) / PITCH + 0.05));
}

interface Measured {
  readonly pages: number;
  /** White lines of every page that ends before it is full, the last one left out. */
  readonly white: readonly number[];
  readonly cut: number;
}

function measured(report: Report): Measured {
  const { pages } = typeset(compose(report), faces);
  const continued = pages.filter(({ runs }) =>
    runs.some(({ text, leaf }) => leaf === undefined && String.fromCodePoint(...text) === "续表"),
  );
  const white = pages.slice(0, -1).map(whiteLines);
  return { pages: pages.length, white: white.filter((lines) => lines > 0), cut: continued.length };
}

const TEXT = fc.stringMatching(/^[政府信息公开工作年度报告依法申请办理网站平台群众企业监督保障]{20,160}$/u);
const BODY = fc.array(
  TEXT.map((text) => ({ type: "paragraph" as const, text: `${text}。` })),
  { minLength: 1, maxLength: 16 },
);

/** The examples with texts of other lengths. */
async function generated(): Promise<Report[]> {
  const files = (await readdir(at("examples"))).filter((file) => file.endsWith(".json"));
  const bases = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(at(`examples/${file}`), "utf8")) as Report),
  );
  const drawn = fc.sample(fc.tuple(fc.nat(bases.length - 1), BODY, BODY, BODY), { numRuns: GENERATED, seed: SEED });
  return drawn.map(
    ([base, overview, problems, other]) =>
      ({
        ...bases[base]!,
        overview: { body: overview },
        problems: { body: problems },
        other: { body: other },
      }) as Report,
  );
}

function say(name: string, reports: readonly Report[]): void {
  const all = reports.map(measured);
  const white = all.flatMap((own) => own.white);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const mean = white.length === 0 ? 0 : sum(white) / white.length;
  console.log(
    `${name}: ${reports.length} reports, ${sum(all.map(({ pages }) => pages))} pages, ${sum(all.map(({ cut }) => cut))} of them 续表; ${white.length} end early, by ${mean.toFixed(2)} lines in the mean, ${(sum(white) / reports.length).toFixed(2)} lines a report`,
  );
}

say("generated", await generated());
const given = await Promise.all(
  process.argv.slice(2).map(async (file) => JSON.parse(await readFile(file, "utf8")) as Report),
);
if (given.length > 0) say("given", given);
