import type { JWTPayload } from "jose";
import { ExplainedError } from "../basics/explained-error.ts";
import type { Filer } from "../basics/filer.ts";
import type { Message } from "../basics/finding.ts";
import { isCode } from "../form/uscc.ts";

/** What a caller may be allowed to do for an organ: 公布, 更正, 撤回, 留存印章. */
export const ORGAN_ACTIONS = ["file", "correct", "withdraw", "seal"] as const;
/**
 * What a token must state: for an organ 起草, 审核, 签发 (which publishes and corrects and does nothing else), for a
 * division 管理名录和汇总. Who may file or correct may draft what is filed, and signs it.
 */
export const STATED_ACTIONS = ["draft", "review", "publish", "oversee"] as const;
export const ACTIONS = [...ORGAN_ACTIONS, ...STATED_ACTIONS] as const;
export type Action = (typeof ACTIONS)[number];

/** Who calls, and for whom they may act. */
export interface Caller {
  readonly filer: Filer;
  /** 统一社会信用代码. */
  readonly organs: readonly string[];
  /** The first 2, 4 or 6 digits of divisions (行政区划代码, GB/T 2260). */
  readonly divisions: readonly string[];
  readonly actions: readonly Action[];
}

/** What the claims are called that say for whom a caller may act. */
export interface ClaimNames {
  readonly organs: string;
  readonly divisions: string;
  readonly actions: string;
}

/** The caller is known and may not do this. */
export class ForbiddenError extends ExplainedError {
  readonly action: Action;
  /** Of what it is about: an organ's code, or a division's. */
  readonly about: { readonly uscc: string } | { readonly division: string };

  constructor(action: Action, about: ForbiddenError["about"], message: string, messageEn: string) {
    super(message, messageEn);
    this.action = action;
    this.about = about;
  }
}

const DIVISION = /^\d{2}(?:\d{2}){0,2}$/;

/** The words of a claim: an array of strings, or one string with spaces between; of anything else none. */
function wordsOf(claim: unknown): readonly string[] {
  if (typeof claim === "string") return claim.split(" ").filter((word) => word !== "");
  return Array.isArray(claim) && claim.every((word) => typeof word === "string") ? claim : [];
}

/**
 * The caller that the claims of a verified token speak of. A claim of another shape, and a word that is no code, no
 * division or no action, grants nothing.
 *
 * A division stands for every code whose characters 3–8 begin with it, taken literally: `37` is all of 山东省, `370000`
 * only what is registered with the province itself. Who writes `370000` and means the province is told so by the first
 * 403; the other way round, nobody would notice a right that was never meant.
 *
 * Without the claim of actions a caller may do all that is done for organs for the organs and divisions named, which is
 * what whoever names an organ for a user expects; with it, only what it lists, and an empty one lists nothing. Reviewing
 * and overseeing are never meant by saying nothing: tokens from before there were such things keep their meaning.
 */
export function callerOf(
  claims: JWTPayload & { readonly sub: string; readonly iss: string },
  names: ClaimNames,
): Caller {
  const stated = wordsOf(claims[names.actions]);
  return {
    filer: { issuer: claims.iss, subject: claims.sub },
    organs: wordsOf(claims[names.organs]).filter(isCode),
    divisions: wordsOf(claims[names.divisions]).filter((word) => DIVISION.test(word)),
    actions: claims[names.actions] === undefined ? ORGAN_ACTIONS : ACTIONS.filter((action) => stated.includes(action)),
  };
}

/** Whether the caller acts for an organ at all, by its code or its division. */
export const actsFor = ({ organs, divisions }: Caller, uscc: string): boolean =>
  organs.includes(uscc) || divisions.some((division) => uscc.startsWith(division, 2));

/** Whether the caller may oversee a division: one that the token names, or that lies in one. */
export const oversees = ({ actions, divisions }: Caller, division: string): boolean =>
  actions.includes("oversee") && divisions.some((named) => division.startsWith(named));

/** @throws ForbiddenError when the caller may not oversee the division */
export function authorizeOver(caller: Caller, division: string): void {
  if (oversees(caller, division)) return;
  throw new ForbiddenError(
    "oversee",
    { division },
    `您的账号不能管理${division}的名录和汇总；请核对行政区划代码，或联系账号管理员`,
    `Your account may not oversee the division ${division}`,
  );
}

/** Whether the caller may do this for the organ. */
export const permits = (caller: Caller, action: Action, uscc: string): boolean =>
  isCode(uscc) && caller.actions.includes(action) && actsFor(caller, uscc);

const LABELS: Readonly<Record<Action, Message>> = {
  file: { zh: "公布报告", en: "publish reports" },
  correct: { zh: "更正报告", en: "correct reports" },
  withdraw: { zh: "撤回报告", en: "withdraw reports" },
  seal: { zh: "留存印章", en: "leave a seal" },
  draft: { zh: "起草报告", en: "draft reports" },
  review: { zh: "审核报告", en: "review reports" },
  publish: { zh: "签发报告", en: "sign reports" },
  oversee: { zh: "管理名录和汇总", en: "oversee" },
};

/**
 * @param action what is to be done for the organ
 * @param others any of which allows it too
 * @throws ForbiddenError when the caller may not do this for the organ
 */
export function authorize(caller: Caller, action: Action, uscc: string, others: readonly Action[] = []): void {
  if ([action, ...others].some((each) => permits(caller, each, uscc))) return;
  const { zh, en } = LABELS[action];
  if (actsFor(caller, uscc))
    throw new ForbiddenError(
      action,
      { uscc },
      `您的账号可以办理${uscc}的事项，但没有“${zh}”的权限；请联系账号管理员`,
      `Your account acts for ${uscc} but may not ${en}`,
    );
  throw new ForbiddenError(
    action,
    { uscc },
    `您的账号不能为${uscc}${zh}；请核对统一社会信用代码，或联系账号管理员`,
    `Your account may not ${en} for ${uscc}`,
  );
}
