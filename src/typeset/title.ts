import { TITLE_SIZE, WIDTH } from "./grid.ts";
import type { Measure } from "./measure.ts";

/** Where administrative divisions end: 山东省｜聊城市｜东昌府区｜…. */
const DIVISION =
  /^(?:.{1,8}?(?:特别行政区|自治区|自治州|自治县|地区|省|市|州(?![市区县镇])|盟|县|旗|区|镇|乡|街道))(?=.)/u;
/** Words of organs' names that end in a division's character but are none, and what may never be parted. */
const NOT_DIVISION = /^(?:城市|市场|社区|地区性|区域|州际|市政|县域|乡村|乡镇|省际|市容|镇江|开发区)/u;
/** Units that organs' names are made of: no line breaks inside. */
const UNITS = [
  "市场监督管理",
  "人力资源和社会保障",
  "住房和城乡建设",
  "住房城乡建设",
  "发展和改革",
  "工业和信息化",
  "卫生健康",
  "自然资源和规划",
  "自然资源",
  "生态环境",
  "交通运输",
  "农业农村",
  "文化和旅游",
  "退役军人事务",
  "应急管理",
  "综合行政执法",
  "行政审批服务",
  "政务服务",
  "医疗保障",
  "城市管理",
  "国有资产监督管理",
  "地方金融监督管理",
  "经济技术开发区",
  "高新技术产业开发区",
  "新闻出版",
  "广播电视",
  "乡村振兴",
  "民族宗教事务",
  "公共资源交易",
  "人民政府",
  "管理委员会",
  "委员会",
  "办公室",
  "管理局",
  "事务局",
  "服务局",
  "街道办事处",
  "政府信息公开",
  "工作",
  "年度报告",
  "行政",
  "教育",
  "体育",
  "科学技术",
  "水利",
  "水务",
  "财政",
  "审计",
  "统计",
  "公安",
  "司法",
  "民政",
  "商务",
  "信访",
  "林业",
  "园林",
  "海洋",
  "渔业",
  "粮食和物资储备",
  "气象",
  "税务",
  "消防救援",
  "数据资源管理",
  "大数据",
].sort((a, b) => b.length - a.length);

/** A title cut into the pieces that a line may be broken between. Never before 的, 和, 与, 及, 局, or inside a word. */
export function titlePieces(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  for (let match = DIVISION.exec(rest); match; match = DIVISION.exec(rest)) {
    const end = match[0].slice(-1);
    if (NOT_DIVISION.test(rest.slice(match[0].length - 1)) && end !== "省") break;
    pieces.push(match[0]);
    rest = rest.slice(match[0].length);
  }
  while (rest !== "") {
    const number = /^[0-9A-Za-z.]+年?/u.exec(rest)?.[0];
    const unit = number ?? UNITS.find((word) => rest.startsWith(word)) ?? String.fromCodePoint(rest.codePointAt(0)!);
    rest = rest.slice(unit.length);
    const last = pieces.at(-1);
    const sticks =
      last !== undefined &&
      (/^[的和与及局厅委部署处所院站队会、，）》”]/u.test(unit) ||
        /[（《“]$/u.test(last) ||
        // Single characters that no unit covers stay with one another: a name is not cut where it is not known.
        ([...unit].length === 1 && !number));
    if (sticks) pieces[pieces.length - 1] = last + unit;
    else pieces.push(unit);
  }
  return pieces;
}

/** Names of fewer characters, with the 、 after them, are no organs' that sign together but words in one name. */
const LEAST_NAME = 4;
const MOST_PIECES = 24;

/** A shape is good when its lines only grow, only shrink, or grow and then shrink: trapezoid or lozenge. */
function faults(widths: readonly number[]): number {
  let fallen = false;
  let count = 0;
  for (let i = 1; i < widths.length; i += 1) {
    const step = widths[i]! - widths[i - 1]!;
    if (step < -0.5) fallen = true;
    else if (step > 0.5 && fallen) count += 1;
    if (Math.abs(step) <= 0.5) count += 0.25;
  }
  return count;
}

/** A piece that a line may begin with. */
interface Piece {
  readonly text: string;
  /** It begins a line in any case. */
  readonly must: boolean;
  /** It is inside one of several names, which are better parted between them. */
  readonly inside: boolean;
}

/** A text's pieces; one that is wider than a line is cut where it must be. */
function piecesOf(source: string, room: number, widthOf: (text: string) => number): Piece[] {
  const members = source.split(/(?<=、)/u);
  const joint = members.length > 1 && members.every((name) => [...name].length >= LEAST_NAME);
  return (joint ? members : [source]).flatMap((name, m) =>
    titlePieces(name)
      .flatMap((piece) => (widthOf(piece) <= room ? [piece] : greedy([...piece], room, widthOf)))
      .map((text, i) => ({ text, must: i + m === 0, inside: joint && i > 0 })),
  );
}

/**
 * Texts in lines that are broken by meaning, in as few as it takes, in a trapezoid or a lozenge; names that are joined by
 * 、 are parted there.
 * @param sources what begins a line in any case
 * @param room the width of a line, in the unit of `widthOf`
 * @param em the width of a character
 */
export function linesByMeaning(
  sources: readonly string[],
  room: number,
  em: number,
  widthOf: (text: string) => number,
): string[] {
  const cut = sources.map((source) => piecesOf(source, room, widthOf));
  const pieces = cut.flat();
  const costOf = (lines: readonly string[], inside: number): number => {
    const widths = lines.map((line) => widthOf(line) / em);
    const shortest = Math.min(...widths);
    const shape = faults(widths) * 30 + (shortest < 4 ? 20 : 0) + (Math.max(...widths) - shortest);
    return lines.length * 100 + inside * 60 + shape;
  };
  // Nothing that costs more than the greedy lines is looked into: of 24 pieces there are eight million ways.
  const filled = cut.flatMap((own) =>
    greedy(
      own.map(({ text }) => text),
      room,
      widthOf,
    ),
  );
  const bound = costOf(filled, pieces.some(({ inside }) => inside) ? filled.length : 0);
  let best: { readonly lines: string[]; readonly cost: number } | undefined;
  const walk = (at: number, lines: string[], inside: number): void => {
    if (at === pieces.length) {
      const cost = costOf(lines, inside);
      if (!best || cost < best.cost) best = { lines: [...lines], cost };
      return;
    }
    if ((lines.length + 1) * 100 + inside * 60 > Math.min(bound, best?.cost ?? bound)) return;
    let line = "";
    for (let end = at; end < pieces.length; end += 1) {
      const piece = pieces[end]!;
      if (end > at && piece.must) {
        walk(end, [...lines, line], inside);
        return;
      }
      const longer = line + piece.text;
      if (widthOf(longer) > room && line !== "") return;
      line = longer;
      walk(end + 1, [...lines, line], inside + (pieces[end + 1]?.inside ? 1 : 0));
    }
  };
  // Names of more than some twenty pieces do not occur; those that did would be broken greedily.
  if (pieces.length <= MOST_PIECES) walk(0, [], 0);
  return best?.lines ?? filled;
}

/**
 * The lines of a title (GB/T 9704—2012, 7.3.1).
 * @param sources the organ, then 2020年政府信息公开工作年度报告
 */
export const titleLines = (sources: readonly string[], measure: Measure): string[] =>
  linesByMeaning(sources, WIDTH, TITLE_SIZE, (text) => measure.textWidth(text, "biaosong", TITLE_SIZE));

function greedy(pieces: readonly string[], room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + piece) <= room) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines;
}
