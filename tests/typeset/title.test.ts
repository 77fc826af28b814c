import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openFonts } from "../../src/fonts/fonts.ts";
import { titleLines, titlePieces } from "../../src/typeset/title.ts";

const { measure } = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const REST = "2025年政府信息公开工作年度报告";

describe("a title is broken by meaning, in a trapezoid or a lozenge (GB/T 9704—2012, 7.3.1)", () => {
  it.each([
    ["水利局", ["水利局", REST]],
    ["聊城市市场监督管理局", ["聊城市市场监督管理局", REST]],
    [
      "内蒙古自治区锡林郭勒盟苏尼特右旗人力资源和社会保障局",
      ["内蒙古自治区锡林郭勒盟", "苏尼特右旗人力资源和社会保障局", REST],
    ],
    [
      "山东省聊城市东昌府区住房和城乡建设局行政审批服务中心",
      ["山东省聊城市东昌府区", "住房和城乡建设局行政审批服务中心", REST],
    ],
    [
      "山东省聊城市东昌府区综合行政执法局城市管理监督指挥中心",
      ["山东省聊城市东昌府区", "综合行政执法局城市管理监督指挥中心", REST],
    ],
  ])("%s", (organ, lines) => {
    expect(titleLines([organ, REST], measure)).toEqual(lines);
  });

  it.each([
    [
      "浙江省杭州市余杭区未来科技城管理委员会、浙江省杭州市余杭区良渚新城管理委员会、浙江省杭州市余杭区瓶窑镇人民政府",
      [
        "浙江省杭州市余杭区未来科技城管理委员会、",
        "浙江省杭州市余杭区良渚新城管理委员会、",
        "浙江省杭州市余杭区瓶窑镇人民政府",
        REST,
      ],
    ],
    ["某某县水利局、某某县林业局", ["某某县水利局、某某县林业局", REST]],
    // One organ's: the mark is inside its name.
    ["某某县教育、体育局", ["某某县教育、体育局", REST]],
  ])("joint names between them: %s", (organ, lines) => {
    expect(titleLines([organ, REST], measure)).toEqual(lines);
  });

  it("takes no time over a name of many short words", () => {
    const words = "教育体育财政审计统计公安司法民政商务信访林业园林海洋渔业气象税务教育体育财政审计统计公安";
    expect(titleLines([words, REST], measure).join("")).toBe(words + REST);
  });

  it("never inside the name of a city or a district that has 州 in it", () => {
    expect(titlePieces("浙江省杭州市余杭区水利局").slice(0, 2)).toEqual(["浙江省", "杭州市"]);
    expect(titlePieces("北京市通州区水利局")[1]).toMatch(/^通州区/u);
    expect(titlePieces("某某自治州某某州水利局")[0]).toBe("某某自治州");
  });

  it("never inside a word, never before 的", () => {
    for (const organ of [
      "某某省某某市某某区退役军人事务局综合保障服务中心",
      "国家某某总局驻某某地区的专员办事处综合业务一处",
    ])
      for (const line of titleLines([organ, REST], measure)) {
        expect(line).not.toMatch(/^[的和与及局]/u);
        expect(line).not.toMatch(/(市场|监督|退役|军人事|人力资|社会保)$/u);
      }
  });
});
