/** SQL over the files of the dataset, by DuckDB: one question at a time, that can read them and do nothing else. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as DuckDB from "@duckdb/node-api";
import type { TableName } from "../../src/dataset/files.ts";
import { Complaint } from "../exit.ts";
import { say } from "../language.ts";
import type { LocalFiles } from "./source.ts";

const PACKAGE = "@duckdb/node-api";

/** The package beside the command, or in the folder where it is called. @throws Complaint where there is none */
export async function loadDuckDB(name = PACKAGE): Promise<typeof DuckDB> {
  const around = (): string => createRequire(pathToFileURL(join(process.cwd(), "x.js"))).resolve(name);
  for (const find of [() => name, () => pathToFileURL(around()).href])
    try {
      return (await import(find())) as typeof DuckDB;
    } catch (error) {
      if (!/Cannot find (package|module)/.test((error as Error).message)) throw error;
    }
  throw new Complaint(
    say(
      `query 命令要用 DuckDB（约70 MB），没有随本程序安装。请运行 npm install -g ${PACKAGE}（或在当前目录 npm install ${PACKAGE}），再试一次。`,
      `The query command needs DuckDB (some 70 MB), which is not installed with this program. Run npm install -g ${PACKAGE} (or npm install ${PACKAGE} in this folder) and try again.`,
    ),
  );
}

export type Answer = {
  readonly columns: readonly string[];
  /** null, booleans, numbers, and strings for what JSON has no number for; lists and structures as JSON. */
  readonly rows: readonly (readonly unknown[])[];
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** An amount without zeros at the end of its fraction: sums of whole numbers are whole. */
const shown = (value: unknown, decimal: boolean): unknown =>
  decimal && typeof value === "string" ? value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : value;

/**
 * Asks one question. Files other than the dataset's cannot be read, none can be written, no extension is loaded and no
 * setting changed: SQL from elsewhere may be asked.
 * @throws Complaint with what is wrong with the question
 */
export async function ask(duckdb: typeof DuckDB, sql: string, files: LocalFiles): Promise<Answer> {
  if (sql.trim() === "") throw new Complaint(say("没有写 SQL", "there is no SQL"));
  const { DuckDBInstance, DuckDBTypeId, StatementType } = duckdb;
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    for (const table of ["figures", "reports"] as const satisfies readonly TableName[])
      await connection.run(
        `CREATE VIEW ${table} AS SELECT * FROM read_parquet([${files[table].map(quoted).join(", ")}], union_by_name = true)`,
      );
    await connection.run(`SET allowed_paths = [${[...files.figures, ...files.reports].map(quoted).join(", ")}]`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new Complaint(say("一次只能问一句 SQL", "one SQL statement at a time"));
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT && prepared.statementType !== StatementType.EXPLAIN)
      throw new Complaint(
        say("只能查询（SELECT），不能改动或写文件", "only questions (SELECT): nothing is changed or written"),
      );
    const reader = await prepared.runAndReadAll();
    const decimals = reader.columnTypes().map(({ typeId }) => typeId === DuckDBTypeId.DECIMAL);
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: reader.getRowsJson().map((row) => row.map((value, i) => shown(value, decimals[i] === true))),
    };
  } catch (error) {
    if (error instanceof Complaint) throw error;
    throw new Complaint((error as Error).message);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
