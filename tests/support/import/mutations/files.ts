/** Damage to the file itself. */
import type { FormatName } from "../formats.ts";
import { tableOf, tablesOf } from "../paper.ts";
import type { Mutation } from "./mutation.ts";

const cut = (percent: number): Mutation => ({
  kind: "the file cut short",
  formats: [
    "HTML in UTF-8",
    "HTML in GBK",
    "DOCX of Word",
    "XLSX of one sheet",
    "CSV in UTF-8",
    "TSV",
    "PDF",
    "Excel's clipboard",
  ],
  spoil: (bytes) => ({ bytes: bytes.slice(0, Math.floor((bytes.length * percent) / 100)), what: `at ${percent}%` }),
});

/** A hundred bytes that no encoding of Chinese has, from some place on. */
const broken = (formats: readonly FormatName[]): Mutation => ({
  kind: "bytes that are no text",
  formats,
  times: 3,
  spoil: (bytes, random) => {
    const from = Math.floor(bytes.length * 0.15) + random.below(Math.floor(bytes.length * 0.7));
    const spoiled = bytes.slice();
    for (let i = from; i < from + 100; i += 1) spoiled[i] = i % 2 === 0 ? 0xff : 0xfe;
    return { bytes: spoiled, what: `from ${from}` };
  },
});

const replaced = (kind: string, formats: readonly FormatName[], pattern: RegExp, by: string): Mutation => ({
  kind,
  formats,
  spoil: (bytes) => ({
    bytes: new TextEncoder().encode(new TextDecoder().decode(bytes).replace(pattern, by)),
    what: String(pattern),
  }),
});

/** Text that was read in the wrong encoding and saved so: what it was cannot be told any more. */
const misread: Mutation = {
  kind: "text that was misread and saved again",
  formats: ["HTML in UTF-8", "CSV in UTF-8"],
  spoil: (bytes) => ({
    bytes: new TextEncoder().encode(new TextDecoder("gb18030").decode(bytes)),
    what: "UTF-8 as GB18030",
  }),
};

export const FILES: readonly Mutation[] = [
  ...[5, 25, 45, 60, 75, 85, 93].map(cut),
  broken(["HTML in UTF-8", "HTML in GBK", "CSV in UTF-8", "TSV"]),
  misread,
  replaced("the rows of a table run together", ["HTML in UTF-8"], /<\/tr>\n<tr>/g, ""),
  replaced(
    "a quote that never ends",
    ["CSV in UTF-8"],
    /一、本年新收政府信息公开申请数量/,
    '"一、本年新收政府信息公开申请数量',
  ),
  {
    kind: "thousands separators without quotes in CSV",
    formats: ["CSV in UTF-8"],
    times: 2,
    spoil: (bytes) => {
      const text = new TextDecoder().decode(bytes);
      return { bytes: new TextEncoder().encode(text.replace(/,(\d)(\d{3}),/g, ",$1,$2,")), what: "1234 → 1,234" };
    },
  },
  {
    kind: "a sheet missing",
    formats: ["XLSX of a sheet for each section"],
    times: 3,
    apply: ({ paper }, random) => {
      const key = random.pick(tablesOf(paper)).key;
      const table = tableOf(paper, key);
      paper.items = paper.items.filter((item) => item !== table && !(item.kind === "text" && item.key === key));
      return { what: key, places: table.grid.flat().flatMap(({ pointer }) => pointer ?? []) };
    },
  },
];
