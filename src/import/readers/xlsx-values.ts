/** What a cell of a sheet shows (ISO/IEC 29500-1, 18.3.1.4), as far as a form's figures need it. */
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";

/** How the numbers of a cell are shown. */
export interface NumberFormat {
  readonly date: boolean;
  readonly percent: boolean;
  /** What stands before and behind the number: ¥, 元, 万元, 件. */
  readonly before: string;
  readonly behind: string;
}

const GENERAL: NumberFormat = { date: false, percent: false, before: "", behind: "" };
const DATE: NumberFormat = { ...GENERAL, date: true };
const PERCENT: NumberFormat = { ...GENERAL, percent: true };
/** The numbers of formats that every program has built in (18.8.30). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);

/** Reads the code of a format, e.g. `0.00"万元"`. */
export function numberFormat(code: string): NumberFormat {
  const [positive = ""] = code.split(";");
  const literals = positive.match(/"[^"]*"|\\.|[\u4e00-\u9fff]+/gu) ?? [];
  // Colours and conditions are left out; the sign of a currency stands in brackets too.
  const bare = positive.replace(/"[^"]*"|\\./gu, "").replace(/\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]/gu, "$1");
  if (/[ymdhs年月日]/iu.test(bare.replace(/general/gi, "")) && !/[0#?]/.test(bare)) return DATE;
  const digits = /[0#?](?:.*[0#?])?/u.exec(positive);
  if (!digits) return GENERAL;
  const bareOf = (text: string): string =>
    text
      .replace(/\[\$([^\]-]*)[^\]]*\]/gu, "$1")
      .replace(/\[[^\]]*\]|_.|\*.|!/gu, "")
      .replace(/["\\]/gu, "")
      .trim();
  const before = bareOf(positive.slice(0, digits.index));
  const behind = bareOf(positive.slice(digits.index + digits[0].length));
  // 0!.0,"万": shown in 万 and kept in 元, a figure that the cell has rounded. The whole is what was filed.
  const scaled = /^,/.test(behind) || /[!\\"]\.|"\."/.test(digits[0]);
  const unit = behind.replace(/^,+/, "");
  return {
    date: false,
    percent: bare.includes("%"),
    before: /[¥￥]/.test(before) ? "¥" : "",
    behind: scaled ? (unit.startsWith("万") && literals.length > 0 ? "元" : "") : unit.replace("%", ""),
  };
}

/** The formats of a workbook's cells, by the style that a cell names. */
export function cellFormats(styles: XmlElement | undefined): readonly NumberFormat[] {
  const own = new Map(
    elementsOf(elementAt(styles, "numFmts"), "numFmt").map(({ attributes }) => [
      Number(attributes["numFmtId"]),
      numberFormat(attributes["formatCode"] ?? ""),
    ]),
  );
  return elementsOf(elementAt(styles, "cellXfs"), "xf").map(({ attributes }) => {
    const id = Number(attributes["numFmtId"] ?? 0);
    return own.get(id) ?? (isBuiltInDate(id) ? DATE : id === 9 || id === 10 ? PERCENT : GENERAL);
  });
}

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

/** The text of a number. */
export function numberText(value: string, format: NumberFormat, from1904: boolean): string {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  if (format.date) return dateText(number, from1904) ?? plainNumber(number);
  if (format.percent) return `${plainNumber(number * 100)}%`;
  return `${format.before}${plainNumber(number)}${format.behind}`;
}

/** Characters that XML cannot hold are written `_x000D_` (22.9.2.19). */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A string of rich text, without the readings that stand over it. */
export const richText = (element: XmlElement): string =>
  unescaped(
    elementsOf(element)
      .map((child) => (child.name === "t" ? textOf(child) : child.name === "r" ? textOf(elementAt(child, "t")) : ""))
      .join(""),
  );
