import { describe, expect, it } from "vitest";
import { checkRoster } from "../../src/roster/check.ts";
import { kindByName } from "../../src/roster/names.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { governmentOf, organsBelow, treeOf } from "../../src/roster/tree.ts";
import { organ } from "../support/roster.ts";

const CITY = organ(1, "云川市人民政府", "government");
const EDUCATION = organ(2, "云川市教育局", "department", { superior: CITY.uscc });
const COUNTY = organ(3, "云川市东湖区人民政府", "government", { division: "990102", superior: CITY.uscc });
const COUNTY_EDUCATION = organ(4, "云川市东湖区教育局", "department", { division: "990102", superior: COUNTY.uscc });
const TOWN = organ(5, "云川市东湖区柳林镇人民政府", "township", { division: "990102", superior: COUNTY.uscc });
const SOUND = [CITY, EDUCATION, COUNTY, COUNTY_EDUCATION, TOWN];

const check = (organs: readonly unknown[], more: object = {}) => checkRoster({ division: "990100", organs, ...more });
const ids = (organs: readonly unknown[]): string[] => check(organs).findings.map(({ id }) => id);
const except = (changed: Organ): Organ[] => SOUND.map((own) => (own.uscc === changed.uscc ? changed : own));

describe("checking a roster", () => {
  it("finds nothing in one that is in order", () => {
    expect(check(SOUND)).toEqual({ findings: [], roster: { division: "990100", organs: SOUND } });
  });

  it("names the place of what the schema refuses by the organ's name", () => {
    const { findings, roster } = check([{ ...EDUCATION, kind: "bureau", superiors: CITY.uscc }, { name: "某局" }]);
    expect(roster).toBeUndefined();
    const told = findings.map(({ message }) => message);
    expect(told).toContainEqual(expect.stringContaining("第1个机关“云川市教育局”的类别应为"));
    expect(told).toContainEqual(expect.stringContaining("没有“superiors”这一项，是否应为“superior”？"));
    expect(told).toContainEqual(expect.stringContaining("缺少第2个机关“某局”的统一社会信用代码"));
  });

  it.each<[string, Organ[], string, string]>([
    [
      "a code whose check character is wrong",
      SOUND.map((own) => (own === EDUCATION ? { ...own, uscc: `${own.uscc.slice(0, 17)}9` } : own)),
      "R-CODE",
      "校验码应为",
    ],
    ["a code that stands twice", [...SOUND, { ...EDUCATION, name: "云川市体育局" }], "R-TWICE", "出现两次"],
    ["two codes with one name", [...SOUND, { ...organ(9, EDUCATION.name, "department") }], "R-NAME", "有两个代码"],
    [
      "one name in another width",
      [organ(1, "云川市教育局（区）", "department"), organ(2, "云川市 教育局(区)", "department"), CITY].slice(0, 2),
      "R-NAME",
      "有两个代码",
    ],
    [
      "a superior that is not there",
      except({ ...EDUCATION, superior: organ(77, "", "other").uscc }),
      "R-SUPERIOR",
      "不在名录里",
    ],
    [
      "a circle of superiors",
      except({ ...CITY, superior: TOWN.uscc }),
      "R-CIRCLE",
      "云川市人民政府 → 云川市东湖区柳林镇人民政府 → 云川市东湖区人民政府 → 云川市人民政府",
    ],
    ["its own superior", except({ ...CITY, superior: CITY.uscc }), "R-CIRCLE", "云川市人民政府 → 云川市人民政府"],
    [
      "a successor that is not there",
      except({ ...EDUCATION, until: "2024-03-01", mergedInto: organ(77, "", "other").uscc }),
      "R-MERGED",
      "并入的机关",
    ],
    ["a merger without a date", except({ ...EDUCATION, mergedInto: TOWN.uscc }), "R-MERGED", "没有写撤销日期"],
    [
      "an end before the beginning",
      except({ ...EDUCATION, since: "2024-01-01", until: "2023-01-01" }),
      "R-DATES",
      "不在设立",
    ],
    [
      "an organ of another province",
      [...SOUND, organ(6, "云岭省司法厅", "department", { division: "980000" })],
      "R-DIVISION",
      "不在990100之内",
    ],
  ])("refuses %s", (_, organs, id, says) => {
    const { findings, roster } = check(organs);
    expect(roster).toBeUndefined();
    const found = findings.find((finding) => finding.id === id);
    expect(found, JSON.stringify(findings)).toMatchObject({ level: "error" });
    expect(found!.message).toContain(says);
    expect(found!.cells.length).toBeGreaterThan(0);
  });

  it("takes one name under two codes where the first was no more when the second came", () => {
    const before = organ(8, EDUCATION.name, "department", { superior: CITY.uscc, until: "2020-05-01" });
    expect(ids([before, ...except({ ...EDUCATION, since: "2020-05-01" })])).toEqual([]);
  });

  it.each<[string, Organ[], string]>([
    [
      "a township listed as a government, whose report would sum up others",
      except({ ...TOWN, kind: "government" }),
      "R-KIND",
    ],
    ["a department listed as a government", except({ ...EDUCATION, kind: "government" }), "R-KIND"],
    [
      "a superior that ended before",
      except({ ...COUNTY, until: "2024-06-01", mergedInto: CITY.uscc }),
      "R-SUPERIOR-ENDED",
    ],
    ["no government of the division", [EDUCATION].map(({ superior: _, ...own }) => own), "R-GOVERNMENT"],
  ])("takes %s with a warning", (_, organs, id) => {
    const { findings, roster } = check(organs);
    expect(roster).toBeDefined();
    expect(findings.map((finding) => finding.id)).toContain(id);
  });

  it("is done with twenty thousand organs, and refuses more, and a chain of as many superiors", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => organ(i, `第${i}局`, "department"));
    expect(check(many).roster).toBeDefined();
    expect(ids([...many, organ(30_000, "再一局", "department")])).toEqual(["S-LENGTH"]);
    const chain = many.map((own, i) => (i === 0 ? own : { ...own, superior: many[i - 1]!.uscc }));
    expect(ids(chain)).toContain("R-DEPTH");
    expect(check(chain.slice(0, 12)).roster).toBeDefined();
  });
});

describe("what an organ is by its name", () => {
  it.each([
    ["聊城市人民政府", "government"],
    ["东昌府区人民政府", "government"],
    ["阿拉善左旗人民政府", "government"],
    ["巴彦浩特镇人民政府", "township"],
    ["额肯呼都格苏木人民政府", "township"],
    ["某某满族乡人民政府", "township"],
    ["新区街道办事处", "township"],
    ["聊城市人民政府办公室", "department"],
    ["国家税务总局聊城市税务局", "vertical"],
    ["聊城市气象局", "vertical"],
    ["聊城经济技术开发区管理委员会", "other"],
    ["聊城市卫生健康委员会", "department"],
  ])("%s: %s", (name, kind) => {
    expect(kindByName(name)).toBe(kind);
  });
});

describe("who belongs to whom in a year", () => {
  const named = (organs: readonly Organ[]): string[] => organs.map(({ name }) => name);

  it("is the tree of superiors; the government of a division is the highest of it", () => {
    const tree = treeOf({ organs: SOUND }, 2024);
    expect(tree.roots.map((branch) => branch.organ.name)).toEqual([CITY.name]);
    expect(named(organsBelow(governmentOf(tree, "990100")!))).toEqual(named(SOUND.slice(1)));
    expect(named(organsBelow(governmentOf(tree, "990102")!))).toEqual([COUNTY_EDUCATION.name, TOWN.name]);
    expect(governmentOf(tree, "990103")).toBeUndefined();
  });

  it("has an organ in the year in which it was founded, and in none in which it was merged", () => {
    const culture = organ(6, "云川市文化局", "department", {
      superior: CITY.uscc,
      since: "2019-03-01",
      until: "2024-11-15",
      mergedInto: EDUCATION.uscc,
    });
    const held = (year: number): boolean => treeOf({ organs: [...SOUND, culture] }, year).held.has(culture.uscc);
    expect([2018, 2019, 2023, 2024, 2025].map(held)).toEqual([false, true, true, false, false]);
    expect(named(treeOf({ organs: [...SOUND, culture] }, 2024).others)).toEqual([culture.name]);
  });

  it("an end on the first day of the next year leaves the year its own", () => {
    const ending = (until: string) => treeOf({ organs: [{ ...CITY, until }] }, 2024).held.size;
    expect([ending("2024-12-31"), ending("2025-01-01")]).toEqual([0, 1]);
  });

  it("puts the organs of a county that was merged under the one that it went into", () => {
    const west = organ(7, "云川市西山区人民政府", "government", { division: "990103", superior: CITY.uscc });
    const merged: Organ = { ...COUNTY, until: "2024-06-01", mergedInto: west.uscc };
    const tree = treeOf({ organs: [...except(merged), west] }, 2024);
    expect(named(organsBelow(governmentOf(tree, "990103")!))).toEqual([COUNTY_EDUCATION.name, TOWN.name]);
  });

  it("puts them under its superior where it went into none, and loses none where superiors go round", () => {
    const gone: Organ = { ...COUNTY, until: "2024-06-01" };
    const tree = treeOf({ organs: except(gone) }, 2024);
    expect(named(organsBelow(governmentOf(tree, "990100")!))).toEqual([
      EDUCATION.name,
      COUNTY_EDUCATION.name,
      TOWN.name,
    ]);
    const round = treeOf({ organs: except({ ...CITY, superior: TOWN.uscc }) }, 2024);
    expect(round.held.size).toBe(SOUND.length);
    expect(round.roots.flatMap((root) => [root.organ, ...organsBelow(root)])).toHaveLength(SOUND.length);
  });
});
