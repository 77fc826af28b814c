/** What a cell of a sheet shows (ISO/IEC 29500-1, 18.3.1.4), as far as a form's figures need it. */
import type { Doubt } from "../doubt.ts";
import { type FormatSection, formatSections, sectionFor } from "./xlsx-format.ts";

/** How the numbers of a cell are shown; undefined for a code that cannot be read. */
export type NumberFormat = readonly FormatSection[] | undefined;

/** A number as it is kept, with what its format says beside it, and why that is not what is seen. */
export interface ShownNumber {
  readonly text: string;
  readonly doubt?: Doubt;
}

/** The codes that every program has built in (18.8.30), where they do more than show the number. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  37: "#,##0 ;-#,##0",
  38: "#,##0 ;-#,##0",
  39: "#,##0.00;-#,##0.00",
  40: "#,##0.00;-#,##0.00",
  48: "##0.0E+0",
};
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** The format of a number that every program knows. */
export const builtInFormat = (id: number): NumberFormat =>
  formatSections(isBuiltInDate(id) ? "yyyy" : (BUILT_IN[id] ?? "General"));

/** A number without the noise of binary fractions and without exponent: spreadsheets keep 15 digits. */
export function plainNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const short = Number(value.toPrecision(15));
  const [digits = "", exponent] = String(Math.abs(short)).split("e");
  const sign = short < 0 ? "-" : "";
  if (exponent === undefined) return `${sign}${digits}`;
  const [whole = "", fraction = ""] = digits.split(".");
  const places = Number(exponent);
  return places > 0
    ? `${sign}${whole}${fraction.padEnd(places, "0")}`
    : `${sign}0.${"0".repeat(-places - 1)}${whole}${fraction}`;
}

const DAY = 86_400_000;

/** A day by its serial number, as signatures have it; undefined for what is none. Days before March 1900 are one off. */
function dateText(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 1 && serial < 2_958_466)) return undefined;
  const days = Math.floor(serial) + (from1904 ? 0 : serial < 60 ? 1 : 0);
  const date = new Date((from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)) + days * DAY);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

const because = (zh: string, en: string): Doubt => ({ kind: "other", words: { zh, en } });
const OTHERWISE = because("单元格的格式使显示的与保存的不同", "the format shows another figure than the cell holds");
const ROUNDED = because("显示的数是四舍五入或缩小过的，与保存的不同", "the figure is shown rounded or scaled");
const SIGNLESS = because("负数按格式显示时没有负号", "the format shows a negative figure without its sign");
const HIDDEN: Doubt = { kind: "hidden" };

/** Whether a number is all shown with so many decimals. */
const isWhole = (value: number, decimals: number): boolean => {
  const shown = Number(value.toFixed(Math.min(decimals, 20)));
  return Math.abs(shown - value) <= Math.abs(value) * 1e-12;
};

/** The number in a section of digits. */
function inDigits(number: number, section: FormatSection): ShownNumber {
  const { within, thousands, percent, decimals, fraction, exponent } = section;
  const sign = /^[-−－]|[-−－]$/.test(section.before) ? "" : undefined;
  const before = section.before.replace(/[-+＋－−\s]+$|^[-+＋－−\s]+/gu, "");
  const { behind } = section;
  // 0!.0,"万": shown in 万 and kept in 元.
  const inTens = within === "." && thousands === 1 && behind.startsWith("万");
  const unit = inTens ? "元" : behind;
  const text = percent ? `${plainNumber(number * 100)}%` : `${before}${plainNumber(number)}${unit}`;
  const shown = percent ? number * 100 : number;
  const lost = exponent
    ? Number(number.toExponential(Math.min(decimals, 20))) !== number
    : fraction
      ? !Number.isInteger(number)
      : inTens
        ? !isWhole(number / 1000, 0)
        : thousands > 0 || !isWhole(shown, decimals);
  if (lost) return { text, doubt: ROUNDED };
  if ((within !== "" && !inTens) || /\p{N}/u.test(before + behind)) return { text, doubt: OTHERWISE };
  return number < 0 && sign === undefined ? { text, doubt: SIGNLESS } : { text };
}

/** A number or text as it is, with the words beside it. */
const beside = (plain: string, { before, behind }: FormatSection): ShownNumber => {
  const text = `${before}${plain}${behind}`;
  return /\p{N}/u.test(before + behind) ? { text, doubt: OTHERWISE } : { text };
};

/** A number as it is shown. */
export function shownNumber(number: number, format: NumberFormat, from1904: boolean): ShownNumber {
  const plain = plainNumber(number);
  if (!format) return { text: plain, doubt: OTHERWISE };
  const { section, signs } = sectionFor(format, number);
  if (!section) return { text: plain, doubt: OTHERWISE };
  switch (section.kind) {
    case "general":
      return beside(plain, section);
    case "date": {
      const date = dateText(number, from1904);
      return date === undefined ? { text: plain, doubt: OTHERWISE } : { text: date };
    }
    case "words":
      if (section.text) return beside(plain, section);
      if (number === 0) return { text: plain };
      return { text: plain, doubt: section.before === "" ? HIDDEN : OTHERWISE };
    case "number": {
      const shown = inDigits(number, section);
      return shown.doubt === SIGNLESS && !signs ? { text: shown.text } : shown;
    }
  }
}

/** Why a text is not seen as it is kept. */
export function textDoubt(format: NumberFormat): Doubt | undefined {
  const [first, , , fourth] = format ?? [];
  const shows = fourth ?? (format?.length === 1 && first?.kind === "words" ? first : undefined);
  if (!shows) return undefined;
  if (!shows.text) return fourth ? (shows.before === "" ? HIDDEN : OTHERWISE) : undefined;
  return /\p{N}/u.test(shows.before + shows.behind) ? OTHERWISE : undefined;
}

/** Characters that XML cannot hold are written `_x000D_` (22.9.2.19). */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
