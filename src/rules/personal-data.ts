import type { Finding } from "../finding.ts";
import { narrativeTexts } from "../form/narrative.ts";

/** What personal data a text gives away; `shown` never repeats all of it. */
export interface PersonalDatum {
  readonly kind: "identityCard" | "mobile";
  readonly shown: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether 18 characters are a citizen's identity number: a real birth date and the check digit of GB 11643—1999 (ISO 7064, MOD 11-2). */
export function isIdentityNumber(text: string): boolean {
  const match = /^[1-9]\d{5}((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx]$/.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number);
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) return false;
  const sum = WEIGHTS.reduce((s, weight, i) => s + weight * Number(text[i]), 0);
  return "10X98765432"[sum % 11] === text[17]!.toUpperCase();
}

/** Full-width digits, letters and spaces and all sorts of hyphens as their ASCII twins, one for one. */
const halfWidth = (text: string): string =>
  text
    .replace(/[０-９Ｘｘ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015－]/g, "-")
    .replace(/[\u3000\u00a0]/g, " ");

/** In how many groups an identity number may be written: 110105 1949 1231 002X. */
const MOST_GROUPS = 4;
const MOBILE = /^(?:(?:00)?86)?(1[3-9]\d{9})$/;
/** The lengths of the groups that a mobile number is written in: 138 1234 5678, 86-138-1234-5678. */
const GROUPED = /^(?:[24]-)?(?:\d\d|[3-7]-4-4|3-8)$/;
/** An amount or a count of eleven digits is no telephone. */
const COUNTED = /^ ?(?:[.,]\d|[万亿]?元|[万亿件条户人次个册吨])/;

/** The identity-card and mobile numbers in a text; those inside longer runs of digits are none. */
export function personalData(text: string): PersonalDatum[] {
  const found: PersonalDatum[] = [];
  const plain = halfWidth(text);
  // Digits in groups that one space or hyphen keeps apart.
  for (const run of plain.matchAll(/(?<![\d.])\d+[Xx]?(?:[ -]\d+[Xx]?)*/g)) {
    const groups = [...run[0].matchAll(/\d+[Xx]?/g)];
    for (let i = 0; i < groups.length; i += 1) {
      for (let count = Math.min(MOST_GROUPS, groups.length - i); count > 0; count -= 1) {
        const taken = groups.slice(i, i + count);
        const bare = taken.map(([digits]) => digits).join("");
        const lengths = taken.map(([digits]) => digits.length).join("-");
        const [, mobile] = MOBILE.exec(bare) ?? [];
        const last = taken.at(-1)!;
        const end = run.index + last.index + last[0].length;
        if (isIdentityNumber(bare))
          found.push({ kind: "identityCard", shown: `${bare.slice(0, 3)}…${bare.slice(-2)}` });
        else if (mobile && GROUPED.test(lengths) && !COUNTED.test(plain.slice(end, end + 3)))
          found.push({ kind: "mobile", shown: `${mobile.slice(0, 3)}…${mobile.slice(-2)}` });
        else continue;
        i += count - 1;
        break;
      }
    }
  }
  return found;
}

/** No narrative that is about to be made public names an identity-card or a mobile number; stands on the report. */
export function check(
  report: unknown,
  parameter: { readonly id: string; readonly level: "error" | "warning" | "information" },
): Finding[] {
  return narrativeTexts(report).flatMap(({ pointer, text }) =>
    personalData(text).map(({ kind, shown }): Finding => {
      const [zh, en] =
        kind === "mobile" ? ["手机号码", "a mobile number"] : ["居民身份证号码", "an identity-card number"];
      return {
        id: parameter.id,
        level: parameter.level,
        message: `文字中有${zh}（${shown}），公开前请删去或说明理由`,
        messageEn: `The text contains ${en} (${shown}); remove it or explain before publication`,
        cells: [{ pointer, label: "文字", value: shown }],
      };
    }),
  );
}
