/** Sentences of this project's own, in the manner of such reports; none states a count that a table has. */
import type { Report } from "../../../generated/report.ts";
import type { NarrativeSection } from "../../../src/form/form.ts";
import type { Random } from "./random.ts";

type Item = Report["overview"]["body"][number];

export const ORGANS = [
  "示例市人民政府",
  "示例县人民政府办公室",
  "示例市综合行政执法局（城市管理局）",
  "示例区发展和改革委员会",
  "国家税务总局示例市税务局",
  "示例经济技术开发区管理委员会",
] as const;

const SENTENCES = [
  "把公开的要求写进办文办会的每一个环节，谁起草谁提出公开属性，谁审核谁把关。",
  "网站栏目重新梳理，层级由四级压缩为两级，群众找得到、看得懂、用得上。",
  "对涉及群众切身利益的事项，事前听取意见，事后公布采纳情况和不采纳的理由。",
  "建立台账，逐条登记、逐条销号；没有按期完成的，由分管负责同志说明原因。",
  "培训以案例为主，先看做错的，再看做对的，最后每人现场写一份答复书。",
  "政策文件与解读材料同步起草、同步审签、同步发布，解读有文字也有图示。",
  "热线、大厅、网站三处使用同一套答复口径，前后说法不一致的当天更正。",
  "重点领域目录做到“应有尽有、实时更新”，失效的内容注明失效而不是一删了之。",
  "专区设在便民服务大厅入口，配有查询终端、打印机和一名懂业务的工作人员。",
  "第三方评估发现的问题全部列入整改清单，整改结果在下一年度报告中说明。",
  "公开工作列入年度考核，权重不低于百分之四；没有因为工作不力被追究责任的情形。",
  "涉及个人信息的，公开前作去标识化处理，并由两人分别核对。",
] as const;

const NUMBERED = [
  "1.在目录方面，逐项写明公开的主体、时限和渠道；",
  "2.在渠道方面，线上线下同步发布，内容一致；",
  "3.在保障方面，人员、经费和设备逐一落实。",
] as const;

const HEADINGS = [
  ["制度建设", "队伍建设", "平台管理", "政策解读", "公众参与", "回应关切"],
  ["目录管理", "发布审核", "渠道整合", "培训考核", "便民服务", "数据治理"],
  ["事前提醒", "事中核对", "事后抽查", "随机暗访"],
] as const;

const paragraph = (text: string): Item => ({ type: "paragraph", text });
const heading = (level: 2 | 3 | 4, text: string): Item => ({ type: "heading", level, text });

function paragraphOf(random: Random): Item {
  const count = 1 + random.below(3);
  return paragraph(Array.from({ length: count }, () => random.pick(SENTENCES)).join(""));
}

export const preambleOf = (random: Random, year: number): { type: "paragraph"; text: string }[] => [
  {
    type: "paragraph",
    text: `本报告根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自${year}年1月1日起至12月31日止。`,
  },
  ...(random.below(2)
    ? [{ type: "paragraph" as const, text: "对本报告有疑问的，可以在工作时间向本机关政府信息公开工作机构询问。" }]
    : []),
];

/** A section's words: headings of up to three levels, as deep as the section's length asks for. */
export function narrativeOf(section: NarrativeSection, random: Random, edition: string): Item[] {
  if (section.key === "other")
    return edition === "2019" && random.below(2)
      ? [paragraph("无")]
      : [paragraph("本年度没有向申请人收取信息处理费，也没有其他需要报告的事项。")];
  const topics = section.topics?.map(({ label }) => label) ?? [random.pick(HEADINGS[0]), "下一步打算"];
  const body: Item[] = [paragraphOf(random)];
  for (const topic of topics) {
    body.push(heading(2, topic), paragraphOf(random));
    if (random.below(2) === 0) continue;
    for (const third of new Set([random.pick(HEADINGS[1]), random.pick(HEADINGS[1])])) {
      body.push(heading(3, third), paragraphOf(random));
      if (random.below(3) === 0)
        for (const fourth of HEADINGS[2].slice(0, 2)) body.push(heading(4, fourth), paragraphOf(random));
    }
  }
  if (random.below(3) === 0) body.push(paragraph("具体做法是："), ...NUMBERED.map(paragraph));
  return body;
}
