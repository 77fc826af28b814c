import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/import/readers/read.ts";
import { MAX_BYTES, sniff } from "../../src/import/readers/sniff.ts";
import { example } from "../support/service.ts";

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));

/** A zip file with these members, each with nothing but its name in it. */
function zip(...names: string[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const data = deflateRawSync("x");
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name), data);
    directory.push(central, Buffer.from(name));
    at += local.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(names.length, 10);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

/** A compound file with a stream of this name. */
const compound = (stream: string): Uint8Array =>
  latin1(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${"\0".repeat(504)}${[...stream].map((c) => `${c}\0`).join("")}`);

describe("a file is told by what is in it", () => {
  it.each<[string, string, Uint8Array, string?]>([
    ["a PDF", "pdf", latin1("%PDF-1.7\n%\xe2\xe3"), "年报.docx"],
    ["a PDF with something before it", "pdf", latin1("\xef\xbb\xbf\n%PDF-1.4\n")],
    ["a Word file", "docx", zip("[Content_Types].xml", "word/document.xml"), "年报.zip"],
    ["an OFD file", "ofd", zip("OFD.xml", "Doc_0/Document.xml"), "年报.pdf"],
    ["an OFD file that is encrypted", "ofd", zip("OFDEntries.xml", "Encryptions.xml"), "年报"],
    ["an Excel file", "xlsx", zip("[Content_Types].xml", "xl/workbook.xml"), "年报.xls"],
    ["a page", "html", utf8("<!DOCTYPE html><html><body>年报</body></html>")],
    ["a page that Excel is told is a workbook", "html", utf8("<table><tr><td>年报</td></tr></table>"), "年报.xls"],
    ["a page of XHTML", "html", utf8('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>')],
    ["a page in UTF-16", "html", utf16("<html><body>年报</body></html>")],
    ["a page in UTF-16 without a mark", "html", utf16("<html><body>年报</body></html>").subarray(2)],
    ["what a clipboard holds", "html", utf8("Version:0.9\r\nStartHTML:0000000105\r\n<html>")],
    ["a part of a page", "html", utf8("<p>一、总体情况</p>\n<p>年报</p>")],
    ["JSON", "json", utf8('{ "edition": "2021" }'), "年报.txt"],
    ["JSON with a mark", "json", utf8('\ufeff\n{"edition":"2021"}')],
    ["CSV", "text", utf8("项目,数量\n规章,3\n")],
    ["text that is Excel's, in UTF-16", "text", utf16("项目\t数量\r\n规章\t3\r\n")],
    ["text that speaks of tags", "text", utf8("3<5，5>3；一、总体情况")],
    ["text that speaks of PDF", "text", utf8("文件以%PDF-1.7开头的是PDF。")],
    ["text that begins with a document's number", "text", utf8("[2021]30号文件规定")],
  ])("%s is %s", (_, kind, bytes, name) => {
    expect(sniff(bytes, name)).toBe(kind);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /文件是空的/],
    ["nothing but a mark and spaces", utf8("\ufeff \r\n"), /文件是空的/],
    ["nothing but zeros", new Uint8Array(512), /文件是空的/],
    ["a picture (PNG)", latin1("\x89PNG\r\n\x1a\n\0\0"), /这是图片/],
    ["a picture (JPEG)", latin1("\xff\xd8\xff\xe0\0\x10JFIF"), /这是图片/],
    ["a picture (TIFF)", latin1("II*\0\x08\0\0\0"), /这是图片/],
    ["RTF", latin1("{\\rtf1\\ansi"), /RTF.*\.docx/],
    ["a web archive", latin1("From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"), /\.mht.*仅HTML/],
    ["a web archive of Word", latin1("MIME-Version: 1.0\nContent-Type: multipart/related\n"), /\.mht/],
    ["an OpenDocument text", zip("mimetype", "content.xml"), /OpenDocument.*\.docx/],
    ["slides", zip("ppt/presentation.xml"), /演示文稿/],
    ["an archive", zip("年报/年报.docx".replace(/[^ -~]/g, "x")), /压缩包，里面不是/],
    ["an archive (RAR)", latin1("Rar!\x1a\x07\x01\0"), /压缩包/],
    ["half a Word file", zip("word/document.xml").subarray(0, 40), /已损坏或不完整/],
    ["an old Word file", compound("WordDocument"), /\.doc、\.wps.*\.docx/],
    ["an old Excel file", compound("Workbook"), /\.xls、\.et.*\.xlsx/],
    ["a Word file with a password", compound("EncryptedPackage"), /打开密码/],
    ["another compound file", compound("Other"), /旧格式的办公文件/],
    ["Word's XML", utf8('<?xml version="1.0"?><w:wordDocument xmlns:w="x">'), /XML文件.*\.docx/],
    ["a program", latin1("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"), /认不出.*report\.json/],
    ["too much", new Uint8Array(MAX_BYTES + 1).fill(0x61), /20 MiB/],
  ])("%s is refused, with what it is and what to do", async (_, bytes, says) => {
    await expect(readDocument(bytes, { name: "年报.html" })).rejects.toMatchObject({
      name: "ImportError",
      message: expect.stringMatching(says),
      messageEn: expect.stringMatching(/^[ -~“”]+$/),
    });
  });
});

describe("a report.json", () => {
  it("is the report, with a mark before it or without", async () => {
    const report = await example("hangzhou-2025");
    for (const text of [JSON.stringify(report), `\ufeff${JSON.stringify(report, null, 2)}\n`])
      expect(await readDocument(utf8(text))).toEqual({ format: "json", encoding: "utf-8", report });
  });

  it.each([
    ["that is cut off", '{"edition":"2021","year":', /第1行第26列：不是合法的JSON/],
    ["that names a member twice", '{"year":2025,"year":2024}', /出现两次/],
    ["of a withdrawal", '{"withdrawn":true,"year":2025}', /撤回说明/],
  ])("%s is refused", async (_, text, says) => {
    await expect(readDocument(utf8(text))).rejects.toThrow(says);
  });

  it("of several reports is refused", async () => {
    await expect(readDocument(utf8('[{"edition":"2021"}]'), { name: "a.json" })).rejects.toThrow(/分别导入/);
  });
});
