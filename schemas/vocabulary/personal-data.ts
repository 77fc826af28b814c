import type { Finding } from "../../src/finding.ts";
import { narrativeTexts } from "../../src/report/narrative.ts";

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

/** Full-width digits and letters as their ASCII twins, one for one. */
const halfWidth = (text: string): string =>
  text.replace(/[０-９Ｘｘ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** The identity-card and mobile numbers in a text. */
export function personalData(text: string): PersonalDatum[] {
  const found: PersonalDatum[] = [];
  for (const [run] of halfWidth(text).matchAll(/\d[\d -]*[\dXx]/g)) {
    const bare = run.replace(/[ -]/g, "");
    if (isIdentityNumber(bare)) found.push({ kind: "identityCard", shown: `${bare.slice(0, 3)}…${bare.slice(-2)}` });
    else if (/^(?:86)?1[3-9]\d{9}$/.test(bare)) {
      const number = bare.slice(-11);
      found.push({ kind: "mobile", shown: `${number.slice(0, 3)}…${number.slice(-2)}` });
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
