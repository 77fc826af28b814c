/** Who may do what when: the one table of the office. */
import { type Caller, oversees, permits } from "../authenticate/caller.ts";
import type { Filer } from "../basics/filer.ts";
import type { Kind, Role } from "./event.ts";
import type { Effective, Review } from "./policy.ts";
import { isApproved, STATES, type Standing, type State } from "./state.ts";

/** One way in which an event may come: as what, from which states, under which policies. */
interface Move {
  readonly as: Role;
  readonly from: readonly State[];
  readonly under: readonly Review[];
}

const ALL: readonly Review[] = ["none", "organ", "superior"];
const REVIEWED: readonly Review[] = ["organ", "superior"];
const UNDER_WAY: readonly State[] = ["submitted", "agreed", "cleared"];

/** Of several ways that are open the first counts. 签发 is made by the publication itself. */
const MOVES: Readonly<Record<Exclude<Kind, "sign">, readonly Move[]>> = {
  // Handed over again with other content, it begins again.
  submit: [{ as: "draft", from: ["draft", "returned", ...UNDER_WAY], under: REVIEWED }],
  recall: [
    { as: "draft", from: UNDER_WAY, under: ALL },
    // A signature whose publication never came.
    { as: "publish", from: ["signed"], under: ALL },
  ],
  return: [
    { as: "review", from: ["submitted"], under: REVIEWED },
    { as: "publish", from: UNDER_WAY, under: REVIEWED },
    { as: "oversee", from: ["agreed", "cleared"], under: ["superior"] },
  ],
  agree: [{ as: "review", from: ["submitted"], under: REVIEWED }],
  clear: [{ as: "oversee", from: ["agreed"], under: ["superior"] }],
  comment: (["review", "publish", "draft", "oversee"] as const).map((as) => ({ as, from: STATES, under: ALL })),
};

/** As what a caller may act at a place, for the version after `base`. */
export function rolesOf(caller: Caller, uscc: string, base: number | null): readonly Role[] {
  const files = permits(caller, base === null ? "file" : "correct", uscc);
  const draws = files || permits(caller, "file", uscc) || permits(caller, "correct", uscc);
  return [
    ...(draws || permits(caller, "draft", uscc) ? (["draft"] as const) : []),
    ...(permits(caller, "review", uscc) ? (["review"] as const) : []),
    ...(files || permits(caller, "publish", uscc) ? (["publish"] as const) : []),
    ...(oversees(caller, uscc.slice(2, 8)) ? (["oversee"] as const) : []),
  ];
}

const isSame = (a: Filer, b: Filer | undefined): boolean => a.issuer === b?.issuer && a.subject === b.subject;

/** What of the standing keeps this person from a step that somebody else has to take. */
function isOwnWork(kind: Kind, by: Filer, { submit, agree }: Standing): boolean {
  if (kind === "agree") return isSame(by, submit?.by);
  if (kind === "clear") return isSame(by, submit?.by) || isSame(by, agree?.by);
  return false;
}

/** Who asks, and as what they may act. */
export interface Actor {
  readonly filer: Filer;
  readonly roles: readonly Role[];
}

/** As what an event may come from somebody now; undefined where it may not. */
export function roleFor(
  kind: Exclude<Kind, "sign">,
  { filer, roles }: Actor,
  standing: Standing,
  { review }: Pick<Effective, "review">,
): Role | undefined {
  if (isOwnWork(kind, filer, standing)) return undefined;
  return MOVES[kind].find(
    ({ as, from, under }) => roles.includes(as) && from.includes(standing.state) && under.includes(review),
  )?.as;
}

/** The kinds of events that somebody may add now; 签发 where what there is may be published by them. */
export function mayNow(actor: Actor, standing: Standing, policy: Effective): readonly Kind[] {
  const kinds = (Object.keys(MOVES) as (keyof typeof MOVES)[]).filter(
    (kind) => roleFor(kind, actor, standing, policy) !== undefined,
  );
  const signs =
    actor.roles.includes("publish") &&
    (policy.review === "none" ? standing.state === "draft" : isApproved(policy, standing));
  return signs ? [...kinds, "sign"] : kinds;
}
