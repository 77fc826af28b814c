/** Files after public bug reports of other tools: the example of Hangzhou with one fault each, and the same faults in text. */
import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import type { Imported } from "../../src/import/account.ts";
import { importReport } from "../../src/import/import.ts";
import { filesOf, newFolder, runBatch, summaryOf, writeFiles } from "../support/batch.ts";
import { asCsv, asText, FAULTY, TEXT_FAULTS, TEXTS } from "../support/import/text-faults.ts";
import { example, startService } from "../support/service.ts";

const FOLDER = fileURLToPath(new URL("../fixtures/bugs/", import.meta.url));
const NAMES = readdirSync(FOLDER).toSorted();
const hangzhou = await example("hangzhou-2025");
const CELLS = formCells(formOf("2021")!);
/** A dash stands for nothing, also where somebody meant 一. */
const DASHES = "h06-one-as-dash.html";

/** Figures that are not the report's, and rows with figures that are not there and not named. */
function wrongIn({ report, account }: Imported): { readonly wrong: string[]; readonly silent: string[] } {
  const rowOf = (pointer: string): string =>
    pointer.startsWith("/remedies/") ? "/remedies" : pointer.slice(0, pointer.lastIndexOf("/"));
  const named = new Set(account.findings.flatMap(({ cells }) => cells.map(({ pointer }) => rowOf(pointer))));
  const differing = CELLS.filter(
    ({ pointer }) => JSON.stringify(getCell(report, pointer)) !== JSON.stringify(getCell(hangzhou, pointer)),
  );
  const out = differing.filter(({ pointer }) => getCell(report, pointer) === undefined);
  return {
    wrong: differing.filter((cell) => !out.includes(cell)).map(({ label }) => label),
    silent: out.filter(({ pointer }) => !named.has(rowOf(pointer))).map(({ label }) => label),
  };
}

describe("a file with a fault that is known from other tools", () => {
  it("is one of eighteen", () => expect(NAMES.length).toBeGreaterThanOrEqual(18));

  it.each(NAMES)("%s: no wrong figure, each loss named", async (name) => {
    const { wrong, silent } = wrongIn(await importReport(readFileSync(join(FOLDER, name)), { name }));
    expect(wrong.length).toBe(name === DASHES ? 2 : 0);
    expect(silent).toEqual([]);
  });
});

describe.each(Object.entries(TEXTS))("text as %s with", (_, rows) => {
  it.each(TEXT_FAULTS)("$name: no wrong figure, and the loss is named", async ({ write }) => {
    const bytes = new TextEncoder().encode(asText(write, rows));
    const imported = await importReport(bytes, { name: `report.${rows.extension}` });
    expect(wrongIn(imported)).toEqual({ wrong: [], silent: [] });
    const { how } = imported.account.cells.find(({ pointer }) => pointer === FAULTY)!;
    expect(["unread", "missing"]).toContain(how);
  });
});

describe("CSV with", () => {
  it.each(TEXT_FAULTS)("$name: no wrong figure, and the loss is named", async ({ write }) => {
    const imported = await importReport(new TextEncoder().encode(asCsv(write)), { name: "report.csv" });
    expect(wrongIn(imported)).toEqual({ wrong: [], silent: [] });
    const { how } = imported.account.cells.find(({ pointer }) => pointer === FAULTY)!;
    expect(["unread", "missing"]).toContain(how);
  });
});

it("nianbao batch --submit publishes none of them, although the list of organs completes their code", async () => {
  const service = await startService();
  const server = serve({ fetch: service.app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const root = newFolder();
    const reports = writeFiles(
      join(root, "reports"),
      Object.fromEntries(NAMES.map((name) => [name, readFileSync(join(FOLDER, name))])),
    );
    const { name, uscc } = hangzhou["organ"] as { name: string; uscc: string };
    writeFiles(root, { "organs.csv": `名称,统一社会信用代码\n${name},${uscc}\n` });
    const out = join(root, "out");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { status } = await runBatch(
      [reports, "-o", out, "--organs", join(root, "organs.csv"), "--submit", "--server", url],
      { NIANBAO_TOKEN: service.authorization.replace(/^Bearer /, "") },
    );
    expect(status).toBe(1);
    const files = filesOf(summaryOf(out));
    expect(files.size).toBe(NAMES.length);
    const kept = [];
    for await (const record of service.store.list("records/")) kept.push(record);
    expect(kept).toEqual([]);
  } finally {
    server.close();
  }
});
