/** How an OFD file of this system is known again, and what its data are checked by when they are taken out. */

/** `CustomData` (GB/T 33190—2016, 7.4) with the SHA-256, hex, of the attached data and of what the pages say. */
export const SOURCE_CHECKSUM = "nianbao:sourceSha256";
export const PAGES_CHECKSUM = "nianbao:pagesSha256";

/** The attachment's name and format; its file is called after both. */
export const SOURCE = { name: "report", format: "json" } as const;

/** What pages say, as it is hashed: of each the text of its objects in order, blanks left out, ended by a line feed. */
export const pagesText = (pages: readonly string[]): string =>
  pages.map((text) => `${text.replace(/\s/gu, "")}\n`).join("");
