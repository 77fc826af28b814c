/** Wherever people read which files can be imported, every format of the registry is named. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { FILE_BODY } from "../../functions/body-rule.ts";
import { ROUTES } from "../../functions/routes.ts";
import { FORMATS, IMPORTED } from "../../src/formats/registry.ts";
import { readDocument } from "../../src/import/readers/read.ts";
import { READERS } from "../../src/import/readers/registry.ts";
import { say } from "../../web/filing/flow/messages.ts";
import { openShell } from "../support/command.ts";

const shell = await openShell();
const help = async (command: string, language: "zh" | "en"): Promise<string> =>
  (await shell.run([command, "--help"], { env: { NIANBAO_LANG: language } })).stdout;

/** The formats that a text does not name, by label or by ending. */
const unnamed = (text: string, language: "zh" | "en", formats: readonly (typeof IMPORTED)[number][] = IMPORTED) =>
  formats
    .filter(
      ({ name, label }) => ![name, label[language]].some((word) => text.toLowerCase().includes(word.toLowerCase())),
    )
    .map(({ name }) => name);

describe("the formats that can be imported are all named", () => {
  it("when a file is of none of them", async () => {
    const refused = await readDocument(new TextEncoder().encode("no format\0\0 that is known")).then(
      () => expect.unreachable(),
      (error: { readonly message: string; readonly messageEn: string }) => error,
    );
    expect(unnamed(refused.message, "zh")).toEqual([]);
    expect(unnamed(refused.messageEn, "en")).toEqual([]);
  });

  it("where the API takes a file", () => {
    const route = ROUTES.find(({ operation }) => operation === "importReport")!;
    expect(unnamed(route.summary, "zh")).toEqual([]);
    expect(unnamed(FILE_BODY.expected.zh, "zh")).toEqual([]);
    expect(unnamed(FILE_BODY.expected.en, "en")).toEqual([]);
  });

  it("where the filing page takes one", () => {
    for (const language of ["zh", "en"] as const) expect(unnamed(say(language, "importHint"), language)).toEqual([]);
  });

  it.each(["zh", "en"] as const)("in the help of the command, in %s", async (language) => {
    expect(unnamed(await help("import", language), language)).toEqual([]);
    expect(unnamed(await help("batch", language), language)).toEqual([]);
  });

  it("in the README, wherever it lists some", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const lists = readme.split("\n").filter((line) => line.includes("DOCX") && line.includes("XLSX"));
    expect(lists.length).toBeGreaterThan(1);
    for (const line of lists) expect(unnamed(line, "zh"), line).toEqual([]);
  });
});

describe("the readers", () => {
  it("read kinds of files that the registry of formats knows", () => {
    const names: readonly string[] = FORMATS.flatMap(({ name, ...format }) => [
      name,
      ...("aliases" in format ? format.aliases : []),
    ]);
    // Text is read as what it turns out to be: CSV, TSV or plain.
    for (const { kind } of READERS) if (kind !== "text") expect(names).toContain(kind);
  });
});
