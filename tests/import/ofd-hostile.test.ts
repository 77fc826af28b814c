/** OFD files made to be read for ever, into gigabytes, or from elsewhere: each is refused with a reason, or has nothing to read. */
import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/import/import-error.ts";
import { labelsOfForms } from "../../src/import/labels.ts";
import { readOfd } from "../../src/import/readers/ofd.ts";
import { extractOfd } from "../../src/import/readers/ofd-own.ts";
import { readDocument } from "../../src/import/readers/read.ts";
import { steep } from "../support/growth.ts";
import { layer, line, type MadeOfd, ofdFile, ofdParts } from "../support/ofd/made.ts";
import { rawZip } from "../support/raw-zip.ts";

const labels = labelsOfForms();
const SOUND = line("一、总体情况", 20, 40);

async function refusal(bytes: Uint8Array): Promise<ImportError> {
  const error = await readDocument(bytes, { name: "年报.ofd" }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ImportError);
  const { message, messageEn } = error as ImportError;
  expect(message).toMatch(/[\u4e00-\u9fff]/);
  expect(messageEn).toMatch(/^[A-Z]/);
  return error as ImportError;
}
const withPart = (name: string, part: string | Uint8Array, made: MadeOfd = { pages: [layer(SOUND)] }): Uint8Array =>
  ofdFile({ ...made, parts: { [name]: part } });
const CONTENT = "Doc_0/Pages/Page_0/Content.xml";

describe("files that are damaged, locked or not one document", () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    ["no document root", () => withPart("OFD.xml", "<OFD><DocBody/></OFD>"), /损坏/],
    [
      "a root that is not there",
      () => withPart("OFD.xml", "<OFD><DocBody><DocRoot>Doc_9/Document.xml</DocRoot></DocBody></OFD>"),
      /损坏/,
    ],
    [
      "a root outside the file",
      () => withPart("OFD.xml", "<OFD><DocBody><DocRoot>/../../../etc/passwd</DocRoot></DocBody></OFD>"),
      /损坏/,
    ],
    [
      "a root at an address",
      () => withPart("OFD.xml", "<OFD><DocBody><DocRoot>http://127.0.0.1/a.xml</DocRoot></DocBody></OFD>"),
      /损坏/,
    ],
    [
      "a page that is not there",
      () =>
        withPart(
          "Doc_0/Document.xml",
          '<Document><CommonData/><Pages><Page ID="1" BaseLoc="../../x"/></Pages></Document>',
        ),
      /损坏/,
    ],
    [
      "no size of a page",
      () =>
        withPart(
          "Doc_0/Document.xml",
          '<Document><Pages><Page ID="100" BaseLoc="Pages/Page_0/Content.xml"/></Pages></Document>',
        ),
      /损坏/,
    ],
    [
      "a page of no size",
      () => withPart(CONTENT, "<Page><Area><PhysicalBox>0 0 0 297</PhysicalBox></Area></Page>"),
      /损坏/,
    ],
    [
      "a page as large as a town",
      () => withPart(CONTENT, "<Page><Area><PhysicalBox>0 0 1e6 1e6</PhysicalBox></Area></Page>"),
      /损坏/,
    ],
    ["XML that is not well formed", () => withPart(CONTENT, "<Page><Content></Page>"), /损坏/],
    ["two documents", () => withPart("OFD.xml", "<OFD><DocBody/><DocBody/></OFD>"), /2份文档/],
    ["encryption (GM/T 0099)", () => withPart("Encryptions.xml", "<Encryptions/>"), /密码/],
    [
      "pictures and no text",
      () => ofdFile({ pages: [layer('<ofd:ImageObject ID="2" Boundary="0 0 210 297" ResourceID="5"/>')] }),
      /这个OFD是扫描件或图片/,
    ],
    [
      "a scan with recognized text under it",
      () =>
        ofdFile({
          pages: [
            layer(
              `${Array.from({ length: 30 }, (_, i) => line("机器识别的文字", 20, 20 + 8 * i)).join("")}<ofd:ImageObject ID="2" Boundary="0 0 210 297" ResourceID="5"/>`,
            ),
          ],
          resources:
            '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image" Format="JPEG"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>',
        }),
      /扫描件，其中的文字是机器识别的/,
    ],
    [
      "characters of a font's own",
      () => ofdFile({ pages: [layer(line("\ue0d8\ue126\ue124\ue03e政府信息", 20, 40))] }),
      /这个OFD的字体没有说明/,
    ],
  ])("%s", async (_, make, says) => {
    expect((await refusal(make())).message).toMatch(says);
  });

  it("says so too where only its data are asked for", async () => {
    await expect(extractOfd(withPart("Encryptions.xml", "<Encryptions/>"))).rejects.toThrow("不是可读的OFD");
  });
});

describe("small files that ask for much", () => {
  const bomb = (size: number): Uint8Array => {
    const part = Buffer.alloc(size, 0x20);
    const members = Object.entries(ofdParts({ pages: [layer(SOUND)] })).map(([name, content]) => {
      const bytes = name === CONTENT ? part : Buffer.from(content as string);
      return { name, method: 8, packed: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) };
    });
    return rawZip(members);
  };
  const laughs = `<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">${"bcdefghij"
    .split("")
    .map((name, i) => `<!ENTITY ${name} "${`&${"abcdefghi"[i]};`.repeat(10)}">`)
    .join("")}]>`;
  const group = (id: number, inner: string): string =>
    `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="${id}" Width="1" Height="1"><ofd:Content>${inner}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
  const call = (id: number): string => `<ofd:CompositeObject ID="9" Boundary="0 0 210 297" ResourceID="${id}"/>`;
  const TOO_MUCH = /过大|内容过多|损坏/;

  it.each<[string, () => Uint8Array, RegExp]>([
    ["a page that unpacks to 300 MB", () => bomb(300 << 20), TOO_MUCH],
    ["ten thousand million laughs", () => withPart(CONTENT, `${laughs}<Page>&j;</Page>`), /文档类型声明/],
    [
      "an entity that is a file",
      () => withPart(CONTENT, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Page>&a;</Page>'),
      /文档类型声明/,
    ],
    ["blocks nested ten thousand times", () => withPart(CONTENT, `<Page>${"<PageBlock>".repeat(10_000)}`), TOO_MUCH],
    [
      "three hundred thousand pages",
      () =>
        withPart("Doc_0/Document.xml", `<Document><Pages>${'<Page BaseLoc="a"/>'.repeat(300_000)}</Pages></Document>`),
      /300000页|过大/,
    ],
    [
      "a group that is made of itself",
      () => ofdFile({ pages: [layer(SOUND + call(70))], resources: group(70, call(70)) }),
      TOO_MUCH,
    ],
    [
      "groups of a hundred groups, eight deep",
      () =>
        ofdFile({
          pages: [layer(SOUND + call(70))],
          resources:
            Array.from({ length: 7 }, (_, i) => group(70 + i, call(71 + i).repeat(100))).join("") + group(77, SOUND),
        }),
      TOO_MUCH,
    ],
    [
      "three hundred pages laid on one of ten thousand objects",
      () =>
        ofdFile({
          pages: Array.from({ length: 300 }, () => '<ofd:Template TemplateID="900"/>'),
          templates: [layer(SOUND + '<ofd:PathObject ID="9" Boundary="0 0 9 9"/>'.repeat(10_000))],
        }),
      TOO_MUCH,
    ],
    [
      "a path of three million points",
      () =>
        ofdFile({
          pages: [
            layer(
              `${SOUND}<ofd:PathObject ID="9" Boundary="0 0 9 9"><ofd:AbbreviatedData>${"L 1 1 ".repeat(1_000_000)}</ofd:AbbreviatedData></ofd:PathObject>`,
            ),
          ],
        }),
      TOO_MUCH,
    ],
    [
      "areas laid over each other and all text a hundred thousand times",
      () =>
        ofdFile({
          pages: [
            layer(
              Array.from({ length: 600 }, (_, i) => line("满页都是字", 10 + (i % 8) * 24, 10 + (i >> 3) * 3)).join("") +
                '<ofd:PathObject ID="9" Boundary="0 0 210 297" Fill="true"><ofd:FillColor Value="0 0 0" Alpha="140"/><ofd:AbbreviatedData>M 0 0 L 210 0 L 210 297 L 1 297 L 0 150 C</ofd:AbbreviatedData></ofd:PathObject>'.repeat(
                  60_000,
                ),
            ),
          ],
        }),
      TOO_MUCH,
    ],
  ])("%s", async (_, make, says) => {
    expect((await refusal(make())).message).toMatch(says);
  });

  it("are read where they only claim much", async () => {
    const said = "全年收到政府信息公开申请，均已依照条例的规定按期答复";
    const claims = line(said, 20, 40)
      .replace(/DeltaX="[^"]*"/, 'DeltaX="g 999999999999 4" DeltaY="g 99999999 0"')
      .replace(
        "<ofd:TextCode",
        '<ofd:CGTransform CodePosition="0" CodeCount="999999999" GlyphCount="999999999"><ofd:Glyphs>1 2</ofd:Glyphs></ofd:CGTransform><ofd:TextCode',
      );
    const odd = [
      '<ofd:PathObject ID="9" Boundary="1e308 -1e308 1e308 NaN" CTM="1e300 x 0 1e300 0 0" LineWidth="-1e308"><ofd:AbbreviatedData>M 1e308 1 L -1e308 A 1 0 0 0 0 0 0 A 1e-300 1e300 45 1 0 5 5 B 1 C Q X 9</ofd:AbbreviatedData></ofd:PathObject>',
      '<ofd:TextObject ID="9" Font="9" Size="1e308"><ofd:TextCode X="Infinity">0</ofd:TextCode></ofd:TextObject>',
      '<ofd:TextObject ID="9"/><ofd:ImageObject ID="9"/><ofd:CompositeObject ID="9" ResourceID="404"/>',
    ].join("");
    const made = await readOfd(ofdFile({ pages: [layer(claims + odd)] }), { labels });
    expect(made).toMatchObject({ items: [{ text: said }] });
  });

  it("cannot be told to look outside: a resource, a font, a page from elsewhere is not there", async () => {
    const bytes = ofdFile({
      pages: [layer(SOUND)],
      common:
        "<ofd:DocumentRes>../../../etc/passwd</ofd:DocumentRes><ofd:DocumentRes>file:///etc/passwd</ofd:DocumentRes>",
    });
    expect(await readOfd(bytes, { labels })).toMatchObject({ items: [{ text: "一、总体情况" }] });
  });
});

it(
  "the time that reading takes grows no faster than what there is of each thing",
  async () => {
    const kinds: Readonly<Record<string, (count: number) => MadeOfd>> = {
      characters: (n) => ({ pages: [layer(line("字".repeat(n), 20, 40, ' CTM="0.001 0 0 1 0 0"') + SOUND)] }),
      "text objects": (n) => ({
        pages: [layer(Array.from({ length: n }, (_, i) => line("字", i % 200, 10 + (i % 280))).join(""))],
      }),
      "lines of a table": (n) => ({
        pages: [
          layer(
            SOUND +
              Array.from(
                { length: n },
                (_, i) =>
                  `<ofd:PathObject ID="9" Boundary="0 0 210 297"><ofd:AbbreviatedData>M 20 ${10 + (i * 280) / n} L 190 ${10 + (i * 280) / n}</ofd:AbbreviatedData></ofd:PathObject>`,
              ).join(""),
          ),
        ],
      }),
      "points of a path": (n) => ({
        pages: [
          layer(
            `${SOUND}<ofd:PathObject ID="9" Boundary="0 0 210 297"><ofd:AbbreviatedData>M 0 0 ${"L 1 200 L 2 100 ".repeat(n / 2)}</ofd:AbbreviatedData></ofd:PathObject>`,
          ),
        ],
      }),
      resources: (n) => ({
        pages: [layer(SOUND)],
        resources: `<ofd:DrawParams>${Array.from({ length: n }, (_, i) => `<ofd:DrawParam ID="${i}" Relative="${i + 1}"/>`).join("")}</ofd:DrawParams>`,
      }),
      "annotations of one page": (n) => ({
        pages: [layer(SOUND)],
        annotations: '<Annot ID="1" Type="Path"><Appearance Boundary="1 1 2 2"/></Annot>'.repeat(n),
      }),
    };
    const prepare = (make: (count: number) => MadeOfd) => (count: number) => {
      const bytes = ofdFile(make(count));
      return () => readOfd(bytes, { labels }).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
    };
    expect(await steep(Object.entries(kinds).map(([what, make]) => [what, prepare(make)]))).toEqual([]);
  },
  10 * 60_000,
);

it("text of a file is not run, and its markup stays text", async () => {
  const made = await readOfd(ofdFile({ pages: [layer(line("&lt;b&gt;一、&amp;总体情况", 20, 40))] }), { labels });
  expect(made).toMatchObject({ items: [{ text: "<b>一、&总体情况" }] });
});
