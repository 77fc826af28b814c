/** The faults of public bug reports in every format that can hold them. */
import { DOCX_FAULTS } from "./office-faults/docx.ts";
import { faultyDocx, faultyXlsx } from "./office-faults/fault.ts";
import { XLSX_FAULTS } from "./office-faults/xlsx.ts";
import { asCsv, asText, TEXT_FAULTS, TEXTS } from "./text-faults.ts";
import { FAULTS, faultyPage, pageOf } from "./unseen.ts";

export const KINDS = ["html", "pdf", "docx", "xlsx", "md", "txt", "csv"] as const;
export type Kind = (typeof KINDS)[number];

/** A file with one fault, or with none. */
export interface MadeFile {
  readonly kind: Kind;
  readonly fault: string;
  readonly make: () => Promise<Uint8Array>;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (kind: Kind, fault: string, make: () => string | Promise<string>): MadeFile => ({
  kind,
  fault,
  make: async () => utf8(await make()),
});

/** A picture that a page can show: one red point, as large as it is asked to be. */
const POINT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";
const pictured = `<p><img src="${POINT}" width="400" height="200"></p>`;
const withPictures = (tables: string): string => tables.replace(/<table>[\s\S]*?<\/table>/g, () => pictured);
/** Each cell of a head of its own, where the form has one over several: as clerks merge by drawing no lines. */
const mergedByHand = (tables: string): string =>
  tables.replace(/<td colspan="(\d+)">([^<]*\p{Script=Han}[^<]*)<\/td>/gu, (_, span: string, label: string) =>
    [`<td>${label}</td>`, ...Array.from({ length: Number(span) - 1 }, () => "<td></td>")].join(""),
  );

/** What is wrong with more than one cell. */
const WHOLE: readonly (readonly [string, (tables: string) => string])[] = [
  ["tables that are pictures", withPictures],
  ["heads merged by hand", mergedByHand],
  ["amounts in millions", (tables) => tables.replace("单位：万元", "单位：百万元")],
  ["radicals in labels", (tables) => tables.replace("行政许可", "⾏政许可")],
];

/**
 * Of the pages those that are printed: what shows as it is seen on the page. The others print as a blank cell, as another
 * figure that everybody can see, or as one of these.
 */
const PRINTED = [
  "a struck digit",
  "a digit struck within",
  "a raised digit",
  "white on white",
  "transparent",
  "an input",
  "a picture",
  "a nested table",
  "two paragraphs",
  "two blocks by style",
  "preformatted lines",
  "combining marks",
  "the numeral one",
  "a white box with another figure over it",
  "digits scaled to a third",
  "tables that are pictures",
  "heads merged by hand",
  "amounts in millions",
  "radicals in labels",
];

/** The page that a browser prints: where its picture has an address, it has one that can be loaded. */
const printable = (html: string): string => html.replaceAll(/src="(?:a|0)\.png"/g, `src="${POINT}" width="20"`);

/**
 * Every file with a fault.
 * @param print prints a page
 */
export const madeFiles = (print: (html: string) => Promise<Uint8Array>): readonly MadeFile[] => {
  const pages = [
    ...FAULTS.map((fault) => [fault.name, () => faultyPage(fault)] as const),
    ...WHOLE.map(([name, change]) => [name, () => pageOf(change)] as const),
  ];
  return [
    ...pages.map(([name, make]) => text("html", name, make)),
    ...pages
      .filter(([name]) => PRINTED.includes(name))
      .map(
        ([name, make]): MadeFile => ({ kind: "pdf", fault: name, make: async () => print(printable(await make())) }),
      ),
    ...DOCX_FAULTS.map(
      (fault): MadeFile => ({ kind: "docx", fault: fault.name, make: async () => faultyDocx(fault).bytes }),
    ),
    ...XLSX_FAULTS.map(
      (fault): MadeFile => ({ kind: "xlsx", fault: fault.name, make: async () => faultyXlsx(fault).bytes }),
    ),
    ...Object.values(TEXTS).flatMap((rows) =>
      TEXT_FAULTS.map(({ name, write }) => text(rows.extension, name, () => asText(write, rows))),
    ),
    ...TEXT_FAULTS.map(({ name, write }) => text("csv", name, () => asCsv(write))),
  ];
};

/** The same files without a fault. */
export const soundFiles = (print: (html: string) => Promise<Uint8Array>): readonly MadeFile[] => [
  text("html", "", () => pageOf((tables) => tables)),
  { kind: "pdf", fault: "", make: async () => print(await pageOf((tables) => tables)) },
  { kind: "docx", fault: "", make: async () => faultyDocx({ name: "", is: "read" }).bytes },
  { kind: "xlsx", fault: "", make: async () => faultyXlsx({ name: "", is: "read" }).bytes },
  ...Object.values(TEXTS).map((rows) => text(rows.extension, "", () => asText((figure) => figure, rows))),
  text("csv", "", () => asCsv((figure) => figure)),
];
