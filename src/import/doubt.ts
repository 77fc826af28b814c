/** Why what stands in a cell is not to be taken for its figure: a person sees something else there, or cannot decide. */
import type { Message } from "../basics/finding.ts";

/** What a cell may hold besides or instead of text. */
export type Thing =
  | "picture"
  | "drawing"
  | "control"
  | "field"
  | "equation"
  | "table"
  | "workbook"
  | "frame"
  | "chart"
  | "media"
  | "canvas";

export type Doubt =
  /** A formula without a calculated value. */
  | { readonly kind: "uncalculated" }
  /** An error value, as the file writes it, e.g. `#REF!`. */
  | { readonly kind: "error"; readonly text: string }
  /** The cell refers to a text that the file does not have. */
  | { readonly kind: "reference" }
  /** Something that is no text stands in the cell. */
  | { readonly kind: "thing"; readonly thing: Thing }
  /** Struck text beside other digits, where it is not plain which is meant. */
  | { readonly kind: "struck" }
  /** Raised or lowered text beside digits. */
  | { readonly kind: "raised" }
  /** Text that is not shown beside text that is. */
  | { readonly kind: "hidden" }
  /** Several paragraphs, lines, or a list number. */
  | { readonly kind: "lines" }
  | { readonly kind: "numbered" }
  /** Glyphs that lie over one another. */
  | { readonly kind: "overlap" }
  /** A rule or shape that crosses the text. */
  | { readonly kind: "crossed" }
  /** Text that runs over the border of its cell, or is cut off by it. */
  | { readonly kind: "clipped" }
  /** Anything else that a reader has to say, in both languages; short, after “因为”. */
  | { readonly kind: "other"; readonly words: Message };

const THINGS: Readonly<Record<Thing, Message>> = {
  picture: { zh: "图片", en: "a picture" },
  drawing: { zh: "图形", en: "a drawing" },
  control: { zh: "输入框或选项", en: "an input or a select" },
  field: { zh: "域（表单域或自动计算的内容）", en: "a field" },
  equation: { zh: "公式编辑器的公式", en: "an equation" },
  table: { zh: "嵌套的表格", en: "a nested table" },
  workbook: { zh: "嵌入的工作表或文件", en: "an embedded workbook or file" },
  frame: { zh: "嵌入的网页", en: "a frame" },
  chart: { zh: "图表", en: "a chart" },
  media: { zh: "音频或视频", en: "audio or video" },
  canvas: { zh: "脚本画出的内容", en: "a canvas" },
};

/** What a thing is called. */
export const thingName = (thing: Thing): Message => THINGS[thing];

/** A doubt in words that may stand after “因为”. */
export function doubtWords(doubt: Doubt): Message {
  switch (doubt.kind) {
    case "uncalculated":
      return {
        zh: "这个工作簿没有算过，公式没有结果；请用 Excel 或 WPS 打开、保存，再导入",
        en: "the workbook was never calculated and the formula has no result; open and save it in Excel or WPS first",
      };
    case "error":
      return { zh: `这一格是错误值 ${doubt.text}`, en: `the cell holds the error ${doubt.text}` };
    case "reference":
      return { zh: "这一格指向文件里没有的文字", en: "the cell refers to a text that the file does not have" };
    case "thing":
      return { zh: `这一格里有${THINGS[doubt.thing].zh}`, en: `the cell holds ${THINGS[doubt.thing].en}` };
    case "struck":
      return { zh: "有划去的文字与数字连在一起", en: "struck text stands beside the digits" };
    case "raised":
      return { zh: "有上标或下标与数字连在一起", en: "raised or lowered text stands beside the digits" };
    case "hidden":
      return { zh: "有看不见的文字与数字连在一起", en: "text that is not shown stands beside the digits" };
    case "lines":
      return { zh: "这一格分成几段或几行", en: "the cell has several paragraphs or lines" };
    case "numbered":
      return { zh: "这一格带有自动编号", en: "the cell has an automatic number" };
    case "overlap":
      return { zh: "有文字叠在一起", en: "characters lie over one another" };
    case "crossed":
      return { zh: "有线划过数字", en: "a rule crosses the digits" };
    case "clipped":
      return { zh: "文字超出了格子，看不全", en: "the text runs over its cell and is not all shown" };
    case "other":
      return doubt.words;
  }
}
