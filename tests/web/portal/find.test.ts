import { describe, expect, it } from "vitest";
import { readings, syllables } from "../../../src/index/initials.ts";
import { mergeSearch, organLine } from "../../../src/index/merge.ts";
import type { OrganIndex } from "../../../src/index/shapes.ts";
import { find, type Organ } from "../../../web/portal/find.ts";
import { readingsOf } from "../../../web/portal/pinyin.ts";

const organ = (uscc: string, name: string): Organ => {
  const { initials, others } = readings(name);
  return [uscc, name, initials, 2020, 2024, ...(others === "" ? [] : ([others] as const))] as unknown as Organ;
};
const ORGANS = [
  organ("11371500MB28560185", "聊城市市场监督管理局"),
  organ("11371500004390571B", "聊城市教育局"),
  organ("11371502004390571B", "聊城市东昌府区教育局"),
  organ("11330100002489015P", "杭州市人民政府"),
  organ("11500115009320119X", "重庆市长寿区人民政府"),
  organ("11371722004461018K", "单县发展和改革委员会"),
  organ("11000000000000001A", "<img src=x onerror=alert(1)>局"),
];
const names = (query: string, filter = { division: "", year: "" }): string[] =>
  find(ORGANS, query, filter, 50).organs.map(([, name]) => name);

describe("the search finds", () => {
  it.each([
    ["聊城市教育局", ["聊城市教育局", "聊城市东昌府区教育局"]],
    ["教育 聊城", ["聊城市教育局", "聊城市东昌府区教育局"]],
    ["教育　东昌府", ["聊城市东昌府区教育局"]],
    ["市监局", ["聊城市市场监督管理局"]],
    ["113715", ["聊城市教育局", "聊城市市场监督管理局", "聊城市东昌府区教育局"]],
    ["１１３７１５０２", ["聊城市东昌府区教育局"]],
    ["lcs", ["聊城市教育局", "聊城市东昌府区教育局", "聊城市市场监督管理局"]],
    ["LCSJYJ", ["聊城市教育局"]],
    ["dcf", ["聊城市东昌府区教育局"]],
    ["jyj lcs", ["聊城市教育局", "聊城市东昌府区教育局"]],
    ["没有", []],
  ])("%s", (query, expected) => {
    expect(names(query)).toEqual(expect.arrayContaining(expected));
    expect(names(query)[0]).toBe(expected[0]);
    expect(names(query)).toHaveLength(expected.length);
  });

  it("a name with a character of two readings by either of them", () => {
    for (const query of ["cqscsq", "zqscsq", "cqszsq", "csqrmzf", "zsqrmzf"])
      expect(names(query), query).toEqual(["重庆市长寿区人民政府"]);
    for (const query of ["sxfz", "dxfz", "cxfz"]) expect(names(query), query).toEqual(["单县发展和改革委员会"]);
    expect(names("xqscsq")).toEqual([]);
  });

  it.each([
    ["liaocheng", ["聊城市教育局", "聊城市市场监督管理局", "聊城市东昌府区教育局"]],
    ["liaochengshijiaoyuju", ["聊城市教育局"]],
    ["liao cheng dongchang", ["聊城市东昌府区教育局"]],
    ["liaochengj", []],
    ["dongchangf", ["聊城市东昌府区教育局"]],
    ["chongqing", ["重庆市长寿区人民政府"]],
    ["zhangshouqu", ["重庆市长寿区人民政府"]],
    ["changshou'qu", ["重庆市长寿区人民政府"]],
    ["shanxian", ["单县发展和改革委员会"]],
    ["xiaocheng", []],
  ])("%s, as the names are read in full", (query, expected) => {
    const all = readingsOf(syllables(ORGANS.map(([, name]) => name)));
    const found = find(ORGANS, query, { division: "", year: "" }, 50, all).organs.map(([, name]) => name);
    expect([...found].sort()).toEqual([...expected].sort());
  });

  it("an organ by a name that it had in an earlier year, after those that have it now", () => {
    const year = (organ: string, of: number, uscc: string) =>
      ({ uscc, organ, year: of, versions: [], figures: {} }) as unknown as OrganIndex["years"][number];
    const index = (uscc: string, names: readonly string[]): OrganIndex => ({
      uscc,
      organ: names.at(-1)!,
      division: uscc.slice(2, 8),
      years: names.map((name, i) => year(name, 2020 + i, uscc)),
    });
    const organs = [
      index("11371500000000001A", ["聊城市工商行政管理局", "聊城市市场监督管理局"]),
      index("11371500000000002A", ["聊城市工商行政管理局培训中心"]),
    ];
    const shard = mergeSearch(undefined, "37", organs.map(organLine));
    const all = readingsOf(shard.syllables);
    const codes = (query: string) =>
      find(shard.organs, query, { division: "", year: "" }, 9, all).organs.map(([c]) => c);
    expect(codes("工商行政")).toEqual(["11371500000000002A", "11371500000000001A"]);
    expect(codes("liaochengshigongshang")).toEqual(["11371500000000002A", "11371500000000001A"]);
    expect(codes("市场监督")).toEqual(["11371500000000001A"]);
  });

  it("the reading that people say before another one, and the beginning before the middle", () => {
    const organs = [organ("11500000000000001A", "长乐区水利局"), organ("11500000000000002A", "中路镇政府")];
    // 长 may be zh, 中 is: zl begins both.
    expect(find(organs, "zl", { division: "", year: "" }, 5).organs.map(([, name]) => name)).toEqual([
      "中路镇政府",
      "长乐区水利局",
    ]);
    expect(names("局")[0]).not.toBeUndefined();
    expect(names("聊城市东")[0]).toBe("聊城市东昌府区教育局");
  });

  it("within a division and a year", () => {
    expect(names("", { division: "371502", year: "2021" })).toEqual(["聊城市东昌府区教育局"]);
    expect(names("", { division: "371502", year: "2019" })).toEqual([]);
  });

  it("text that could be taken for markup as text", () => {
    expect(names("<img")).toEqual(["<img src=x onerror=alert(1)>局"]);
  });
});
