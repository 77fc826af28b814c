/** DuckDB over the dataset's files: the sums that the pages show, and questions that do nothing else. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Complaint } from "../../cli/exit.ts";
import { ask, loadDuckDB } from "../../cli/query/duckdb.ts";
import { type LocalFiles, localFiles } from "../../cli/query/source.ts";
import { useCredentials } from "../../local/credentials.ts";
import { allCells } from "../../src/dataset/cells.ts";
import { addDecimals } from "../../src/form/amounts.ts";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { indexPlaces } from "../../src/index/indexer.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { copyPublished, organsOf, publishYear, saveProvinceRoster } from "../support/dataset-world.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { SimulatedBucket } from "../support/simulated-bucket.ts";

const YEARS = [2020, 2023] as const;
const organs = organsOf(["37", "33"], 2300).filter((_, i) => i % 19 < 2 || i < 60);
const duckdb = await loadDuckDB();

let folder: string;
let files: LocalFiles;
let store: MemoryStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nianbao-data-"));
  store = new MemoryStore();
  // One province has a roster, the other goes by names.
  await saveProvinceRoster(store, "37", organs);
  const places = [];
  for (const year of YEARS)
    for (const [i, organ] of organs.entries()) if (i % 11 !== 6) places.push(await publishYear(store, organ, year, i));
  const context = { store, pages: portalPages({ publicUrl: "https://example.org" }), dataset: {} };
  for (let i = 0; i < places.length; i += 100) expect(await indexPlaces(places.slice(i, i + 100), context)).toEqual([]);
  expect((await compactDataset({ store, most: 60 })).failed).toEqual([]);
  await copyPublished(store, folder);
  files = await localFiles(folder, {});
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const sql = async (question: string): Promise<Record<string, unknown>[]> => {
  const { columns, rows } = await ask(duckdb, question, files);
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
};
const page = (path: string) => JSON.parse(new TextDecoder().decode(store.objects.get(`published/${path}`)!.body));

/** What the tidy table comes to, by cell. */
const figures = async (where: string): Promise<Record<string, number | string>> => {
  const rows = await sql(
    `SELECT cell, sum(value) AS s, any_value(unit) AS unit FROM figures WHERE ${where} GROUP BY cell`,
  );
  return Object.fromEntries(
    rows.map(({ cell, s, unit }) => [cell, unit === null ? Number(s) : (s as string)] as [string, number | string]),
  );
};
/** What a page's sums are without cells that no report has. */
const shown = (sum: Record<string, number | string>) =>
  Object.fromEntries(
    Object.entries(sum).map(([cell, value]) => [cell, typeof value === "string" ? addDecimals(value, "0", 1n) : value]),
  );

describe("DuckDB and the pages", () => {
  it.each(YEARS.flatMap((year) => ["37", "33"].map((province) => [year, province] as const)))(
    "come to the same for %s in province %s, every cell, with a roster and without",
    async (year, province) => {
      const { sum, organs: counted } = page(`provinces/${province}/${year}.sums.json`);
      const where = `year = ${year} AND province = '${province}' AND addable`;
      const all = await figures(where);
      // The pages leave out a single kind of applicant where nobody has any.
      for (const [cell, value] of Object.entries(all)) expect(shown(sum)[cell] ?? 0, cell).toEqual(value);
      expect(Object.keys(all)).toEqual(expect.arrayContaining(Object.keys(sum)));
      const [reported] = await sql(`SELECT count(*) AS n FROM reports WHERE ${where}`);
      expect(Number(reported!["n"])).toBe(counted.reported);
    },
  );

  it("come to the same in every division, those that lend their organs to the province too", async () => {
    const list = /^published\/(divisions\/(\d{6})\/(\d{4})\.sums\.json)$/;
    const lists = [...store.objects.keys()].flatMap((key) => [list.exec(key) ?? []]).filter(({ length }) => length > 0);
    expect(lists.length).toBeGreaterThan(100);
    const rows = await sql("SELECT year, summed_in, cell, sum(value) AS s FROM figures WHERE addable GROUP BY ALL");
    const by = Map.groupBy(rows, (row) => `${row["summed_in"]}/${row["year"]}`);
    let compared = 0;
    for (const [, path, division, year] of lists) {
      const { sum } = page(path!);
      const own = new Map((by.get(`${division}/${year}`) ?? []).map(({ cell, s }) => [cell, String(s)]));
      for (const [cell, value] of Object.entries(sum as Record<string, number | string>)) {
        expect(own.get(cell), `${path} ${cell}`).toBe(
          typeof value === "string" ? addDecimals(value, "0", 1n) : String(value),
        );
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(5000);
    // Some stand under the government of another division, and are in the province's sum alone.
    expect([...by.keys()].filter((key) => /^37\//.test(key)).length).toBe(YEARS.length);
  });

  it("come to the same in both tables, cell by cell", async () => {
    const tidy = new Map(
      (await sql("SELECT cell, sum(value) AS s FROM figures GROUP BY cell")).map((r) => [r["cell"], r["s"]]),
    );
    const cells = allCells();
    const [wide] = await sql(
      `SELECT ${cells.map(({ column }) => `sum(${column}) AS ${column}`).join(", ")} FROM reports`,
    );
    for (const { pointer, column } of cells) expect(String(wide![column]), pointer).toBe(String(tidy.get(pointer)));
  });

  it("tell withdrawn and superseded versions, and add up none of them", async () => {
    const [told] = await sql(
      `SELECT count(*) FILTER (withdrawn) AS withdrawn, count(*) FILTER (superseded_by IS NOT NULL AND NOT withdrawn) AS superseded,
       count(*) FILTER (addable AND NOT "current") AS wrong, count(*) FILTER (addable AND kind = 'government') AS twice FROM reports`,
    );
    expect(Number(told!["withdrawn"])).toBeGreaterThan(3);
    expect(Number(told!["superseded"])).toBeGreaterThan(10);
    expect([Number(told!["wrong"]), Number(told!["twice"])]).toEqual([0, 0]);
  });
});

describe("a question that would do more", () => {
  it("is one that reads nothing but the dataset, as this one", async () => {
    expect((await ask(duckdb, "SELECT count(*) > 0 AS any_report FROM reports", files)).rows).toEqual([[true]]);
  });

  it.each([
    "COPY reports TO 'stolen.csv'",
    "CREATE TABLE mine AS SELECT * FROM reports",
    "DROP VIEW reports",
    "INSTALL httpfs",
    "LOAD httpfs",
    "ATTACH 'other.db'",
    "SET enable_external_access = true",
    "SELECT 1; COPY reports TO 'stolen.csv'",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "EXPORT DATABASE 'all'",
    "CALL pragma_database_size()",
  ])("is refused, and nothing is written: %s", async (question) => {
    const before = await readdir(process.cwd());
    await expect(ask(duckdb, question, files)).rejects.toThrow(Complaint);
    expect(await readdir(process.cwd())).toEqual(before);
  });

  it("says what is wrong with it", async () => {
    await expect(ask(duckdb, "SELECT nothing FROM reports", files)).rejects.toThrow(/nothing/);
    await expect(ask(duckdb, "", files)).rejects.toThrow(/SQL/);
  });
});

describe("where the files come from", () => {
  let server: Server;
  let address: string;
  let asked: string[] = [];
  beforeAll(async () => {
    process.env["XDG_CACHE_HOME"] = join(folder, "cache");
    server = createServer((request, response) => {
      asked.push(request.url!);
      const object = store.objects.get(`published${request.url}`);
      response.writeHead(object ? 200 : 404).end(object?.body);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    delete process.env["XDG_CACHE_HOME"];
    server.close();
  });

  it("may be a public address: what is wanted is fetched once, and checked", async () => {
    const wanted = { years: [2023], provinces: ["33"] };
    const some = await localFiles(address, wanted);
    const { rows } = await ask(duckdb, "SELECT DISTINCT year, province FROM reports", some);
    expect(rows).toEqual([[2023, "33"]]);
    const parquet = () => asked.filter((path) => path.endsWith(".parquet")).length;
    const first = parquet();
    expect(first).toBeGreaterThan(0);
    asked = [];
    expect(await localFiles(address, wanted)).toEqual(some);
    expect(parquet()).toBe(0);
    await writeFile(some.reports[0]!, "spoilt");
    await localFiles(address, wanted);
    expect(parquet()).toBe(1);
  });

  it("may be a bucket, with the folder that is public there or without", async () => {
    const bucket = new SimulatedBucket({ dialect: "s3" });
    for (const [key, object] of store.objects) bucket.memory.objects.set(key, object);
    const { endpoint, close } = await bucket.listen();
    const env = { S3_ENDPOINT: endpoint, S3_FORCE_PATH_STYLE: "true", AWS_REGION: "us-east-1" };
    const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]));
    useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
    Object.assign(process.env, env);
    try {
      const wanted = { years: [2020], provinces: ["37"] };
      const some = await localFiles("s3://reports", wanted);
      expect(await localFiles("s3://reports/published/", wanted)).toEqual(some);
      const { rows } = await ask(duckdb, "SELECT DISTINCT year, province FROM reports", some);
      expect(rows).toEqual([[2020, "37"]]);
      await expect(localFiles("s3://reports/elsewhere", {})).rejects.toThrow(/data\/manifest\.json/);
    } finally {
      for (const [name, value] of Object.entries(before))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      await close();
    }
  });

  it("may be the folder of the dataset itself, and is said to be none where there is none", async () => {
    expect((await localFiles(join(folder, "data"), {})).reports).toEqual(files.reports);
    await expect(localFiles(tmpdir(), {})).rejects.toThrow(/data\/manifest\.json/);
    await expect(localFiles(folder, { years: [1999] })).rejects.toThrow();
  });

  it("says what to install where DuckDB is missing", async () => {
    await expect(loadDuckDB("@duckdb/there-is-none")).rejects.toThrow(/npm install/);
  });
});
