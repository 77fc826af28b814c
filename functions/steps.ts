import type { Context } from "hono";
import type { Caller } from "../src/authenticate/caller.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { parseJson } from "../src/check/parse.ts";
import { handOver } from "../src/filing/handover.ts";
import { append, type NewEvent, saysTheSame } from "../src/office/append.ts";
import { contentHash, keepContent } from "../src/office/content.ts";
import type { OfficeEvent } from "../src/office/event.ts";
import { roleFor, rolesOf } from "../src/office/moves.ts";
import { type Office, openOffice } from "../src/office/open.ts";
import { note, unprocessable } from "./answers.ts";
import { ruleIds } from "./audit.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import type { Env } from "./env.ts";
import { type AskedEvent, eventIn } from "./event-request.ts";
import { listPlace } from "./office-row.ts";
import { admit, officeAnswer } from "./office-view.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";
import { contextOf, placeOf } from "./request.ts";

/** The 409 for a step that cannot be taken as things stand, with how they stand. */
const conflict = (
  code: "not-the-latest" | "not-now",
  office: Office,
  caller: Caller,
  [detail, detailEn]: readonly [string, string],
): ProblemError =>
  new ProblemError({
    status: 409,
    title: code === "not-now" ? "现在不能这样做" : "已有新的经过",
    titleEn: code === "not-now" ? "Not now" : "Something came before",
    detail,
    detailEn,
    code,
    office: officeAnswer(office, caller),
  });

const OUTDATED = ["别人已经办理过，请看过最新的经过再办理", "Somebody came before; look at the latest events"] as const;
const NOT_NOW = [
  "按现在的状态、审核规定和您的权限不能这样做；送审的人不能自己同意",
  "The state, the policy or your rights do not allow it; who handed it over cannot agree to it",
] as const;
const OTHER_CONTENT = [
  "送审的内容已经换过，请看过现在的内容再同意",
  "Other content was handed over meanwhile; look at it first",
] as const;

/** A step as it is asked for: by whom, of what, as things stand. */
interface Step {
  readonly c: Context<Env>;
  readonly asked: AskedEvent;
  readonly office: Office;
  readonly caller: Caller;
  readonly options: AppOptions;
}

/** Checks and keeps what a draft says. @throws ProblemError 412, 422 */
async function handedOver({ c, office, caller, options }: Step): Promise<Partial<NewEvent>> {
  const { draft, records } = office;
  const match = c.req.header("if-match");
  if (!draft || (match !== undefined && match !== draft.etag))
    throw new ProblemError({
      status: 412,
      title: "草稿已有更新的一份",
      titleEn: "The draft was changed",
      detail: "草稿在您送审之前又改过，没有送审。请看过再送审",
      detailEn: "The draft was changed before it was handed over; look at it and hand it over again",
      office: officeAnswer(office, caller),
    });
  const checked = await handOver(draft.draft, records, options);
  note(c, { findings: ruleIds(checked.findings) });
  if (checked.content === undefined)
    throw unprocessable(checked, draft.draft.base === null ? "original" : "correction");
  const count = (level: string): number => checked.findings.filter((f) => f.level === level).length;
  return {
    content: await keepContent(options.store, office, checked.content),
    found: { warnings: count("warning"), information: count("information") },
  };
}

/** The event that a step becomes. @throws ProblemError */
async function eventOf(step: Step): Promise<NewEvent> {
  const { asked, office, caller, options } = step;
  const { kind, content, after: _, ...said } = asked;
  const { standing, policy, uscc } = office;
  const role = roleFor(kind, { filer: caller.filer, roles: rolesOf(caller, uscc, standing.base) }, standing, policy);
  if (!role) throw conflict("not-now", office, caller, NOT_NOW);
  note(step.c, { action: role });
  const agreed = kind === "agree" || kind === "clear";
  if (agreed && content !== standing.submit?.content) throw conflict("not-now", office, caller, OTHER_CONTENT);
  return {
    kind,
    at: shanghaiTime(options.now()),
    by: caller.filer,
    role,
    base: standing.base,
    ...said,
    ...(agreed && content !== undefined ? { content } : {}),
    ...(kind === "submit" ? await handedOver(step) : {}),
  };
}

/** The event that was sent before and not answered, if this is it again. */
async function repeated({ asked, office, caller, options }: Step): Promise<OfficeEvent | undefined> {
  const there = office.events[asked.after];
  if (!there || !saysTheSame(there, { ...asked, by: caller.filer })) return undefined;
  if (asked.kind !== "submit") return there.content === asked.content ? there : undefined;
  const { content } = office.draft ? await handOver(office.draft.draft, office.records, options) : {};
  return content !== undefined && contentHash(content) === there.content ? there : undefined;
}

/** The steps of drafts on their way to publication. */
export function steps(options: AppOptions): Pick<Handlers, "addEvent"> {
  const { store, review = "none" } = options;
  return {
    addEvent: async (c) => {
      const place = placeOf(c);
      note(c, place);
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      admit(caller, place.uscc);
      const asked = eventIn(parseJson(await readBody(c)));
      const answered = ({ format: _, previous: __, ...event }: OfficeEvent, office: Office, status: 200 | 201) => {
        const { state, may } = officeAnswer(office, caller);
        note(c, { outcome: status === 201 ? asked.kind : "unchanged" });
        return c.json({ event, state, may }, status);
      };
      const office = await openOffice(store, place, review);
      const step: Step = { c, asked, office, caller, options };
      const before = await repeated(step);
      if (before) return answered(before, office, 200);
      if (office.events.length !== asked.after) throw conflict("not-the-latest", office, caller, OUTDATED);
      const { created, standing } = await append(store, place, office.events, await eventOf(step));
      const now = await openOffice(store, place, review);
      if (!created) throw conflict("not-the-latest", now, caller, OUTDATED);
      await listPlace(c, options, place, now);
      return answered(standing, now, 201);
    },
  };
}
