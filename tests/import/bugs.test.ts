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

/** The example's tables as text, with one figure written otherwise. */
function asText(write: (figure: string) => string, parts: readonly [string, string, string]): string {
  const html = readFileSync(new URL("../fixtures/cases/hangzhou-2025.tables.html", import.meta.url), "utf8");
  const [before, between, after] = parts;
  const figure = String(getCell(hangzhou, "/requests/received/naturalPerson"));
  let faults = 0;
  const text = html
    .replace(/<tr[^>]*>([\s\S]*?)<\/tr>/g, (_, row: string) => {
      const cells = [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) =>
        cell!.replace(/<[^>]+>/g, "").trim(),
      );
      const written = cells.map((cell) => {
        if (cell !== figure || faults > 0) return cell;
        faults += 1;
        return write(cell);
      });
      return `${before}${written.join(between)}${after}\n`;
    })
    .replace(/<\/?(?:p|h\d|table|title|div)[^>]*>/g, "\n");
  expect(faults).toBe(1);
  return text.replace(/<(?!s>|\/s>|sup>|\/sup>|del>|\/del>|br>|span|\/span|img)[^>]+>/g, "");
}

const TEXTS = { pipes: ["| ", " | ", " |"], tabs: ["", "\t", ""], cells: ["\t", "\n\t", "\n"] } as const;
const WRITTEN: readonly (readonly [string, (figure: string) => string])[] = [
  ["a struck figure in Markdown", (f) => `~~9~~${f}`],
  ["a struck figure in a tag", (f) => `<s>9</s>${f}`],
  ["a raised digit", (f) => `${f}<sup>2</sup>`],
  ["a raised digit of Unicode", (f) => `${f}²`],
  ["a digit that a style hides", (f) => `<span style="display:none">7</span>${f}`],
  ["two figures", (f) => `${f} 120`],
  ["two lines", (f) => `${f}<br>120`],
  ["a picture", () => "![](figure.png)"],
  ["a formula", () => "=SUM(A1:A3)"],
  ["the numeral one", () => "一"],
  ["the radical one", () => "⼀"],
  ["ten thousands", (f) => `${f}万件`],
  ["another order of digits", (f) => `\u202e${f}\u202c`],
  ["combining marks", (f) => `${f}\u0336`],
];

describe.each(Object.entries(TEXTS))("text as %s with", (_, parts) => {
  it.each(WRITTEN)("%s: no wrong figure, and the loss is named", async (_name, write) => {
    const text = asText(write, parts);
    const imported = await importReport(new TextEncoder().encode(text), { name: "report.md" });
    expect(wrongIn(imported)).toEqual({ wrong: [], silent: [] });
    const { how } = imported.account.cells.find(({ pointer }) => pointer === "/requests/received/naturalPerson")!;
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
