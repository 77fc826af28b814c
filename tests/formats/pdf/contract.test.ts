/** What of pdfmake and pdfkit is relied on beyond their documented interface. Whoever upgrades them starts here. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import pdfmakeDocument from "pdfmake/js/PDFDocument.js";
import { describe, expect, it } from "vitest";
import { PRODUCER } from "../../../src/formats/pdf/producer.ts";

const require = createRequire(import.meta.url);

/** The members that `CompactDocument` overrides, calls or takes for granted, by the hash of their source. */
const MEMBERS: Readonly<Record<string, string>> = {
  constructor: "fc7651f2e6d861e4",
  _write: "cb6025cb807e6776",
  _finalize: "05ec9f649fb44959",
  _refEnd: "7ee5a36b8b754640",
  ref: "0266979fe5ef0619",
  end: "a867c0c56a0ad66a",
  addPage: "eedb5265492ef55b",
  addContent: "3f6fb381b1cade2f",
  image: "419cf554aa162262",
  file: "366ff81ed04ab16b",
  endMetadata: "d1d0fe768fa0d30f",
  endMarkings: "08cb0f236e5a0da3",
  initOutline: "dd9f06b65b2c351f",
  endOutline: "e2c0eca559028555",
  initImages: "9be75f35f7c2728b",
  initMetadata: "9595f08db2c4aab5",
  flushPages: "1a439d3e78a10ffa",
};

/** A member of the document's class, or of the class that it extends. */
function memberOf(name: string): string {
  for (let owner: object | null = pdfmakeDocument.default.prototype; owner; owner = Object.getPrototypeOf(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    if (descriptor) return String(descriptor.value ?? descriptor.get);
  }
  return "";
}

const versionOf = (name: string): string => {
  const path = require.resolve(`${name}/package.json`, { paths: [require.resolve("pdfmake/js/PDFDocument.js")] });
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
};

describe("the document of pdfmake and pdfkit", () => {
  it.each(Object.entries(MEMBERS))("%s is what src/formats/pdf/document.ts was written against", (name, hash) => {
    const source = memberOf(name);
    expect(source, `pdfkit has no ${name} any more: CompactDocument overrides or calls it`).not.toBe("");
    expect(
      createHash("sha256").update(source).digest("hex").slice(0, 16),
      `${name} of pdfkit or pdfmake changed: read it beside CompactDocument (src/formats/pdf/document.ts), compare the bytes of the examples, then write its new hash here`,
    ).toBe(hash);
  });

  it("is the one that the files name as their producer, and pinned exactly", () => {
    expect(PRODUCER).toBe(`pdfkit ${versionOf("pdfkit")} (pdfmake ${versionOf("pdfmake")})`);
    const { dependencies } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
      dependencies: Readonly<Record<string, string>>;
    };
    expect([dependencies["pdfkit"], dependencies["pdfmake"]]).toEqual([versionOf("pdfkit"), versionOf("pdfmake")]);
  });
});
