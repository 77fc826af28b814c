import type { Finding, Message } from "../basics/finding.ts";
import { narrativeTexts } from "../form/narrative.ts";
import { idOf, type Keyword } from "./keyword.ts";

type Kind = "identityCard" | "mobile" | "bankCard" | "email";

/** What personal data a text gives away; `shown` never repeats all of it. */
export interface PersonalDatum {
  readonly kind: Kind;
  readonly shown: string;
}

const NAMES: Readonly<Record<Kind, Message>> = {
  identityCard: { zh: "居民身份证号码", en: "an identity-card number" },
  mobile: { zh: "手机号码", en: "a mobile number" },
  bankCard: { zh: "银行卡号", en: "a bank card number" },
  email: { zh: "电子邮件地址", en: "an e-mail address" },
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const BORN = /^[1-9]\d{5}((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]$/;

/** Whether 18 characters have a real date where an identity number has the birth. */
function hasBirth(text: string): boolean {
  const [, year, month, day] = (BORN.exec(text) ?? []).map(Number);
  if (year === undefined) return false;
  const date = new Date(Date.UTC(year, month! - 1, day!));
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}

/** Whether 18 characters are a citizen's identity number: a real birth date and the check digit of GB 11643—1999 (ISO 7064, MOD 11-2). */
export function isIdentityNumber(text: string): boolean {
  const upper = text.toUpperCase();
  if (!hasBirth(upper)) return false;
  const sum = WEIGHTS.reduce((s, weight, i) => s + weight * Number(upper[i]), 0);
  return "10X98765432"[sum % 11] === upper[17];
}

const CARD_RANGES = /^62\d{14,17}$|^(?:4\d{3}|5[0-8]\d\d|60\d\d|35\d\d|9558)\d{12}(?:\d{3})?$|^3[47]\d{13}$/;

/**
 * Whether digits may be a payment card (ISO/IEC 7812-1): 银联 (62), the older ranges of Chinese banks (60, 95, 4, 5) and the
 * foreign ones, with the check digit of Luhn. 18 digits begin with 62 only, for other numbers of 18 digits are codes.
 */
function isBankCard(digits: string): boolean {
  if (!CARD_RANGES.test(digits) || (digits.length === 18 && hasBirth(digits)) || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i -= 1, double = !double) {
    const digit = Number(digits[i]);
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

const CHINESE = "〇一二三四五六七八九";
const OTHERS: Readonly<Record<string, string>> = {
  零: "0",
  "○": "0",
  幺: "1",
  两: "2",
  "＠": "@",
  "．": ".",
  "﹒": ".",
  "＋": "+",
};

/** A character in its plainest form: a digit of any script or width as an ASCII one, what cannot be seen as nothing. */
function plainest(character: string): string {
  const other = OTHERS[character];
  if (other !== undefined) return other;
  const chinese = CHINESE.indexOf(character);
  if (chinese >= 0) return String(chinese);
  if (/[\p{Cf}\p{Default_Ignorable_Code_Point}\p{M}]/u.test(character)) return "";
  const folded = character.normalize("NFKC");
  if (/^[0-9A-Za-z @.+_%-]$/.test(folded)) return folded;
  if (!/^\p{Nd}$/u.test(character)) return character;
  // A script's ten digits lie one after another (The Unicode Standard, 4.6).
  let zero = character.codePointAt(0)!;
  while (zero > 0 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && character.codePointAt(0)! - zero < 9)
    zero -= 1;
  return String(character.codePointAt(0)! - zero);
}

function plain(text: string): string {
  const known = new Map<string, string>();
  return text.replace(/[^\x20-\x7e]/gu, (character) => {
    let form = known.get(character);
    if (form === undefined) {
      form = plainest(character);
      known.set(character, form);
    }
    return form;
  });
}

/** Digits, and the end of an identity number, that nothing parts. */
interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** What may part the groups of one number: blanks, strokes, dots, brackets, the commas of a list. */
const APART = new Set(" \t\n\r\u00a0\u3000\u2028\u2029-_/\\|·•.。,，、;；:：*~()（）[]【】〔〕「」\"'“”‐‑‒–—―−－／～");
/** A longer run of digits is no number of a person. */
const LONGEST = 19;
const NUMBER_LENGTHS: ReadonlySet<number> = new Set([11, 13, 15, 16, 17, 18, 19]);

/** Whether what lies between two groups may part one number. */
function partsOne(text: string, from: number, to: number): boolean {
  if (to - from > 3) return false;
  for (let i = from; i < to; i += 1) if (!APART.has(text[i]!)) return false;
  return true;
}

/** The groups of digits of a text in runs that only `APART` parts. */
function runsOf(text: string): Group[][] {
  const runs: Group[][] = [];
  let before: Group | undefined;
  for (const match of text.matchAll(/\d+X?|(?<=\d[^\da-z]{1,3})X(?![\da-z])/gi)) {
    const group = { digits: match[0].toUpperCase(), start: match.index, end: match.index + match[0].length };
    // Nothing comes after the X that ends a number.
    if (before && partsOne(text, before.end, group.start) && !before.digits.endsWith("X")) runs.at(-1)!.push(group);
    else runs.push([group]);
    before = group;
  }
  return runs;
}

const MOBILE = /^(?:(?:00)?86)?(1[3-9]\d{9})$/;
/** The lengths of the groups that a mobile number is written in: 138 1234 5678, 86-138-1234-5678, digit by digit. */
const GROUPED = /^(?:[24]-)?(?:\d\d|[357]-4-4|3-8|7-4|4-4-3|6-5|5-6|3-3-2-3|1(?:-1){10})$/;
/** What follows an amount, a count, a date or the number of a document, and no telephone. */
const COUNTED = /^ ?(?:[.,]\d|[万亿]?元|[万亿件条户人次个册吨年月日号家起项份篇倍%％])/;
/** The lengths of the groups that a card is written in: fours, 6-13, digit by digit. */
const CARD = /^(?:1[5-9]|4(?:-4){2,3}(?:-[1-4])?|6-1[0-3]|4-6-5|1(?:-1){14,18})$/;

const masked = (digits: string): string => `${digits.slice(0, 3)}…${digits.slice(-2)}`;

/**
 * The number of a person that some groups of a run are together, when they are one.
 * @param digits theirs
 */
function numberIn(
  digits: string,
  run: readonly Group[],
  [from, to]: readonly [from: number, to: number],
  text: string,
): PersonalDatum | undefined {
  if (digits.length === 18 && isIdentityNumber(digits)) return { kind: "identityCard", shown: masked(digits) };
  const [, mobile] = (digits.length <= 15 && MOBILE.exec(digits)) || [];
  if (!mobile && !(digits.length >= 15 && isBankCard(digits))) return undefined;
  const groups = run.slice(from, to);
  const [{ start }, { end }] = [groups[0]!, groups.at(-1)!];
  // The fraction of a decimal number.
  if (/\d\.$/.test(text.slice(Math.max(0, start - 2), start))) return undefined;
  if (COUNTED.test(text.slice(end, end + 3))) return undefined;
  const lengths = groups.map((group) => group.digits.length).join("-");
  if (mobile) return GROUPED.test(lengths) ? { kind: "mobile", shown: masked(mobile) } : undefined;
  return CARD.test(lengths) ? { kind: "bankCard", shown: masked(digits) } : undefined;
}

/** The numbers in a run of groups, the longest at each place. */
function numbersIn(run: readonly Group[], text: string): PersonalDatum[] {
  const found: PersonalDatum[] = [];
  for (let i = 0; i < run.length; ) {
    let taken = 0;
    let digits = "";
    let datum: PersonalDatum | undefined;
    for (let count = 1; i + count <= run.length; count += 1) {
      digits += run[i + count - 1]!.digits.slice(0, LONGEST + 1);
      if (digits.length > LONGEST) break;
      const here = NUMBER_LENGTHS.has(digits.length) ? numberIn(digits, run, [i, i + count], text) : undefined;
      if (here) [datum, taken] = [here, count];
    }
    if (datum) found.push(datum);
    i += Math.max(1, taken);
  }
  return found;
}

/** RFC 5321, 4.5.3.1: a local part has at most 64 characters, a domain 255. */
const LOCAL = /[0-9A-Za-z_%+-][0-9A-Za-z._%+-]{0,63}$/;
const DOMAIN = /^(?:[0-9A-Za-z-]{1,63}\.){1,4}[A-Za-z]{2,24}/;

/** The e-mail addresses of a text. */
function addressesIn(text: string): PersonalDatum[] {
  const found: PersonalDatum[] = [];
  for (const { 0: at, index } of text.matchAll(/ ?(?:@|[[(（]at[\])）]) ?/gi)) {
    const [local] = LOCAL.exec(text.slice(Math.max(0, index - 64), index)) ?? [];
    if (!local) continue;
    const [domain] = DOMAIN.exec(text.slice(index + at.length, index + at.length + 255).replace(/ ?\. ?/g, ".")) ?? [];
    if (domain) found.push({ kind: "email", shown: `${local[0]}…@${domain}` });
  }
  return found;
}

/** The personal data in a text, in any way of writing it; numbers inside longer runs of digits are none. */
export function personalData(text: string): PersonalDatum[] {
  const all = plain(text);
  return [...runsOf(all).flatMap((run) => numbersIn(run, all)), ...addressesIn(all)];
}

/** The parameter of `x-personalData`: the level of what is no identity card, which is an error always. */
export interface PersonalDataParameter {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
}

const findingOf = ({ kind, shown }: PersonalDatum, pointer: string, { id, level }: PersonalDataParameter): Finding => {
  const { zh, en } = NAMES[kind];
  const error = kind === "identityCard";
  return {
    id,
    level: error ? "error" : level,
    message: `文字中有${zh}（${shown}），公开前${error ? "必须删去" : "请删去或说明理由"}`,
    messageEn: `The text contains ${en} (${shown}); ${error ? "it must be removed" : "remove it or explain"} before publication`,
    cells: [{ pointer, label: "文字", value: shown }],
  };
};

/** The identity numbers that are written from one paragraph into the next, where each begins. */
function acrossTexts(texts: readonly { readonly pointer: string; readonly text: string }[]): [PersonalDatum, string][] {
  const found: [PersonalDatum, string][] = [];
  const plains = texts.map(({ text }) => plain(text).trim());
  for (let i = 0; i + 1 < texts.length; i += 1) {
    const [, end = ""] = /([\dX\W]{1,60})$/i.exec(plains[i]!.slice(-60)) ?? [];
    const [begin = ""] = /^[\dX\W]{1,60}/i.exec(plains[i + 1]!.slice(0, 60)) ?? [];
    if (!/\d/.test(end) || !/\d/.test(begin)) continue;
    const both = `${end}\n${begin}`;
    const apart = personalData(end).length + personalData(begin).length;
    const whole = personalData(both).filter(({ kind }) => kind === "identityCard");
    if (apart === 0) for (const datum of whole) found.push([datum, texts[i]!.pointer]);
  }
  return found;
}

/** No text that is about to be made public gives away personal data; stands on the report, or on a text. */
export function check(data: unknown, parameter: PersonalDataParameter): Finding[] {
  if (typeof data === "string") return personalData(data).map((datum) => findingOf(datum, "", parameter));
  const texts = narrativeTexts(data);
  const name = (data as { readonly organ?: { readonly name?: unknown } } | null)?.organ?.name;
  const all = typeof name === "string" ? [{ pointer: "/organ/name", text: name }, ...texts] : texts;
  return [
    ...all.flatMap(({ pointer, text }) => personalData(text).map((datum) => findingOf(datum, pointer, parameter))),
    ...acrossTexts(texts).map(([datum, pointer]) => findingOf(datum, pointer, parameter)),
  ];
}

export const keyword: Keyword = {
  name: "personalData",
  type: ["object", "string"],
  file: "personal-data.ts",
  check,
  value: (form, { on }) => (on === "report" ? idOf(form, "personalData") : undefined),
  says: () => ({
    zh: "公开的文字里有身份证号（错误），手机号、电子邮件地址、银行卡号（警告），任何写法",
    en: "in any text about to be made public (headings, paragraphs, preamble, the organ's name, the reason of a correction, withdrawal or redaction): an ID-card number with a right check digit (E), a mobile number, an e-mail address, a bank card with a right check digit (W), in every written form",
  }),
  mends: () => ({
    zh: "删去或者隐去个人信息；确须公开的联系方式，说明理由",
    en: "take the personal data out; explain a contact that has to be public",
  }),
};
