import type { Message } from "../../basics/finding.ts";
import { ImportError } from "../import-error.ts";

/** Which reader a file is for. */
export type FileKind = "html" | "docx" | "xlsx" | "pdf" | "ofd" | "json" | "text";

/** The largest file that is read. */
export const MAX_BYTES = 20 * 1024 * 1024;

/** Bytes as the characters of their numbers, which `TextDecoder` has no name for. */
const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1", from, Math.min(to, bytes.length));

/** What is recognized by its first bytes and not read. */
const REFUSED: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(?:\x89PNG|\xff\xd8\xff|GIF8|BM[\s\S]{4}\0\0\0\0|II\*\0|MM\0\*|RIFF[\s\S]{4}WEBP|[\s\S]{4}ftyp(?:hei|mif|avif))/,
    "这是图片，没有可以读取的文字；请用原来的电子文件（Word、Excel、网页等），没有的请照着填报",
    "This is a picture and has no text to read; use the document that it was made from, or fill the report in by hand",
  ],
  [
    /^\{\\rtf/,
    "这是RTF文件；请用Word或WPS打开，另存为.docx后再导入",
    "This is an RTF file; open it in Word or WPS and save it as .docx",
  ],
  [
    /^(?:MIME-Version:|From: <Saved by)|^(?:[\w-]+: .*\r?\n)*Content-Type: multipart\/related/i,
    "这是单个文件网页（.mht）；请用浏览器打开，另存为“网页，仅HTML”后再导入",
    "This is a web archive (.mht); open it in a browser and save it as “Webpage, HTML only”",
  ],
  [
    /^(?:Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b)/,
    "这是压缩包；请解压后把里面的文件逐个导入",
    "This is an archive; unpack it and import the files one by one",
  ],
];

const NOT_READ = {
  archive: {
    zh: "这是压缩包，里面不是Word、Excel或OFD文件；请解压后把文件逐个导入",
    en: "This is an archive and no Word, Excel or OFD file; unpack it and import the files one by one",
  },
  broken: {
    zh: "这个文件以压缩包开头，但已损坏或不完整；请重新下载或另存后再导入",
    en: "This file begins as a zip and is damaged or incomplete; download or save it again",
  },
  openDocument: {
    zh: "这是OpenDocument文件（.odt、.ods）；请另存为.docx或.xlsx后再导入",
    en: "This is an OpenDocument file (.odt, .ods); save it as .docx or .xlsx",
  },
  slides: { zh: "这是演示文稿，不是年度报告的文件", en: "This is a presentation and no report" },
  encrypted: {
    zh: "这个文件设有打开密码；请取消密码后另存，再导入",
    en: "This file is protected by a password; save it without one",
  },
  oldWord: {
    zh: "这是旧格式的文字文件（.doc、.wps）；请用Word或WPS打开，另存为.docx后再导入",
    en: "This is a file of an old format (.doc, .wps); open it in Word or WPS and save it as .docx",
  },
  oldExcel: {
    zh: "这是旧格式的表格文件（.xls、.et）；请用Excel或WPS打开，另存为.xlsx后再导入",
    en: "This is a file of an old format (.xls, .et); open it in Excel or WPS and save it as .xlsx",
  },
  oldOffice: {
    zh: "这是旧格式的办公文件；请用Word、Excel或WPS打开，另存为.docx或.xlsx后再导入",
    en: "This is a file of an old office format; open it and save it as .docx or .xlsx",
  },
  officeXml: {
    zh: "这是Word或Excel的XML文件；请打开后另存为.docx或.xlsx，再导入",
    en: "This is an XML file of Word or Excel; open it and save it as .docx or .xlsx",
  },
  empty: { zh: "文件是空的", en: "The file is empty" },
  large: { zh: "文件超过20 MiB，不能导入", en: "The file is larger than 20 MiB and cannot be imported" },
  unknown: {
    zh: "认不出这个文件的格式；可以导入的有：网页（HTML）、Word（.docx）、Excel（.xlsx）、PDF、OFD、CSV、TSV、纯文本和report.json",
    en: "The format of this file is not known; HTML, Word (.docx), Excel (.xlsx), PDF, OFD, CSV, TSV, plain text and report.json can be imported",
  },
} as const satisfies Record<string, Message>;

function refused(why: keyof typeof NOT_READ): ImportError {
  const { zh, en } = NOT_READ[why];
  return new ImportError(zh, en);
}

/** The names of a zip file's members, as its central directory has them (APPNOTE 4.3.12). */
function zipNames(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (let at = bytes.indexOf(0x50); at >= 0 && at + 46 <= bytes.length; at = bytes.indexOf(0x50, at + 1))
    if (view.getUint32(at, true) === 0x02014b50)
      names.push(ascii(bytes, at + 46, at + 46 + view.getUint16(at + 28, true)));
  return names;
}

function zipKind(bytes: Uint8Array): FileKind {
  const names = zipNames(bytes);
  const some = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (some(/^word\//)) return "docx";
  if (some(/^xl\//)) return "xlsx";
  if (some(/^OFD(?:Entries)?\.xml$/i)) return "ofd";
  if (names.length === 0) throw refused("broken");
  if (some(/^ppt\//)) throw refused("slides");
  throw refused(some(/^mimetype$/) && some(/^content\.xml$/) ? "openDocument" : "archive");
}

/** Which program's a compound file is ([MS-CFB], 2.6): by the names of its streams. */
function compoundKind(bytes: Uint8Array): never {
  const all = ascii(bytes, 0, bytes.length);
  const has = (stream: string): boolean => all.includes([...stream].map((c) => `${c}\0`).join(""));
  if (has("EncryptedPackage")) throw refused("encrypted");
  if (has("WordDocument")) throw refused("oldWord");
  if (has("Workbook")) throw refused("oldExcel");
  throw refused("oldOffice");
}

/** The beginning of a text, in whichever encoding has ASCII in it. */
function beginning(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 64 * 1024);
  // Of UTF-16, every other byte of what is ASCII is zero.
  const zeros = [false, false];
  for (const [i, byte] of head.subarray(0, 2048).entries()) if (byte === 0) zeros[i % 2] = true;
  const [even, odd] = zeros;
  const mark = ascii(bytes, 0, 2);
  const little = mark === "\xff\xfe" || (odd && !even);
  const big = mark === "\xfe\xff" || (even && !odd);
  const text =
    little || big ? new TextDecoder(little ? "utf-16le" : "utf-16be").decode(head) : ascii(head, 0, head.length);
  return text.replace(/^(?:\ufeff|\xef\xbb\xbf)?\s*/, "");
}

const HTML =
  /<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|section|article|p|h[1-6]|span|br)\b[^<>]*>/i;

/**
 * Tells by what is in a file which reader it is for.
 * @param name the file's name: tells where its content does not
 * @throws ImportError that names what the file is and what to do instead
 */
export function sniff(bytes: Uint8Array, name = ""): FileKind {
  if (bytes.length > MAX_BYTES) throw refused("large");
  const magic = ascii(bytes, 0, 1024);
  if (/^[\s\0]*$/.test(beginning(bytes)) && bytes.length <= 64 * 1024) throw refused("empty");
  // A reader takes a header in the first 1024 bytes (ISO 32000-1, annex H, 3.4.1); a text may speak of one.
  if (/^[\s\S]{0,3}\s*%PDF-\d/.test(magic) || (magic.includes("%PDF-") && magic.includes("\0"))) return "pdf";
  if (magic.startsWith("PK\x03\x04") || magic.startsWith("PK\x05\x06")) return zipKind(bytes);
  if (magic.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return compoundKind(bytes);
  for (const [pattern, zh, en] of REFUSED) if (pattern.test(magic)) throw new ImportError(zh, en);
  const text = beginning(bytes);
  if (text.includes("\0")) throw refused("unknown");
  if (/^<\?(?:xml|mso)/.test(text) && /<(?:\w+:)?(?:wordDocument|package|Workbook)\b/.test(text))
    throw refused("officeXml");
  if (/^\{\s*["}]/.test(text) || (/^\[/.test(text) && /\.json$/i.test(name))) return "json";
  if (HTML.test(text) || /^Version:[\d.]+\s+StartHTML:/.test(text)) return "html";
  return /\.html?$/i.test(name) && text.includes("<") ? "html" : "text";
}
