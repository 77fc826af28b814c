import { pinyin } from "pinyin-pro";

/** First letters of a name in pinyin, as people type them to find it, e.g. `lcsscjdglj`; letters and digits as they are. */
export const initials = (name: string): string =>
  name
    // A division ends a word: 重庆市长寿区 has no 市长 in it.
    .split(/(?<=[省市区县])/)
    .flatMap((part) => pinyin(part, { pattern: "first", toneType: "none", type: "array", nonZh: "spaced" }))
    .join("")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
