/** The questions in docs/DATASET.md are asked: each is what DuckDB takes, and has an answer. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, loadDuckDB } from "../../cli/query/duckdb.ts";
import { type LocalFiles, localFiles } from "../../cli/query/source.ts";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { mark } from "../../src/index/dataset/marks.ts";
import { copyPublished, organsOf, publishYear, saveProvinceRoster } from "../support/dataset-world.ts";
import { MemoryStore } from "../support/memory-store.ts";

const text = await readFile(new URL("../../docs/DATASET.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql!.trim());
const commands = [...text.matchAll(/nianbao query "(select [^"…]+)"/g)].map(([, sql]) => sql!);
const duckdb = await loadDuckDB();

let folder: string;
let files: LocalFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nianbao-examples-"));
  const store = new MemoryStore();
  const organs = organsOf(["37"], 200);
  await saveProvinceRoster(store, "37", organs);
  const places = [];
  for (const year of [2020, 2023, 2024])
    for (const [i, organ] of organs.entries())
      places.push({ ...(await publishYear(store, organ, year, i)), records: 1 });
  await mark(store, { places, divisions: [], rosters: [] });
  await compactDataset({ store });
  await copyPublished(store, folder);
  files = await localFiles(folder, {});
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the examples of docs/DATASET.md", () => {
  it("are there", () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
    expect(commands.length).toBeGreaterThan(0);
  });

  it.each([...examples, ...commands])("are answered: %s", async (sql) => {
    const { columns, rows } = await ask(duckdb, sql, files);
    expect(rows.length).toBeGreaterThan(0);
    // What was summed and counted is there.
    for (const [i] of columns.entries()) expect(rows.some((row) => row[i] !== null)).toBe(true);
  });
});
