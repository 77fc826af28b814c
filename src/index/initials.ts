import { pinyin } from "pinyin-pro";

/** First letters of a name in pinyin, as people type them to find it, e.g. `lcsscjdglj`; letters and digits as they are. */
export const initials = (name: string): string =>
  pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "spaced" })
    .join("")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
