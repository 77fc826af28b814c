import { writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { checkRoster } from "../../src/roster/check.ts";
import { draftRoster } from "../../src/roster/draft.ts";
import { readList } from "../../src/roster/read.ts";
import type { Roster } from "../../src/roster/roster.ts";
import { rosterCsv, rosterXlsx } from "../../src/roster/write.ts";
import { codeOf, organ } from "../support/roster.ts";

const CITY = organ(1, "云川市人民政府", "government");
const ROSTER: Roster = {
  division: "990100",
  organs: [
    CITY,
    organ(2, "云川市教育局", "department", {
      superior: CITY.uscc,
      formerNames: ["云川市教育委员会", "云川市教育文化局"],
      since: "1998-03-01",
      deadline: "01-20",
    }),
    organ(3, "云川市文化局", "department", {
      superior: CITY.uscc,
      until: "2024-11-15",
      mergedInto: codeOf("990100", 2),
    }),
    organ(4, "云川市东湖区人民政府", "government", { superior: CITY.uscc, division: "990102" }),
    organ(5, "国家税务总局云川市税务局", "vertical"),
  ],
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const draft = async (content: Uint8Array | string, name: string, guess = false) => {
  const list = await readList(typeof content === "string" ? bytes(content) : content, name);
  return { list, ...draftRoster("990100", list.rows, guess) };
};

describe("a roster as a table", () => {
  it.each([
    ["名录.csv", async () => rosterCsv(ROSTER)],
    ["名录.xlsx", () => rosterXlsx(ROSTER)],
  ])("%s is read as it was written", async (name, written) => {
    const { roster, problems, list, guessed } = await draft(await written(), name);
    expect([problems, list.problems, list.beside]).toEqual([[], [], []]);
    expect(roster).toEqual(ROSTER);
    expect(guessed).toEqual({ kinds: 0, superiors: 0 });
    expect(checkRoster(roster).findings).toEqual([]);
  });

  it("is the same bytes for the same roster", async () => {
    expect(await rosterXlsx(ROSTER)).toEqual(await rosterXlsx(structuredClone(ROSTER)));
  });

  it("takes superiors by name, dates as offices write them and heads in other words", async () => {
    const rows = [
      "单位名称,信用代码,类型,上级机关,成立时间,期限",
      `云川市人民政府,${codeOf("990100", 1)},人民政府,,,`,
      `云川市教育局,${codeOf("990100", 2).toLowerCase()},部门,云川市人民政府,1998年3月1日,1月20日`,
    ];
    const { roster, problems } = await draft(rows.join("\r\n"), "单位.csv");
    expect(problems).toEqual([]);
    expect(roster.organs[1]).toEqual({
      uscc: codeOf("990100", 2),
      name: "云川市教育局",
      kind: "department",
      superior: codeOf("990100", 1),
      since: "1998-03-01",
      deadline: "01-20",
    });
  });

  it("leaves nothing out in silence: a row without a code, a kind that is none, a note, a formula", async () => {
    const xlsx = await writeXlsx({
      sheets: [
        {
          name: "Sheet1",
          rows: [
            ["云川市行政机关名单", null, null],
            ["名称", "统一社会信用代码", "类别"],
            ["云川市人民政府", codeOf("990100", 1), "人民政府"],
            ["云川市教育局", "1.13301E+17", "部门"],
            ["云川市水利局", codeOf("990100", 3), "事业单位"],
            ["云川市档案局另报", null, null],
          ],
        },
      ],
    });
    const { list, problems, roster } = await draft(xlsx, "名单.xlsx");
    expect(list.problems.map(({ where, zh }) => `${where}${zh}`)).toEqual([
      expect.stringContaining("“云川市教育局”统一社会信用代码“1.13301E+17”读不懂"),
      expect.stringContaining("“云川市水利局”类别“事业单位”读不懂"),
    ]);
    expect(list.beside).toEqual(["云川市档案局另报"]);
    expect(problems.map(({ zh }) => zh)).toEqual(["没有统一社会信用代码"]);
    expect(roster.organs.map(({ name }) => name)).toEqual(["云川市人民政府", "云川市水利局"]);
  });

  it("is not made of a report, nor of a table without names and codes", async () => {
    await expect(draft("a,b\r\n1,2\r\n", "x.csv")).rejects.toThrow("没有名单");
    await expect(draft('{"year":2024}', "x.json")).rejects.toThrow("没有机关");
  });
});

describe("a first draft", () => {
  it("tells kinds by name and superiors by division, vertically managed organs apart", async () => {
    const county = codeOf("990102", 4);
    const rows = [
      ["云川市教育局", codeOf("990100", 2)],
      ["云川市人民政府", codeOf("990100", 1)],
      ["云川市东湖区人民政府", county],
      ["云川市东湖区柳林镇人民政府", codeOf("990102", 6)],
      ["国家税务总局云川市税务局", codeOf("990100", 5)],
    ];
    const { roster, guessed } = await draft(rows.map((row) => row.join(",")).join("\n"), "名单.csv", true);
    expect(roster.organs.map(({ kind, superior }) => [kind, superior])).toEqual([
      ["department", codeOf("990100", 1)],
      ["government", undefined],
      ["government", codeOf("990100", 1)],
      ["township", county],
      ["vertical", undefined],
    ]);
    expect(guessed).toEqual({ kinds: 5, superiors: 3 });
    expect(checkRoster(roster).findings).toEqual([]);
  });

  it("takes codes from what is published for a list of names alone", async () => {
    const published = JSON.stringify({
      division: "990100",
      organs: [{ uscc: codeOf("990100", 2), organ: "云川市教育局", initials: "ycsjyj", years: [2024] }],
    });
    const names = await readList(bytes("名称,类别\n云川市教育局,部门\n云川市档案局,部门\n"), "名单.csv");
    const known = await readList(bytes(published), "index.json");
    const { roster, problems } = draftRoster("990100", [...names.rows, ...known.rows], true);
    expect(roster.organs).toEqual([{ uscc: codeOf("990100", 2), name: "云川市教育局", kind: "department" }]);
    expect(problems).toEqual([expect.objectContaining({ zh: "没有统一社会信用代码" })]);
  });
});
