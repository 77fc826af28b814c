/** The unit that a head, a label, a caption or a note gives figures. */
import type { MoneyUnit } from "../form/form.ts";

/** A unit that figures are not taken in: millions, other currencies, ten thousands of pieces. */
export interface ForeignUnit {
  readonly other: string;
}

export type StatedUnit = MoneyUnit | "亿元" | ForeignUnit;

export const isForeign = (unit: StatedUnit): unit is ForeignUnit => typeof unit === "object";

/** What a unit is of. */
export type UnitOf = "money" | "count";

const CURRENCY = "美元|欧元|英镑|日元|港元|港币|澳元|加元|卢布|新台币|韩元";
const MONEY = new RegExp(`([十百千万亿兆]{0,3})(${CURRENCY}|元|圆)(?!件|旦|素|器|月)`, "u");
/** A bracket that holds nothing but the unit, or the words 单位: a unit of pieces is taken from these alone. */
const STATED =
  /(?:单位[::]?\s{0,4}([^()\s]{1,12})|\(\s{0,4}([十百千万亿]{0,3}(?:件次|人次|[件项个条次宗份起例部笔]|%|‰))\s{0,4}\))/u;
const PIECES = /([十百千万亿]{1,3})(?:件次|人次|[件项个条次宗份起例部笔])|([%‰])/u;
/** No head or caption with a unit is longer. */
const MOST = 200;

/** The unit that a text states. */
export function unitIn(text: string, of: UnitOf): StatedUnit | undefined {
  if (text.length > MOST) return undefined;
  const normal = text.normalize("NFKC");
  if (of === "count") {
    const stated = STATED.exec(normal);
    const pieces = PIECES.exec(stated?.[1] ?? stated?.[2] ?? "");
    return pieces ? { other: pieces[0] } : undefined;
  }
  const money = MONEY.exec(normal);
  if (!money) return undefined;
  const [whole, scale, name] = money;
  if (name !== "元" && name !== "圆") return { other: whole! };
  if (scale === "") return "元";
  return scale === "万" ? "万元" : scale === "亿" ? "亿元" : { other: whole! };
}

/** What a line states of the units of the table below it or around it: 单位：百万元. */
export function captionUnit(text: string): string | undefined {
  if (text.length > MOST) return undefined;
  const stated =
    /(?:单位|金额|货币)\s{0,4}[::]\s{0,4}\(?((?:[十百千万亿兆]{0,3}(?:人民币)?(?:美元|欧元|英镑|日元|港元|港币|澳元|元|圆|件次|人次|[件项个条次宗份起笔%‰])[、,,/;和\s]{0,3}){1,4})/u.exec(
      text.normalize("NFKC"),
    )?.[1];
  return stated === undefined ? undefined : `单位:${stated}`;
}
