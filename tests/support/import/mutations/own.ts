/** Damage to files that this system made itself. */
import { fileURLToPath } from "node:url";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Report } from "../../../../generated/report.ts";
import { openFonts } from "../../../../src/fonts/fonts.ts";
import { docxOf, renderFiles } from "../../written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../../../dist/fonts", import.meta.url)));

export const OWN_FILES = ["report.html", "report.csv", "report.json", "report.pdf", "report.docx"] as const;
export type OwnFile = (typeof OWN_FILES)[number];

/** A report's file of this system. */
export async function ownFile(report: Report, name: OwnFile): Promise<Uint8Array> {
  return name === "report.docx" ? docxOf(report) : (await renderFiles(report, fonts))[name];
}

export interface OwnMutation {
  readonly kind: string;
  readonly file: OwnFile;
  readonly spoil: (bytes: Uint8Array) => Uint8Array;
}

const edited =
  (from: RegExp | string, to: string) =>
  (bytes: Uint8Array): Uint8Array => {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const after = text.replace(from, to);
    if (after === text) throw new Error(`${from} is not in the file`);
    return new TextEncoder().encode(after);
  };
const inDocx =
  (from: RegExp | string, to: string) =>
  (bytes: Uint8Array): Uint8Array => {
    const parts = unzipSync(bytes);
    const xml = strFromU8(parts["word/document.xml"]!);
    const after = xml.replace(from, to);
    if (after === xml) throw new Error(`${from} is not in the document`);
    return zipSync({ ...parts, "word/document.xml": strToU8(after) });
  };
const cut =
  (share: number) =>
  (bytes: Uint8Array): Uint8Array =>
    bytes.slice(0, Math.floor(bytes.length * share));

const CUTS = [0.2, 0.5, 0.8, 0.95].flatMap((share) =>
  OWN_FILES.map(
    (file): OwnMutation => ({ kind: `our own ${file} cut short at ${share * 100}%`, file, spoil: cut(share) }),
  ),
);

export const OWN: readonly OwnMutation[] = [
  ...CUTS,
  {
    kind: "a row of our own HTML removed",
    file: "report.html",
    spoil: edited(/<tr><th scope="row"[^>]*>2\.重复申请.*?<\/tr>/s, ""),
  },
  {
    kind: "a label in our own HTML altered",
    file: "report.html",
    spoil: edited(/(<th scope="row"[^>]*>)2\.重复申请/, "$1甲乙丙丁"),
  },
  {
    kind: "a figure in our own HTML made unreadable",
    file: "report.html",
    spoil: edited(/(2\.重复申请<\/th><td class="figure">)\d+/, "$1l0"),
  },
  {
    kind: "a cell of our own HTML removed",
    file: "report.html",
    spoil: edited(/(2\.重复申请<\/th>)<td class="figure">\d+<\/td>/, "$1"),
  },
  { kind: "a table of our own HTML removed", file: "report.html", spoil: edited(/<table>.*?<\/table>/s, "") },
  {
    kind: "the signature of our own HTML removed",
    file: "report.html",
    spoil: edited(/<p class="signature">.*?<\/p>/s, ""),
  },
  {
    kind: "a section's heading in our own HTML removed",
    file: "report.html",
    spoil: edited(/<h2 id="problems">.*?<\/h2>/s, ""),
  },
  {
    kind: "a row of our own CSV removed",
    file: "report.csv",
    spoil: edited(/[^\n]*\/requests\/received\/research[^\n]*\n/, ""),
  },
  {
    kind: "a figure of our own CSV made unreadable",
    file: "report.csv",
    spoil: edited(/,\d+(,[^\n,]*,\/requests\/received\/research)/, ",1O$1"),
  },
  {
    kind: "a path in our own CSV altered",
    file: "report.csv",
    spoil: edited("/requests/received/research", "/requests/received/reserch"),
  },
  {
    kind: "a row of our own CSV twice with another figure",
    file: "report.csv",
    spoil: edited(/([^\n]*,)\d+(,[^\n,]*,\/requests\/received\/research[^\n]*\n)/, "$&$19999$2"),
  },
  { kind: "a figure of our own JSON removed", file: "report.json", spoil: edited(/"research": \d+,/, "") },
  {
    kind: "a figure of our own JSON as words",
    file: "report.json",
    spoil: edited(/"research": \d+/, '"research": "十"'),
  },
  {
    kind: "a row of our own DOCX's document removed",
    file: "report.docx",
    spoil: inDocx(/<w:tr>(?:(?!<w:tr>).)*2\.重复申请.*?<\/w:tr>/s, ""),
  },
  { kind: "a label in our own DOCX altered", file: "report.docx", spoil: inDocx("2.重复申请", "甲乙丙丁") },
];
