import { crc32, deflateRawSync, gzipSync, constants as zlib } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/import/import-error.ts";
import { readDocx } from "../../src/import/readers/docx.ts";
import { readXlsx } from "../support/import/readers.ts";
import { docxFile, docxParts, type Parts, p, rowsOf, xlsxFile, xlsxParts, zipOf } from "../support/office.ts";
import { type Member, rawZip } from "../support/raw-zip.ts";

type Read = (bytes: Uint8Array) => Promise<unknown>;

async function refusal(read: Read, bytes: Uint8Array): Promise<ImportError> {
  const error = await read(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ImportError);
  const { message, messageEn } = error as ImportError;
  expect(message).toMatch(/[\u4e00-\u9fff]/);
  expect(messageEn).toMatch(/^[A-Z]/);
  return error as ImportError;
}

const DOCX = docxFile(p("一、总体情况"));
const XLSX = xlsxFile([{ name: "Sheet1", rows: rowsOf([["规章", 1]]) }]);
const withPart = (name: string, part: string | Uint8Array): Uint8Array =>
  zipOf({ ...docxParts(p("一、总体情况")), [name]: part });

const stream = (name: string): Uint8Array => {
  const file = new Uint8Array(4096);
  file.set(Buffer.from("d0cf11e0a1b11ae1", "hex"));
  file.set(Buffer.from(name, "utf16le"), 1024);
  return file;
};

describe("files that are no DOCX or XLSX", () => {
  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /损坏/],
    ["text", strToU8("一、总体情况"), /损坏/],
    ["an old .doc, whatever it is called", stream("WordDocument"), /旧版 \.doc\/\.xls.*另存为/],
    ["an old .xls", stream("Workbook"), /旧版/],
    ["a file with a password", stream("EncryptedPackage"), /密码/],
    ["a gzip", gzipSync("x"), /损坏/],
    ["an archive of other files", zipOf({ "年报.txt": "x" }), /不是 \.docx 或 \.xlsx/],
    [
      "an OpenDocument text",
      zipOf({ mimetype: "application/vnd.oasis.opendocument.text", "content.xml": "<x/>" }),
      /\.odt/,
    ],
    ["an archive without members", zipSync({}), /不是 \.docx/],
  ])("%s", async (_, bytes, says) => {
    for (const read of [readDocx, readXlsx]) expect((await refusal(read, bytes)).message).toMatch(says);
  });

  it("each the other", async () => {
    expect((await refusal(readDocx, XLSX)).message).toContain("电子表格");
    expect((await refusal(readXlsx, DOCX)).message).toContain("Word文档");
  });

  it("that only hold another file, as web sites export them", async () => {
    expect((await refusal(readDocx, docxFile('<w:altChunk r:id="rId9"/>'))).message).toContain("嵌着另一个文件");
  });

  it("without anything to read", async () => {
    expect((await refusal(readDocx, docxFile("<w:p/>"))).message).toContain("没有文字");
    expect((await refusal(readXlsx, xlsxFile([{ name: "Sheet1", rows: "" }]))).message).toContain("没有可见");
  });
});

describe("damaged files", () => {
  it("cut off anywhere", async () => {
    for (const [read, whole] of [
      [readDocx, DOCX],
      [readXlsx, XLSX],
    ] as const)
      for (let length = 0; length < whole.length; length += 37) await refusal(read, whole.subarray(0, length));
  });

  it("with a byte of a part changed, or the text cut off within", async () => {
    const flipped = new Uint8Array(DOCX);
    const at = Buffer.from(DOCX).indexOf("word/document.xml") + "word/document.xml".length + 20;
    flipped[at]! ^= 0xff;
    expect((await refusal(readDocx, flipped)).message).toContain("损坏");
    const parts = docxParts(p("一"));
    const document = parts["word/document.xml"] as string;
    expect(
      (await refusal(readDocx, zipOf({ ...parts, "word/document.xml": document.slice(0, -20) }))).message,
    ).toContain("损坏");
    expect(
      (await refusal(readDocx, withPart("word/document.xml", new Uint8Array([0xff, 0xfe, 0x00])))).message,
    ).toContain("损坏");
    expect((await refusal(readDocx, withPart("word/styles.xml", "<a><b></a>"))).message).toContain("损坏");
  });

  it("with a part that its workbook names missing", async () => {
    const { "xl/worksheets/sheet1.xml": _, ...rest } = xlsxParts([{ name: "Sheet1", rows: "" }]);
    expect((await refusal(readXlsx, zipOf(rest))).message).toContain("损坏");
  });
});

/** A member as a program writes it. */
const member = (name: string, data: Uint8Array): Member => ({
  name,
  method: 8,
  packed: deflateRawSync(data),
  size: data.length,
  crc: crc32(data),
});
/** A DOCX with one of its members as it should not be. */
function docxWith(bad: Partial<Member> & { readonly name: string }, parts: Parts = docxParts(p("一"))): Uint8Array {
  return rawZip(
    Object.entries(parts).map(([name, part]) => {
      const sound = member(name, typeof part === "string" ? strToU8(part) : part);
      return name === bad.name ? { ...sound, ...bad } : sound;
    }),
  );
}
const MAIN = "word/document.xml";
/** A gigabyte of zeros: a mebibyte a thousand times, which needs nothing of what came before. */
const gigabyte = (): Uint8Array => {
  const one = deflateRawSync(new Uint8Array(2 ** 20), { finishFlush: zlib.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: 1024 }, () => one), Buffer.from([3, 0])]);
};

describe("bombs", () => {
  it("are made right: the helper's files are read when nothing is wrong with them", async () => {
    await expect(readDocx(docxWith({ name: MAIN }))).resolves.toMatchObject({ items: [{ text: "一" }] });
  });

  it("of a gigabyte of zeros, whatever they claim", async () => {
    const packed = gigabyte();
    expect(packed.length).toBeLessThan(2 ** 21);
    for (const size of [2 ** 30, 1000, 0])
      expect((await refusal(readDocx, docxWith({ name: MAIN, packed, size }))).message).toContain("过大");
  });

  it("that claim to be what they are not", async () => {
    for (const bad of [{ size: 7 }, { size: 0xffff }, { crc: 1 }])
      expect((await refusal(readDocx, docxWith({ name: MAIN, ...bad }))).message).toContain("损坏");
  });

  it("of parts that are large only together", async () => {
    const text = strToU8(`<a>${"文字".repeat(4_000_000)}</a>`);
    const large = { method: 0, packed: text, size: text.length, crc: crc32(text) };
    const parts = docxParts(p("一"));
    const names = ["word/styles.xml", "word/numbering.xml", "word/footnotes.xml"];
    const file = rawZip(
      Object.entries(parts).map(([name, part]) =>
        names.includes(name) ? { name, ...large } : member(name, strToU8(part as string)),
      ),
    );
    expect((await refusal(readDocx, file)).message).toContain("过大");
  });

  it("of a hundred thousand members, counted and not", async () => {
    const members = Array.from({ length: 100_000 }, (_, i) => ({
      name: `${i}.xml`,
      method: 0,
      packed: new Uint8Array(),
      size: 0,
      crc: 0,
    }));
    for (const count of [undefined, 10])
      expect((await refusal(readDocx, rawZip(members, count))).message).toMatch(count ? /损坏|不是/ : /过大/);
  });

  it("of entities, and any document type", async () => {
    const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};&e${i};&e${i};">`).join(
      "",
    );
    for (const type of [
      `<!DOCTYPE d [<!ENTITY e0 "ha">${entities}]><d>&e20;</d>`,
      '<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>',
      '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
    ]) {
      expect((await refusal(readDocx, withPart("word/document.xml", type))).message).toContain("DTD");
      expect(
        (await refusal(readXlsx, zipOf({ ...xlsxParts([{ name: "S", rows: "" }]), "xl/sharedStrings.xml": type })))
          .message,
      ).toContain("DTD");
    }
    expect((await refusal(readDocx, withPart("word/document.xml", "<d>&undefined;</d>"))).message).toContain("损坏");
  });

  it("of depth, of elements, of spans, of cells", async () => {
    const deep = "<w:sdt><w:sdtContent>".repeat(5000) + p("一") + "</w:sdtContent></w:sdt>".repeat(5000);
    expect((await refusal(readDocx, docxFile(deep))).message).toContain("过大");
    expect((await refusal(readDocx, docxFile("<w:p/>".repeat(600_000)))).message).toContain("过大");
    const wide = `<w:tbl>${`<w:tr>${'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc>'.repeat(2)}</w:tr>`.repeat(3000)}</w:tbl>`;
    expect((await refusal(readDocx, docxFile(wide))).message).toContain("过大");
    const merges = Array.from({ length: 200 }, () => "A1:GR60000");
    const sheet = { name: "S", rows: rowsOf([["甲", 1]]) + rowsOf([["乙", 1]], 60_000), merges };
    expect((await refusal(readXlsx, xlsxFile([sheet]))).message).toContain("过大");
    const far = {
      name: "S",
      rows: Array.from(
        { length: 100 },
        (_, i) => `<row r="${i + 1}">${Array.from({ length: 4000 }, () => "<c><v>1</v></c>").join("")}</row>`,
      ).join(""),
    };
    expect((await refusal(readXlsx, xlsxFile([far]))).message).toContain("过大");
  });
});

describe("archives that cannot be trusted", () => {
  it("with encrypted members", async () => {
    expect((await refusal(readDocx, docxWith({ name: MAIN, flags: 1 }))).message).toContain("密码");
  });

  it("with two members of a name, or names that lead out", async () => {
    const parts = Object.entries(docxParts(p("一"))).map(([name, part]) => member(name, strToU8(part as string)));
    expect(
      (await refusal(readDocx, rawZip([...parts, member("Word/Document.xml", strToU8("<x/>"))]))).message,
    ).toContain("损坏");
    expect((await refusal(readDocx, withPart("../../etc/x", "x"))).message).toContain("损坏");
  });

  it("that compress in ways that no office program does", async () => {
    expect((await refusal(readDocx, docxWith({ name: MAIN, method: 12 }))).message).toContain("损坏");
  });
});
