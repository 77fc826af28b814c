/** The data that an OFD of this system carries, and what keeps them from being taken out. */
import { fileURLToPath } from "node:url";
import { strFromU8, strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { composed } from "../../../src/formats/content.ts";
import { writeAs } from "../../../src/formats/write.ts";
import { importReport } from "../../../src/import/import.ts";
import { extractOfd } from "../../../src/import/readers/ofd-own.ts";
import { partsOf } from "../../support/ofd/parts.ts";
import { example } from "../../support/service.ts";
import { ofdOf, reportFile } from "../../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
const REPORTS = {
  "liaocheng-2020": (await example("liaocheng-2020")) as unknown as Report,
  "hangzhou-2025": (await example("hangzhou-2025")) as unknown as Report,
};
const HANGZHOU = await ofdOf(REPORTS["hangzhou-2025"], fonts);

/** The file with parts in place of its own, or besides them. */
function altered(change: (parts: Map<string, Uint8Array>) => void, file = HANGZHOU): Uint8Array {
  const parts = partsOf(file);
  change(parts);
  return zipSync(Object.fromEntries(parts));
}
const edit = (part: string, from: string | RegExp, to: string): Uint8Array =>
  altered((parts) => {
    const text = strFromU8(parts.get(part)!);
    expect(text).toMatch(from);
    parts.set(part, strToU8(text.replace(from, to)));
  });

describe("the data", () => {
  it.each(["liaocheng-2020", "hangzhou-2025"] as const)(
    "of %s come out byte for byte as they are published",
    async (name) => {
      const file = await ofdOf(REPORTS[name], fonts);
      expect(Buffer.from(await extractOfd(file)).equals(Buffer.from(reportFile(REPORTS[name])))).toBe(true);
      const { report, account } = await importReport(file);
      expect([report, account.format]).toEqual([REPORTS[name], "ofd"]);
    },
  );

  it("come out of a file that a seal system has signed since: its parts are beside the pages (18)", async () => {
    const signed = altered((parts) => {
      const root = strFromU8(parts.get("OFD.xml")!);
      const entry = "</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>";
      parts.set("OFD.xml", strToU8(root.replace("</ofd:DocRoot>", entry)));
      parts.set("Doc_0/Signs/Signatures.xml", strToU8('<ofd:Signatures xmlns:ofd="http://www.ofdspec.org/2016"/>'));
      parts.set("Doc_0/Signs/Sign_0/SignedValue.dat", new Uint8Array(2000));
    });
    expect(Buffer.from(await extractOfd(signed)).equals(Buffer.from(reportFile(REPORTS["hangzhou-2025"])))).toBe(true);
  });

  it("come out of a file that was packed again by another program", async () => {
    const again = altered((parts) => {
      const order = [...parts].reverse();
      parts.clear();
      for (const [name, bytes] of order) parts.set(name, bytes);
    });
    expect(JSON.parse(strFromU8(await extractOfd(again)))).toEqual(REPORTS["hangzhou-2025"]);
  });
});

describe("what was altered is refused, and is no import either", () => {
  const CONTENT = "Doc_0/Pages/Page_3/Content.xml";
  it.each<[string, () => Uint8Array, RegExp]>([
    ["a figure on a page", () => edit(CONTENT, ">11398889<", ">11398888<"), /页面文字已被改动/],
    [
      "a text that was put on a page",
      () =>
        edit(
          CONTENT,
          "</ofd:Layer>",
          '<ofd:TextObject ID="9999999" Boundary="0 0 9 9" Font="2" Size="4"><ofd:TextCode X="0" Y="4">9</ofd:TextCode></ofd:TextObject></ofd:Layer>',
        ),
      /页面文字已被改动/,
    ],
    ["the data", () => edit("Doc_0/Attachs/report.json", "11398889", "11398888"), /附带的数据已被改动/],
    [
      "a page that was left out",
      () => edit("Doc_0/Document.xml", /<ofd:Page ID="\d+" BaseLoc="Pages\/Page_3\/Content.xml"\/>/, ""),
      /页面文字已被改动/,
    ],
    [
      "a page that another one is laid on",
      () => edit(CONTENT, "<ofd:Area>", '<ofd:Template TemplateID="5"/><ofd:Area>'),
      /加了别的内容/,
    ],
    [
      "pages with annotations over them",
      () =>
        altered((parts) => {
          const root = strFromU8(parts.get("Doc_0/Document.xml")!);
          parts.set(
            "Doc_0/Document.xml",
            strToU8(root.replace("<ofd:CustomTags>", "<ofd:Annotations>A.xml</ofd:Annotations><ofd:CustomTags>")),
          );
          parts.set(
            "Doc_0/A.xml",
            strToU8(
              '<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Page PageID="9"><ofd:FileLoc>B.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
            ),
          );
        }),
      /批注/,
    ],
  ])("%s", async (_, make, says) => {
    const file = make();
    await expect(extractOfd(file)).rejects.toThrow(says);
    await expect(importReport(file)).rejects.toThrow(/这是本系统生成的OFD，但/);
  });

  it("a file of others, and what is none", async () => {
    await expect(extractOfd(edit("OFD.xml", /<ofd:CustomDatas>.*<\/ofd:CustomDatas>/, ""))).rejects.toThrow(
      "没有附带数据",
    );
    await expect(extractOfd(strToU8("PK no archive"))).rejects.toThrow("不是可读的OFD");
  });
});

it("a notice in a report's place is no report", async () => {
  const notice = composed({
    of: "withdrawal",
    uscc: REPORTS["hangzhou-2025"].organ.uscc,
    withdrawal: {
      organ: "杭州市人民政府",
      year: 2025,
      supersedes: 1,
      supersededDate: "2026-01-20",
      reason: "统计口径有误，须重新核对。",
      date: "2026-02-01",
    },
  });
  const file = await writeAs({ name: "ofd" }, notice, { fonts: () => fonts });
  expect(JSON.parse(strFromU8(await extractOfd(file)))).toMatchObject({ withdrawn: true });
  await expect(importReport(file)).rejects.toThrow("撤回说明");
});
