/** Texts as they are compared, and as they go into a report. */
import { plain } from "../../rules/plain-text.ts";

/** A text without white space, full-width forms as half-width ones: to be compared, never to be kept. */
export const bare = (text: string): string => text.normalize("NFKC").replace(/[\s\u200b\ufeff]/gu, "");

/** A text as a report may have it: one line of printable characters, spaces only within. */
export const tidy = (text: string): string => plain(text.replace(/[\u00a0\u2000-\u200a\u202f\u205f]/gu, " "));

/** Whether tidying took out, or put in place of another, more than space at the ends. */
export const wasTidied = (text: string): boolean => tidy(text) !== text.trim();

const DIGITS: Readonly<Record<string, string>> = {
  〇: "0",
  零: "0",
  "○": "0",
  "◯": "0",
  O: "0",
  一: "1",
  二: "2",
  三: "3",
  四: "4",
  五: "5",
  六: "6",
  七: "7",
  八: "8",
  九: "9",
};

/** Chinese digits one by one: 二〇二一 is 2021. */
export const chineseDigits = (text: string): string =>
  [...text.normalize("NFKC")].map((character) => DIGITS[character] ?? character).join("");

/** 1–99 in Chinese or Arabic numerals. */
export function numeral(text: string): number | undefined {
  const normal = text.normalize("NFKC");
  if (/^\d{1,2}$/.test(normal)) return Number(normal);
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(normal);
  if (!match || normal === "") return undefined;
  const [, first, ten, last] = match;
  const digit = (d: string | undefined): number => (d === undefined ? 0 : Number(DIGITS[d]));
  if (!ten) return last ? undefined : digit(first);
  return (first ? digit(first) : 1) * 10 + digit(last);
}

const ORGAN =
  /^[\p{Script=Han}()·、\w]{2,48}(?:局|厅|委|办|政府|部|院|署|会|中心|队|公司|大学|学院|学校|处|所|站|社|机关|街道|镇|乡|区|市|县|省|州|盟|旗|银行|海关|室|馆|团)(?:\([\p{Script=Han}、]{2,40}\))?$/u;

/** Whether a line may be an organ's name. */
export const isOrgan = (text: string): boolean => {
  const name = bare(text);
  return ORGAN.test(name) && !/[。,;:!?>]|首页|位置|政府信息公开|目录|指南/u.test(name);
};
