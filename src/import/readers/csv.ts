import { CsvError, parse } from "csv-parse/sync";
import type { FormLabels } from "../../form/label-index.ts";
import { isReportCsv, reportOfCsv } from "../../formats/csv/read.ts";
import type { ExactDocument, SourceDocument, SourceTable, SourceText } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { fieldCell, type SourceCell } from "../source.ts";
import type { ReadOptions } from "./reader.ts";
import { textItems } from "./text-rows.ts";

type Delimiter = "," | "\t" | ";";

/** More rows and columns than any report has. */
const MAX_ROWS = 100_000;
const MAX_COLUMNS = 1000;
/** How much of a file tells what parts its fields, in characters. */
const SAMPLE = 200_000;

/** How a report's own CSV begins. */
const OWN = /^\ufeff?"?统一社会信用代码"?([,;\t])/;

/** A text as records; without a delimiter every line is one. */
function recordsOf(text: string, delimiter: Delimiter | undefined, quoted = true): string[][] {
  if (delimiter === undefined) return text.split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/).map((line) => [line]);
  const options = { delimiter, bom: true, relax_column_count: true, relax_quotes: true, to: MAX_ROWS + 1 };
  return parse(text, quoted ? options : { ...options, quote: null });
}

/** What parts the fields of a text; nothing where it is running text. */
function delimiterOf(text: string, name: string): Delimiter | undefined {
  const own = OWN.exec(text)?.[1];
  if (own) return own as Delimiter;
  const lines = text.slice(0, SAMPLE).split(/\r\n|[\r\n]/);
  // A thousands separator, or a comma in a sentence, parts no fields.
  const counts = (pattern: RegExp): number[] => lines.map((line) => line.match(pattern)?.length ?? 0);
  // A tab before all else of its line is an indent.
  const tabs = lines.map((line) => line.trimStart().split("\t").length - 1);
  const [commas, semicolons] = [counts(/,/g), counts(/;/g)];
  const some = (list: readonly number[]): number => list.filter((count) => count > 0).length;
  if (some(tabs) > 1 || /\.(?:tsv|tab)$/i.test(name)) return "\t";
  const filled = lines.filter((line) => line.trim() !== "").length;
  const table = /\.csv$/i.test(name);
  const steady = (list: readonly number[]): boolean =>
    some(list) > 1 && some(list) >= filled * (table ? 0 : 0.6) && Math.max(...list) > 1;
  if (steady(semicolons) && some(semicolons) > some(commas)) return ";";
  return steady(commas) || table ? "," : undefined;
}

/** Whether a record that has one text is of the table that it stands in or above: a caption, a row left blank. */
function ofTable(text: string, within: boolean, labels: FormLabels): boolean {
  if (labels.isTitle(text)) return false;
  return labels.isLabel(text) || (within && text.length <= 40 && !/[。：:]|^续表|报告$/.test(text.trim()));
}

const oneLine = (text: string): string => text.replace(/[\t\r\n ]+/g, " ");

/** A field with its lines apart: two figures in it are not one. */
const lined = (field: string): string =>
  field
    .replace(/[\t ]+/g, " ")
    .replace(/ ?(?:\r\n|[\r\n\v\f\u0085\u2028\u2029])[\s]*/g, "\n")
    .replace(/^\n|\n$/g, "");

/** Records as what a reader sees: runs of records with several texts are tables, the others paragraphs. */
function itemsOf(
  records: readonly (readonly string[])[],
  delimiter: Delimiter,
  labels: FormLabels,
): (SourceText | SourceTable)[] {
  const items: (SourceText | SourceTable)[] = [];
  let rows: SourceCell[][] = [];
  const end = (): void => {
    if (rows.length > 0) items.push({ kind: "table", grid: rows });
    rows = [];
  };
  for (const record of records) {
    // Lines with tabs are often pasted with a blank line after each.
    if (delimiter === "\t" && record.length === 1 && record[0]!.trim() === "") continue;
    const texts = record.filter((field) => field.trim() !== "");
    if (
      texts.length > 1 ||
      (texts[0] !== undefined && record.length > 1 && ofTable(texts[0], rows.length > 0, labels))
    ) {
      rows.push(record.map((field) => fieldCell(lined(field))));
      continue;
    }
    end();
    for (const line of texts[0]?.split(/[\r\n]+/) ?? []) {
      const text = oneLine(line).trim();
      if (text !== "") items.push({ kind: "text", text });
    }
  }
  end();
  return items;
}

type TextFormat = "csv" | "tsv" | "txt";
const FORMATS: Readonly<Record<Delimiter, TextFormat>> = { ",": "csv", ";": "csv", "\t": "tsv" };

/** Which kind of text a file is, by what is in it. */
export async function textFormatOf(bytes: Uint8Array, name: string): Promise<TextFormat> {
  const { decode } = await import("./decode.ts");
  const delimiter = delimiterOf(decode(bytes).text, name);
  return delimiter === undefined ? "txt" : FORMATS[delimiter];
}

/**
 * Reads CSV (RFC 4180, parted by commas, tabs or semicolons) and plain text in any encoding that decode knows.
 * @returns of a report's own CSV the report, exactly; of others tables and paragraphs
 * @throws ImportError when it has more rows or columns than any report, or is a report's CSV that was altered
 */
export async function readCsv(
  bytes: Uint8Array,
  { name = "", labels }: ReadOptions,
): Promise<SourceDocument | ExactDocument> {
  const { decode } = await import("./decode.ts");
  const { text, encoding, undecodable } = decode(bytes);
  const delimiter = delimiterOf(text, name);
  let records: string[][];
  try {
    records = recordsOf(text, delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (OWN.test(text))
      throw new ImportError(
        "CSV中有引号没有配对，文件可能不完整；请重新下载",
        "A quotation mark in the CSV is not closed; the file may be incomplete",
      );
    records = recordsOf(text, delimiter, false);
  }
  if (records.length > MAX_ROWS || records.some((record) => record.length > MAX_COLUMNS))
    throw new ImportError(
      `表格超过${MAX_ROWS}行或${MAX_COLUMNS}列，不是一份年度报告`,
      `More than ${MAX_ROWS} rows or ${MAX_COLUMNS} columns: not a report`,
    );
  const format = delimiter === undefined ? "txt" : FORMATS[delimiter];
  if (!isReportCsv(records)) {
    const items =
      delimiter === undefined
        ? textItems(
            records.map(([line]) => line!),
            labels,
          )
        : itemsOf(records, delimiter, labels);
    return { format, encoding, ...(undecodable ? { undecodable } : {}), items };
  }
  if (undecodable)
    throw new ImportError(
      `CSV中有${undecodable}个字符已损坏，不能照原样导入；请重新下载`,
      `${undecodable} characters of the CSV are damaged, so that it cannot be imported as it was; download it again`,
    );
  return { format, encoding, report: reportOfCsv(records) };
}
