import { authorizeOver, type Caller } from "../src/authenticate/caller.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { parseJson } from "../src/check/parse.ts";
import { isCode } from "../src/form/uscc.ts";
import {
  effectiveOf,
  ownPolicy,
  type Policy,
  placesOver,
  REVIEWS,
  type Review,
  savePolicy,
} from "../src/office/policy.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import { PRIVATE } from "./drafts.ts";
import { admit } from "./office-view.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";
import { contextOf } from "./request.ts";

const badPolicy = (): ProblemError =>
  new ProblemError({
    status: 422,
    title: "正文不对",
    titleEn: "Bad body",
    detail: `正文应有 review（${REVIEWS.join("、")}之一），和 version（据以修改的一版，还没有就是0）`,
    detailEn: `The body must have review (one of ${REVIEWS.join(", ")}) and version (the one it was made from, 0 for none)`,
  });

/** @throws ProblemError 422 */
function policyIn(value: unknown): { readonly review: Review; readonly version: number } {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { review, version = 0, ...others } = (isObject ? value : {}) as Record<string, unknown>;
  const known = REVIEWS.find((each) => each === review);
  if (!known || !Number.isSafeInteger(version) || (version as number) < 0 || Object.keys(others).length > 0)
    throw badPolicy();
  return { review: known, version: version as number };
}

const outdated = (sent: number, standing: Policy | undefined): ProblemError =>
  new ProblemError({
    status: 409,
    title: "审核规定已有更新的一版",
    titleEn: "The policy has a later version",
    detail: `最新为第${standing?.version ?? 0}版，这一份是由第${sent}版改的，没有设定`,
    detailEn: `The latest is version ${standing?.version ?? 0}, and this was made from version ${sent}; nothing was set`,
    version: standing?.version ?? 0,
  });

const isOrgan = (place: string): boolean => isCode(place);

/** The division that a place is, or lies in. */
const divisionOf = (place: string): string => (isOrgan(place) ? place.slice(2, 8) : place);

/** The places whose policy holds for a place, itself first. */
const around = (place: string): readonly string[] =>
  isOrgan(place) ? placesOver(place) : [6, 4, 2].filter((n) => n <= place.length).map((n) => place.slice(0, n));

/** Whoever acts for the organ or oversees it; of a division whoever acts for something in it. @throws ForbiddenError */
function mayRead(caller: Caller, place: string): void {
  if (isOrgan(place)) {
    admit(caller, place);
    return;
  }
  const within = (division: string): boolean => division.startsWith(place);
  if (caller.divisions.some(within) || caller.organs.some((uscc) => within(uscc.slice(2, 8)))) return;
  if (!caller.divisions.some((named) => place.startsWith(named))) authorizeOver(caller, place);
}

/** How many look at a report before it is published. */
export function policies(options: AppOptions): Pick<Handlers, "getPolicy" | "putPolicy"> {
  const { store, now, review: otherwise = "none" } = options;
  const answer = (place: string, own: readonly (Policy | undefined)[]) => {
    const [first] = own;
    return {
      place,
      own: first ? { review: first.review, version: first.version, at: first.at } : null,
      effective: effectiveOf(own, otherwise),
    };
  };
  return {
    getPolicy: async (c) => {
      const place = c.req.param("place") ?? "";
      mayRead(await contextOf(c, options).authenticate(c.req.header("authorization")), place);
      const own = await Promise.all(around(place).map((each) => ownPolicy(store, each)));
      note(c, { outcome: "read" });
      return c.json(answer(place, own), 200, PRIVATE);
    },
    putPolicy: async (c) => {
      const place = c.req.param("place") ?? "";
      note(c, isOrgan(place) ? { uscc: place } : { division: place });
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      authorizeOver(caller, divisionOf(place));
      const { review, version } = policyIn(parseJson(await readBody(c)));
      const by = { at: shanghaiTime(now()), by: caller.filer };
      const { outcome, standing } = await savePolicy(store, { place, review, version }, by);
      if (outcome === "conflict" || !standing) throw outdated(version, standing);
      note(c, { version: standing.version, outcome: outcome === "created" ? "saved" : "unchanged" });
      return c.json(answer(place, [standing]), outcome === "created" ? 201 : 200, { location: `/policies/${place}` });
    },
  };
}
