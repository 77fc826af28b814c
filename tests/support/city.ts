/** A made-up city of three levels with 60 organs, and the reports that they would file. */
import type { Report } from "../../generated/report.ts";
import { setCell } from "../../src/form/cells.ts";
import { completeTotals } from "../../src/form/complete.ts";
import type { EditionForm } from "../../src/form/form.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formForYear } from "../../src/form/forms.ts";
import type { Organ, Roster } from "../../src/roster/roster.ts";
import { seeded } from "./faulty-store.ts";
import { codeOf } from "./roster.ts";

const CITY = "云川市";
const CITY_DIVISION = "990100";
const CITY_DEPARTMENTS = [
  "发展和改革委员会",
  "教育局",
  "科学技术局",
  "公安局",
  "民政局",
  "司法局",
  "财政局",
  "人力资源和社会保障局",
  "自然资源和规划局",
  "生态环境局",
  "住房和城乡建设局",
  "交通运输局",
  "水利局",
  "农业农村局",
  "文化和旅游局",
  "卫生健康委员会",
  "应急管理局",
  "市场监督管理局",
];
const COUNTIES: readonly (readonly [name: string, division: string, towns: readonly string[]])[] = [
  ["东湖区", "990102", ["柳林街道办事处", "新桥街道办事处", "石门镇人民政府", "白沙镇人民政府"]],
  ["西山区", "990103", ["枫岭街道办事处", "古渡镇人民政府", "云台镇人民政府", "竹溪乡人民政府"]],
  ["清平县", "990121", ["城关镇人民政府", "马场镇人民政府", "双河乡人民政府", "达来苏木人民政府"]],
];
const COUNTY_DEPARTMENTS = ["教育局", "公安局", "民政局", "司法局", "财政局", "水利局", "农业农村局", "市场监督管理局"];

/** The roster of the city, superiors before those below them. */
export function cityRoster(): Roster {
  let number = 100;
  const made = (name: string, kind: Organ["kind"], division: string, superior?: string): Organ => ({
    uscc: codeOf(division, number++),
    name,
    kind,
    ...(superior === undefined ? {} : { superior }),
  });
  const government = made(`${CITY}人民政府`, "government", CITY_DIVISION);
  const own = (name: string, kind: Organ["kind"]): Organ =>
    made(name, kind, CITY_DIVISION, kind === "vertical" ? undefined : government.uscc);
  const organs = [
    government,
    ...CITY_DEPARTMENTS.map((name) => own(`${CITY}${name}`, "department")),
    own(`${CITY}高新技术产业开发区管理委员会`, "other"),
    own(`国家税务总局${CITY}税务局`, "vertical"),
  ];
  for (const [name, division, towns] of COUNTIES) {
    const county = made(`${CITY}${name}人民政府`, "government", division, government.uscc);
    organs.push(
      county,
      ...COUNTY_DEPARTMENTS.map((each) => made(`${CITY}${name}${each}`, "department", division, county.uscc)),
      ...towns.map((each) => made(`${CITY}${name}${each}`, "township", division, county.uscc)),
    );
  }
  return { division: CITY_DIVISION, organs };
}

type Random = () => number;
const upTo = (random: Random, most: number): number => Math.floor(random() ** 2 * (most + 1));

/** Figures of an edition that add up. */
function figuresOf(form: EditionForm, random: Random): object {
  const figures = {};
  for (const { pointer, type, total, units, section } of formCells(form)) {
    if (total || section.key === "requests") continue;
    const value =
      type === "money"
        ? {
            amount: `${upTo(random, 9000)}.${1 + upTo(random, 98)}`.replace(/0+$/, ""),
            unit: units![upTo(random, units!.length - 1)],
          }
        : upTo(random, 40) - (type === "signed" ? 10 : 0);
    // So that a change leaves none below 0, and no more was disclosed than there is.
    setCell(figures, pointer, /previous$|totalDisclosed$/.test(pointer) ? (value as number) + 50 : value);
  }
  const requests = formCells(form).filter(({ section, total }) => section.key === "requests" && !total);
  for (const column of new Set(requests.map((cell) => cell.column.path))) {
    let handled = 0;
    for (const { pointer } of requests.filter((cell) => cell.column.path === column)) {
      if (!pointer.includes("/results/")) continue;
      // Nothing was asked for money.
      const value = pointer.includes("feeOverdue") ? 0 : upTo(random, 6);
      handled += value;
      setCell(figures, pointer, value);
    }
    const carriedOut = upTo(random, 3);
    const carriedIn = upTo(random, Math.min(3, handled + carriedOut));
    setCell(figures, `/requests/carriedOut/${column}`, carriedOut);
    setCell(figures, `/requests/carriedIn/${column}`, carriedIn);
    setCell(figures, `/requests/received/${column}`, handled + carriedOut - carriedIn);
  }
  return figures;
}

const paragraph = (text: string) => ({ type: "paragraph", text });
const heading = (text: string) => ({ type: "heading", level: 2, text });

/** The report that an organ would file for a year: sound, with figures and texts of its own. */
export function cityReport({ uscc, name, kind }: Organ, year: number, edit = 0): Report {
  const form = formForYear(year)!;
  const seed = [...uscc].reduce((sum, character) => (sum * 33 + character.charCodeAt(0)) >>> 0, year + edit * 7919);
  const figures = figuresOf(form, seeded(seed));
  const governments =
    kind === "government" || name.endsWith("人民政府") ? "工作考核、社会评议和责任追究的结果已经通报。" : "";
  const report = {
    edition: form.edition,
    year,
    organ: { name, uscc },
    signed: `${year + 1}-01-${String(10 + (seed % 15)).padStart(2, "0")}`,
    ...figures,
    overview: {
      body: [
        heading("主动公开"),
        paragraph(`${name}按照目录公开本机关制作的政府信息，政策文件连同解读一并登载，并标明效力状态。`),
        heading("依申请公开"),
        paragraph("当面、邮寄和网络三种渠道同等对待，每件申请都登记、编号并由承办人跟踪到送达。"),
        heading("政府信息管理"),
        paragraph("信息的制作、审查、公开和更新各有专人，公开前审查涉密和个人信息，已公开的定期评估。"),
        heading("政府信息公开平台建设"),
        paragraph("网站专栏位置固定，检索和下载都可用；新媒体账号按清单管理，内容与网站一致。"),
        heading("监督保障"),
        paragraph(`经办人员参加了业务培训，意见建议当月答复。${governments}`),
      ],
    },
    problems: {
      body: [
        paragraph(
          "主要问题是部分文件的解读不够及时，个别栏目更新的间隔偏长。改进的办法是把解读材料与文件同步起草、同步审签，并按季度检查栏目，对间隔过长的提醒承办科室补齐。",
        ),
      ],
    },
    other: { body: [paragraph("本年度没有发出收费通知，未收取信息处理费。")] },
  };
  return completeTotals(form, report as unknown as Report);
}
