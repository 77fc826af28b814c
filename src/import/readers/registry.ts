import type { Reader } from "./reader.ts";

/** What files are read with, a line each. Which formats there are stands in `src/formats/registry.ts`. */
export const READERS: readonly Reader[] = [
  { kind: "html", load: async () => (await import("./html.ts")).readHtml },
  { kind: "docx", load: async () => (await import("./docx.ts")).readDocx },
  { kind: "xlsx", load: async () => (await import("./xlsx.ts")).readXlsx },
  { kind: "pdf", load: async () => (await import("./pdf.ts")).readPdf },
  { kind: "ofd", load: async () => (await import("./ofd.ts")).readOfd },
  { kind: "json", load: async () => (await import("./json.ts")).readJson },
  { kind: "text", load: async () => (await import("./csv.ts")).readCsv },
];
