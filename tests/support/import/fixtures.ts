/** The files that the importer must read: real and generated reports, with what real files have. */
import type { Report } from "../../../generated/report.ts";
import type { FormatName } from "./formats.ts";
import type { Quirk } from "./made.ts";
import * as figures from "./quirks/figures.ts";
import * as labels from "./quirks/labels.ts";
import * as narrative from "./quirks/narrative.ts";
import * as page from "./quirks/page.ts";
import * as tables from "./quirks/tables.ts";
import { generated, hangzhou, liaocheng } from "./specimens.ts";

export interface Fixture {
  readonly name: string;
  readonly format: FormatName;
  readonly report: Report;
  readonly quirks: readonly Quirk[];
}

const REPORTS = {
  "liaocheng 2020": liaocheng,
  "hangzhou 2025": hangzhou,
  "generated 2019": generated(19, { year: 2019 }),
  "generated 2020": generated(20, { year: 2020, dense: true }),
  "generated 2021": generated(21, { year: 2021 }),
  "generated 2023": generated(23, { year: 2023, dense: true }),
  "generated 2030": generated(30, { year: 2030 }),
} as const;
type Name = keyof typeof REPORTS;

const HTML = "HTML in UTF-8";
const WORD = "DOCX of Word";
const WPS = "DOCX of WPS";
const XLSX = "XLSX of one sheet";
const CSV = "CSV in UTF-8";

type Row = readonly [format: FormatName, report: Name, ...quirks: readonly Quirk[]];

/** Each quirk alone. */
const ALONE: readonly Row[] = [
  [HTML, "hangzhou 2025", page.site],
  [HTML, "liaocheng 2020", page.layout],
  [HTML, "generated 2021", page.tangled],
  [HTML, "generated 2023", page.marked],
  [HTML, "generated 2019", page.titleOnOneLine],
  [HTML, "hangzhou 2025", page.titleOnThreeLines],
  [HTML, "liaocheng 2020", page.titleInHeadAlone],
  [WORD, "hangzhou 2025", page.titleInHeadAlone],
  [HTML, "generated 2020", page.titleSpaced],
  [HTML, "generated 2030", page.titleFullWidth],
  [HTML, "generated 2023", page.titleOfSomeYears],
  [HTML, "liaocheng 2020", page.signedInHan],
  [HTML, "hangzhou 2025", page.signedInHanWithCircle],
  [HTML, "generated 2020", page.signedWithZeros],
  [HTML, "generated 2019", page.signedFullWidth],
  [HTML, "generated 2021", page.signedSpaced],
  [HTML, "generated 2023", page.signedWithHyphens],
  [HTML, "generated 2030", page.signedOnOneLine],
  [HTML, "liaocheng 2020", page.dateAlone],
  [HTML, "hangzhou 2025", page.unnumberedSections],
  [HTML, "liaocheng 2020", page.spacedSections],
  [HTML, "generated 2021", page.dottedSections],
  [HTML, "liaocheng 2020", page.phraseJoined],
  [HTML, "hangzhou 2025", page.phraseSplit],
  [HTML, "generated 2020", page.tableTitles],
  [HTML, "liaocheng 2020", labels.spaced],
  [HTML, "hangzhou 2025", labels.ideographicSpaces],
  [HTML, "generated 2020", labels.halfBrackets],
  [HTML, "generated 2023", labels.mixedBrackets],
  [HTML, "generated 2019", labels.brokenLabels],
  [HTML, "hangzhou 2025", labels.unnumbered],
  [HTML, "generated 2020", labels.unnumbered],
  [HTML, "liaocheng 2020", labels.otherNumbers],
  [HTML, "generated 2023", labels.otherQuotes],
  [HTML, "liaocheng 2020", labels.noted],
  [HTML, "generated 2023", labels.noted],
  [HTML, "generated 2020", labels.unmerged],
  [HTML, "generated 2023", labels.repeated],
  [HTML, "generated 2020", tables.continuedTable],
  [HTML, "hangzhou 2025", tables.continuedWithWord],
  [HTML, "generated 2023", tables.blocksApart],
  [HTML, "generated 2020", tables.allInOne],
  [HTML, "generated 2023", tables.rowsTurned],
  [HTML, "generated 2020", tables.columnsTurned],
  [HTML, "generated 2023", figures.fullWidth],
  [HTML, "liaocheng 2020", figures.fullWidth],
  [HTML, "hangzhou 2025", figures.thousands],
  [HTML, "hangzhou 2025", figures.fullWidthThousands],
  [HTML, "generated 2019", figures.padded],
  [HTML, "generated 2021", figures.decimals],
  [HTML, "generated 2020", figures.counters],
  [HTML, "liaocheng 2020", figures.slashes],
  [HTML, "hangzhou 2025", figures.dashes],
  [HTML, "generated 2019", figures.none],
  [HTML, "generated 2021", figures.wideZeros],
  [HTML, "generated 2021", figures.blanks],
  [HTML, "liaocheng 2020", figures.noBreakBlanks],
  [HTML, "hangzhou 2025", figures.totalColumnBlank],
  [HTML, "generated 2023", figures.totalRowBlank],
  [HTML, "generated 2020", figures.remedyTotalsBlank],
  [HTML, "liaocheng 2020", figures.inYuan],
  [HTML, "generated 2019", figures.inTenThousands],
  [HTML, "generated 2020", figures.groupedYuan],
  [HTML, "liaocheng 2020", figures.bareMoney],
  [HTML, "hangzhou 2025", figures.convertedYuan],
  [HTML, "liaocheng 2020", figures.fourteenZeros],
  [HTML, "generated 2023", figures.fourteenWithoutTotal],
  [HTML, "generated 2020", figures.fourteenInDoubt],
  [CSV, "liaocheng 2020", figures.fourteenZeros],
  ["Excel's clipboard", "generated 2020", narrative.halfWidthHeadings],
  [HTML, "liaocheng 2020", narrative.halfWidthHeadings],
  [HTML, "generated 2023", narrative.fullWidthHeadings],
  [HTML, "generated 2021", narrative.spacedHeadings],
  [HTML, "liaocheng 2020", narrative.indented],
  [HTML, "hangzhou 2025", narrative.emptyLines],
  [HTML, "generated 2023", narrative.numberedSentences],
  [HTML, "generated 2030", narrative.unnumberedHeadings],
  [WORD, "liaocheng 2020", narrative.automaticNumbers],
  [WPS, "generated 2023", narrative.automaticNumbers],
  [WORD, "generated 2020", figures.trackedChange],
  [XLSX, "generated 2020", figures.formulas],
  [XLSX, "liaocheng 2020", figures.numbersAsText],
  [XLSX, "hangzhou 2025", figures.binaryMoney],
];

/** Every format without any quirk, on both editions. */
const CLEAN: readonly Row[] = (
  [
    HTML,
    "HTML in GBK",
    "HTML in GB18030 that calls itself GB2312",
    "HTML in GBK that does not say so",
    "Excel's clipboard",
    "WPS's clipboard",
    WORD,
    WPS,
    XLSX,
    "XLSX of a sheet for each section",
    CSV,
    "CSV in GBK",
    "TSV",
    "PDF",
  ] as const
).flatMap((format, i): Row[] => [
  [format, i % 2 === 0 ? "liaocheng 2020" : "generated 2020"],
  [format, i % 2 === 0 ? "generated 2023" : "hangzhou 2025"],
]);

/** Many at once, and in formats that have their own ways. */
const TOGETHER: readonly Row[] = [
  [
    "HTML in GBK",
    "hangzhou 2025",
    page.site,
    page.tangled,
    labels.spaced,
    figures.thousands,
    figures.dashes,
    page.signedInHan,
  ],
  [
    "HTML in GBK",
    "liaocheng 2020",
    page.layout,
    labels.halfBrackets,
    figures.fullWidth,
    figures.fourteenZeros,
    page.phraseSplit,
  ],
  [HTML, "generated 2021", page.site, tables.allInOne, figures.totalColumnBlank, figures.blanks, narrative.indented],
  [
    HTML,
    "generated 2020",
    page.layout,
    page.tangled,
    tables.blocksApart,
    tables.continuedTable,
    labels.unnumbered,
    figures.padded,
  ],
  [
    HTML,
    "generated 2030",
    page.site,
    page.titleInHeadAlone,
    narrative.fullWidthHeadings,
    narrative.emptyLines,
    page.spacedSections,
  ],
  [WORD, "liaocheng 2020", page.marked, labels.noted, figures.fullWidth, figures.noBreakBlanks, page.signedSpaced],
  [
    WORD,
    "generated 2023",
    tables.continuedWithWord,
    labels.mixedBrackets,
    figures.thousands,
    narrative.numberedSentences,
  ],
  [
    WPS,
    "hangzhou 2025",
    tables.blocksApart,
    labels.ideographicSpaces,
    figures.fullWidthThousands,
    figures.totalRowBlank,
  ],
  [WPS, "generated 2019", tables.rowsTurned, figures.blanks, figures.bareMoney, narrative.halfWidthHeadings],
  [WPS, "generated 2020", figures.fourteenWithoutTotal, labels.brokenLabels, page.phraseJoined],
  [XLSX, "hangzhou 2025", figures.totalColumnBlank, figures.totalRowBlank, labels.spaced],
  [XLSX, "liaocheng 2020", figures.noBreakBlanks, labels.noted, figures.inYuan, page.titleOnOneLine],
  [XLSX, "generated 2023", tables.rowsTurned, labels.unnumbered, figures.counters],
  ["XLSX of a sheet for each section", "generated 2020", figures.remedyTotalsBlank, figures.slashes, labels.unmerged],
  [CSV, "hangzhou 2025", figures.thousands, labels.halfBrackets, page.titleOnOneLine],
  [CSV, "generated 2020", figures.totalColumnBlank, figures.none, page.signedOnOneLine],
  ["CSV in GBK", "liaocheng 2020", figures.fullWidth, figures.slashes, labels.brokenLabels],
  ["TSV", "generated 2023", tables.rowsTurned, figures.padded, figures.totalRowBlank],
  ["Excel's clipboard", "hangzhou 2025", figures.thousands, figures.wideZeros, labels.spaced, figures.totalColumnBlank],
  ["Excel's clipboard", "generated 2019", tables.continuedTable, figures.none, labels.noted],
  [
    "WPS's clipboard",
    "generated 2023",
    labels.mixedBrackets,
    figures.fullWidth,
    narrative.spacedHeadings,
    page.signedFullWidth,
  ],
  ["WPS's clipboard", "liaocheng 2020", figures.fourteenZeros, figures.dashes, page.phraseJoined, narrative.indented],
  ["PDF", "hangzhou 2025", figures.thousands, page.titleOnOneLine, narrative.halfWidthHeadings],
  ["PDF", "liaocheng 2020", figures.slashes, page.signedInHan, page.phraseSplit],
  ["PDF", "generated 2023", tables.continuedTable, labels.mixedBrackets, figures.fullWidth],
];

export const FIXTURES: readonly Fixture[] = [...CLEAN, ...ALONE, ...TOGETHER].map(([format, report, ...quirks]) => ({
  name: `${format}, ${report}: ${quirks.length === 0 ? "as the form has it" : quirks.map(({ name }) => name).join("; ")}`,
  format,
  report: REPORTS[report],
  quirks,
}));
