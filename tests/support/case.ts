import { readFile } from "node:fs/promises";

/** A cell as the published table has it. */
export interface CaseCell {
  readonly text: string;
  readonly colSpan: number;
}

/** The tables of a published case (`tests/fixtures/cases`), row by row, padding and full-width signs normalized. */
export async function caseTables(name: string): Promise<CaseCell[][][]> {
  const html = await readFile(new URL(`../fixtures/cases/${name}.tables.html`, import.meta.url), "utf8");
  return [...html.matchAll(/<table>(.*?)<\/table>/gs)].map(([, table]) =>
    [...table!.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
      [...row!.matchAll(/<td([^>]*)>(.*?)<\/td>/gs)].map(([, attributes, text]) => ({
        text: text!.replaceAll("&nbsp;", " ").trim().replace("＋", "+"),
        colSpan: Number(/colspan="(\d+)"/.exec(attributes!)?.[1] ?? 1),
      })),
    ),
  );
}
