import { type Command, InvalidArgumentError, Option } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { writeOutput } from "../output.ts";
import type { Answer } from "../query/duckdb.ts";

interface Options {
  readonly from: string;
  readonly format: "table" | "csv" | "json";
  readonly output: string;
  readonly year?: readonly number[];
  readonly province?: readonly string[];
}

const listOf =
  <T>(shape: RegExp, zh: string, en: string, make: (text: string) => T) =>
  (text: string): T[] => {
    const parts = text.split(",").map((part) => part.trim());
    if (parts.every((part) => shape.test(part))) return parts.map(make);
    throw new InvalidArgumentError(say(zh, en));
  };

export const queryCommand = (): Command =>
  command(
    "query",
    `nianbao query "select year, sum(requests_received_total) from reports where addable group by year order by year" --from https://www.example.gov.cn`,
    `nianbao query "select organ, value from figures where cell = '/requests/received/total' and current order by value desc limit 10" --from ./published --format csv`,
  )
    .description(
      say(
        "用SQL查询全部已公布的数字：表 figures（一个数字一行）和 reports（一版报告一行），只读",
        "ask all published figures in SQL: the tables figures (a row a figure) and reports (a row a version), read-only",
      ),
    )
    .argument("<sql>", say("一句 SELECT（DuckDB 的 SQL）", "one SELECT, in DuckDB's SQL"))
    .addOption(
      new Option(
        "--from <where>",
        say(
          "数据在哪里：文件夹、公开网址，或 s3://存储桶/前缀",
          "where the data are: a folder, a public address, or s3://bucket/prefix",
        ),
      ).default("."),
    )
    .option(
      "--year <years>",
      say("只取这些年度，逗号分隔", "of these years only, separated by commas"),
      listOf(/^\d{4}$/, "年度应为四位数字", "a year has four digits", Number),
    )
    .option(
      "--province <codes>",
      say("只取这些省份（两位代码），逗号分隔", "of these provinces only (two digits), separated by commas"),
      listOf(/^\d{2}$/, "省份应为两位代码", "a province has two digits", String),
    )
    .addOption(
      new Option("--format <format>", say("输出的格式", "how the answer is printed"))
        .choices(["table", "csv", "json"])
        .default("table"),
    )
    .option("-o, --output <file>", say("写到文件", "write to a file"), "-")
    .action(query);

const text = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** How many columns of a terminal a text takes: Chinese characters take two. */
const width = (of: string): number =>
  [...of].reduce(
    (sum, c) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1),
    0,
  );

function tableOf({ columns, rows }: Answer): string {
  const lines = [columns, ...rows.map((row) => row.map(text))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? ""))));
  const numeric = columns.map((_, i) => rows.every((row) => /^(-?\d[\d.e+]*)?$/.test(text(row[i]))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const room = " ".repeat(widths[i]! - width(cell));
        return numeric[i] ? room + cell : cell + room;
      })
      .join("  ")
      .trimEnd();
  return `${[line(columns), widths.map((w) => "─".repeat(w)).join("  "), ...lines.slice(1).map(line)].join("\n")}\n`;
}

async function query(sql: string, { from, format, output, year, province }: Options): Promise<void> {
  const [{ ask, loadDuckDB }, { localFiles }, { csv }] = await Promise.all([
    import("../query/duckdb.ts"),
    import("../query/source.ts"),
    import("../../src/formats/csv/csv.ts"),
  ]);
  const duckdb = await loadDuckDB();
  const answer = await ask(duckdb, sql, await localFiles(from, { years: year, provinces: province }));
  const { columns, rows } = answer;
  const encode = (written: string): Uint8Array => new TextEncoder().encode(written);
  const bytes =
    format === "csv"
      ? csv([columns, ...rows.map((row) => row.map(text))])
      : format === "json"
        ? encode(
            `${JSON.stringify(
              rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
              null,
              2,
            )}\n`,
          )
        : encode(tableOf(answer));
  await writeOutput(output, bytes);
}
