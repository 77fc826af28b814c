/** Tables as CSV (RFC 4180) of our own making, put together and read. */

const MARK = "\ufeff";

/** Several tables with the same heads as one: the heads once. A year has one edition, so that they are the same. */
export const joined = (tables: readonly string[]): string =>
  MARK +
  tables
    .map((text) => (text.startsWith(MARK) ? text.slice(1) : text))
    .map((text, i) => (i === 0 ? text : text.slice(text.indexOf("\r\n") + 2)))
    .join("");

/** The fields of a table, a row each. */
export function rowsIn(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text
    .slice(text.startsWith(MARK) ? 1 : 0)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (end === "" && row.length === 1 && row[0] === "") break;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}
