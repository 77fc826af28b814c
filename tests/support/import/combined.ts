/** Any number of files with several quirks at once, picked by chance and the same every time. */
import type { Fixture } from "./fixtures.ts";
import type { FormatName } from "./formats.ts";
import type { Quirk } from "./made.ts";
import * as figures from "./quirks/figures.ts";
import * as labels from "./quirks/labels.ts";
import * as narrative from "./quirks/narrative.ts";
import * as page from "./quirks/page.ts";
import * as tables from "./quirks/tables.ts";
import { randomFrom } from "./random.ts";
import { generated } from "./specimens.ts";

const FORMATS: readonly FormatName[] = [
  "HTML in UTF-8",
  "HTML in GBK",
  "DOCX of Word",
  "DOCX of WPS",
  "XLSX of one sheet",
  "XLSX of a sheet for each section",
  "CSV in UTF-8",
  "TSV",
  "Excel's clipboard",
  "WPS's clipboard",
];

/** Of each of these at most one: what is done to tables comes before what is done to their labels and figures. */
const GROUPS: readonly (readonly Quirk[])[] = [
  [page.titleOnOneLine, page.titleOnThreeLines, page.titleSpaced, page.titleFullWidth, page.titleOfSomeYears],
  [
    page.signedInHan,
    page.signedWithZeros,
    page.signedFullWidth,
    page.signedSpaced,
    page.signedOnOneLine,
    page.dateAlone,
  ],
  [page.unnumberedSections, page.spacedSections, page.dottedSections, page.phraseJoined, page.phraseSplit],
  [tables.blocksApart, tables.rowsTurned, tables.columnsTurned],
  [labels.unmerged, labels.repeated, tables.continuedTable, tables.continuedWithWord],
  [labels.spaced, labels.ideographicSpaces, labels.halfBrackets, labels.mixedBrackets, labels.brokenLabels],
  [labels.unnumbered, labels.otherNumbers, labels.otherQuotes, labels.noted],
  [figures.slashes, figures.dashes, figures.none, figures.blanks, figures.noBreakBlanks, figures.totalColumnBlank],
  [
    figures.fullWidth,
    figures.thousands,
    figures.fullWidthThousands,
    figures.padded,
    figures.decimals,
    figures.counters,
  ],
  [narrative.halfWidthHeadings, narrative.fullWidthHeadings, narrative.spacedHeadings, narrative.numberedSentences],
  [narrative.indented, narrative.emptyLines],
];
const AROUND = [page.site, page.layout, page.tangled];

export function combined(seed: number): Fixture {
  const random = randomFrom(seed * 7919);
  const year = 2019 + random.below(8);
  const format = random.pick(FORMATS);
  const quirks = GROUPS.flatMap((group) => (random.below(2) ? [random.pick(group)] : []));
  if (format.startsWith("HTML")) quirks.push(random.pick(AROUND));
  return {
    name: `combination ${seed}, ${format}, ${year}: ${quirks.map(({ name }) => name).join("; ")}`,
    format,
    report: generated(seed, { year, dense: random.below(2) === 0 }),
    quirks,
  };
}
