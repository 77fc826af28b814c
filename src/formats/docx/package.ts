/** What the library has no option for: dates, the fonts' substitutes, and a package that is the same every time. */
import { strToU8, unzipSync, zipSync } from "fflate";
import type { DocumentMetadata } from "../content.ts";
import { FONTS } from "./styles.ts";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** The core properties (ISO/IEC 29500-2, 11): the 成文日期 is the only date in the file. */
function coreProperties({ title, author, subject, keywords, identifier, date }: DocumentMetadata): string {
  const text = (name: string, value: string): string => `<${name}>${escapeXml(value)}</${name}>`;
  const time = (name: string): string =>
    /^\d{4}-\d{2}-\d{2}$/.test(date) ? `<${name} xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</${name}>` : "";
  return `${DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${text("dc:title", title)}${text("dc:subject", subject)}${text("dc:creator", author)}${text("cp:keywords", keywords.join(", "))}${text("dc:identifier", identifier)}${text("dc:language", "zh-CN")}${text("cp:lastModifiedBy", author)}${time("dcterms:created")}${time("dcterms:modified")}</cp:coreProperties>`;
}

/** The fonts with what to take in their place (ISO/IEC 29500-1, 17.8.3.1); 86 is the character set of GB 2312. */
const fontTable = `${DECLARATION}<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${Object.values(
  FONTS,
)
  .map(
    ({ name, instead }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead.join(",")}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  )
  .join("")}</w:fonts>`;

/** A packed document with its own core properties and font table, its parts in order of their names and without times. */
export function finished(packed: Uint8Array, metadata: DocumentMetadata): Uint8Array {
  const parts = unzipSync(packed);
  parts["docProps/core.xml"] = strToU8(coreProperties(metadata));
  parts["word/fontTable.xml"] = strToU8(fontTable);
  const types = "[Content_Types].xml";
  const { [types]: first, ...rest } = parts;
  const names = Object.keys(rest).sort();
  // fflate writes local time: the first day of DOS is the same hour everywhere.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries([[types, first!], ...names.map((name) => [name, rest[name]!])]), {
    mtime,
    level: 9,
  });
}
