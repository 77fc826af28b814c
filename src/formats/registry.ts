/**
 * The one list of formats, in the order in which they are listed and published. What writes a format is loaded by its
 * name (`write.ts`); what reads it stands in `src/import/readers/registry.ts`. Data alone, so that the browser and the
 * indexer can have it too.
 */
import type { Message } from "../basics/finding.ts";
import type { Format } from "./format.ts";

export const FORMATS = [
  {
    name: "pdf",
    mediaTypes: ["application/pdf"],
    label: { zh: "PDF", en: "PDF" },
    title: { zh: "PDF", en: "PDF" },
    description: {
      zh: "最新一版，PDF/A-3a、PDF/UA-1，附件里有同样的数据",
      en: "The latest version, PDF/A-3a and PDF/UA-1 with its data attached",
    },
    kind: "document",
    binary: true,
    written: true,
    published: true,
    imported: true,
  },
  {
    name: "docx",
    mediaTypes: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    label: { zh: "Word", en: "Word" },
    title: { zh: "Word（DOCX）", en: "Word (DOCX)" },
    description: { zh: "可以编辑的公文", en: "An official document that can be edited" },
    kind: "document",
    binary: true,
    written: true,
    published: true,
    imported: true,
  },
  {
    name: "html",
    aliases: ["htm", "xhtml", "shtml"],
    mediaTypes: ["text/html", "application/xhtml+xml"],
    label: { zh: "网页", en: "HTML" },
    title: { zh: "网页", en: "Web page" },
    description: { zh: "网页", en: "As a page" },
    kind: "document",
    binary: false,
    written: true,
    published: true,
    imported: true,
  },
  {
    name: "json",
    mediaTypes: ["application/json"],
    label: { zh: "JSON", en: "JSON" },
    title: { zh: "数据（JSON）", en: "Data (JSON)" },
    description: { zh: "全部内容，符合下面的模式", en: "All of it, by the schemas below" },
    kind: "data",
    binary: false,
    written: true,
    published: true,
    imported: true,
  },
  {
    name: "csv",
    mediaTypes: ["text/csv"],
    label: { zh: "CSV", en: "CSV" },
    title: { zh: "表格（CSV）", en: "Table (CSV)" },
    description: {
      zh: "各表每格一行，其后正文每段一行",
      en: "A row for each cell of the tables, then one for each paragraph",
    },
    kind: "table",
    binary: false,
    written: true,
    published: true,
    imported: true,
  },
  {
    name: "ofd",
    mediaTypes: ["application/ofd"],
    label: { zh: "OFD", en: "OFD" },
    title: { zh: "OFD", en: "OFD" },
    kind: "document",
    binary: true,
    written: true,
    published: false,
    imported: true,
  },
  {
    name: "xlsx",
    mediaTypes: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    label: { zh: "XLSX", en: "XLSX" },
    title: { zh: "Excel（XLSX）", en: "Excel (XLSX)" },
    kind: "table",
    binary: true,
    written: false,
    published: false,
    imported: true,
  },
  {
    name: "tsv",
    mediaTypes: ["text/tab-separated-values"],
    label: { zh: "TSV", en: "TSV" },
    title: { zh: "表格（TSV）", en: "Table (TSV)" },
    kind: "table",
    binary: false,
    written: false,
    published: false,
    imported: true,
  },
  {
    name: "txt",
    aliases: ["md", "markdown"],
    mediaTypes: ["text/plain", "text/markdown"],
    label: { zh: "文本", en: "text" },
    title: { zh: "纯文本", en: "Plain text" },
    kind: "document",
    binary: false,
    written: false,
    published: false,
    imported: true,
  },
] as const satisfies readonly Format[];

type Listed = (typeof FORMATS)[number];
type Is<Key extends keyof Format, Value> = Extract<Listed, { readonly [K in Key]: Value }>["name"];
/** A format that a report can be written in. */
export type WrittenName = Is<"written", true>;
/** A format of the files of a version. */
export type PublishedName = Is<"published", true>;
/** A format that a report can be made of. */
export type ImportedName = Is<"imported", true>;

/** A format of the list, by what it is here for. */
type Named<Name extends string> = Format & { readonly name: Name };
const those = <Name extends string>(is: (format: Format) => boolean): readonly Named<Name>[] =>
  (FORMATS as readonly Format[]).filter((format): format is Named<Name> => is(format));

export const WRITTEN = those<WrittenName>(({ written }) => written);
export const PUBLISHED = those<PublishedName>(({ published }) => published);
export const IMPORTED = those<ImportedName>(({ imported }) => imported);

/** What every version has been published in since the first; others came later, and earlier versions have no file of them. */
export const FIRST_PUBLISHED: readonly PublishedName[] = ["pdf", "html", "json", "csv"];

/** Some formats as a sentence lists them. */
export const listed = (formats: readonly Format[]): Message => ({
  zh: formats.map(({ label }) => label.zh).join("、"),
  en: formats.map(({ label }) => label.en).join(", "),
});

/** What a report's file is called, wherever one lies beside others. */
export const fileName = <Name extends string>({ name }: { readonly name: Name }): `report.${Name}` => `report.${name}`;

/** The format of a file by its name, of those that are called `fileName`. */
export const formatOfFile = (name: string): Format | undefined => FORMATS.find((format) => fileName(format) === name);

export const isPage = ({ mediaTypes: [type] }: Format): boolean => type === "text/html";

/** How a format is served (RFC 9110, 8.3): text is UTF-8. A PDF or a picture has no charset. */
export const contentTypeOf = ({ mediaTypes: [type], binary }: Format): string =>
  binary ? type : `${type}; charset=utf-8`;
