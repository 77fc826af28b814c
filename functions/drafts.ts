import type { Context } from "hono";
import type { Caller } from "../src/authenticate/caller.ts";
import { authorize } from "../src/authenticate/caller.ts";
import type { Place } from "../src/basics/place.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { parseJson } from "../src/check/parse.ts";
import { type Draft, readDraft, type SavedDraft, type Submission, saveDraft } from "../src/office/draft.ts";
import { openOffice } from "../src/office/open.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import type { Env } from "./env.ts";
import { listPlace } from "./office-row.ts";
import { admit, draftAnswer, officeAnswer } from "./office-view.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError } from "./problem.ts";
import { contextOf, placeOf } from "./request.ts";

/** What nobody else keeps. */
export const PRIVATE = { "cache-control": "private, no-store" };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const badDraft = (): ProblemError =>
  new ProblemError({
    status: 422,
    title: "正文不对",
    titleEn: "Bad body",
    detail: '正文应为 {"submission": {"report": {…}}, "base": null}；更正的草稿，base 写所更正的版本',
    detailEn: 'The body must be {"submission": {"report": {…}}, "base": null}; base of a correction is its version',
  });

/** @throws ProblemError 422 */
function draftIn(value: unknown): Pick<Draft, "submission" | "base"> {
  if (!isObject(value)) throw badDraft();
  const { submission, base, ...others } = value;
  const sound =
    isObject(submission) &&
    isObject(submission["report"]) &&
    (submission["reason"] === undefined || typeof submission["reason"] === "string") &&
    (base === null || (Number.isSafeInteger(base) && (base as number) > 0)) &&
    Object.keys(others).length === 0;
  if (!sound) throw badDraft();
  return { submission: submission as Submission, base: base as number | null };
}

const ETAG = /^"[^"]{1,200}"$/;

/** The draft that a save was made from: its tag, or undefined where there was none. @throws ProblemError 428, 400 */
function conditionOf(c: Context<Env>, mayBeNew: boolean): string | undefined {
  const [match, none] = [c.req.header("if-match"), c.req.header("if-none-match")];
  if (mayBeNew && none === "*" && match === undefined) return undefined;
  if (none === undefined && match !== undefined && ETAG.test(match)) return match;
  if (match === undefined && none === undefined)
    throw new ProblemError({
      status: 428,
      title: "须写明据以修改的草稿",
      titleEn: "Precondition Required",
      detail: "写 If-Match（取草稿时的 ETag）；还没有草稿时写 If-None-Match: *",
      detailEn: "Send If-Match with the draft's ETag, or If-None-Match: * where there is none yet",
    });
  throw new ProblemError({
    status: 400,
    title: "条件不对",
    titleEn: "Bad condition",
    detail: "If-Match 应为一个 ETag（带引号）；还没有草稿时写 If-None-Match: *",
    detailEn: "If-Match must be one quoted ETag; where there is no draft yet send If-None-Match: *",
  });
}

/** The 412 for a save that another came before, with what is there now. */
async function lost({ store, review = "none" }: AppOptions, place: Place, caller: Caller): Promise<ProblemError> {
  const office = officeAnswer(await openOffice(store, place, review), caller);
  const at = office.draft ? `（${office.draft.savedAt}保存）` : "";
  return new ProblemError({
    status: 412,
    title: "草稿已有更新的一份",
    titleEn: "The draft was changed",
    detail: office.draft
      ? `别处已经改过这份草稿${at}，您的没有保存。请对照后再保存`
      : "这份草稿已经被丢弃，您的没有保存。仍要保存的，请作为新的草稿保存",
    detailEn: office.draft
      ? "The draft was changed elsewhere; yours was not saved. Compare the two and save again"
      : "The draft was thrown away elsewhere; yours was not saved. Save it as a new one if you want to keep it",
    office,
  });
}

/** Reading, saving and throwing away the drafts of organs. */
export function drafts(options: AppOptions): Pick<Handlers, "getDraft" | "putDraft" | "deleteDraft"> {
  const { store, now, review = "none" } = options;

  /** Who may draft for the place. */
  const drafter = async (c: Context<Env>, place: Place): Promise<Caller> => {
    note(c, place);
    const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
    authorize(caller, "draft", place.uscc, ["file", "correct"]);
    return caller;
  };

  const save = (place: Place, content: Pick<Draft, "submission" | "base">, caller: Caller, etag: string | undefined) =>
    saveDraft(store, { format: 1, ...place, ...content, savedAt: shanghaiTime(now()), savedBy: caller.filer }, etag);

  return {
    getDraft: async (c) => {
      const place = placeOf(c);
      note(c, place);
      const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
      admit(caller, place.uscc);
      const office = await openOffice(store, place, review);
      if (office.draft || office.events.length > 0) await listPlace(c, options, place, office);
      const answer = officeAnswer(office, caller);
      note(c, { outcome: "read" });
      return c.json(answer, 200, { ...PRIVATE, ...(answer.draft ? { etag: answer.draft.etag } : {}) });
    },
    putDraft: async (c) => {
      const place = placeOf(c);
      const caller = await drafter(c, place);
      const etag = conditionOf(c, true);
      const saved: SavedDraft = await save(place, draftIn(parseJson(await readBody(c))), caller, etag);
      if (saved.outcome === "lost") throw await lost(options, place, caller);
      if (saved.outcome === "created") await listPlace(c, options, place);
      note(c, { outcome: saved.outcome === "unchanged" ? "unchanged" : "saved" });
      const { uscc, year } = place;
      return c.json({ draft: draftAnswer(saved.stored) }, saved.outcome === "created" ? 201 : 200, {
        etag: saved.stored.etag,
        location: `/drafts/${uscc}/${year}`,
      });
    },
    deleteDraft: async (c) => {
      const place = placeOf(c);
      const caller = await drafter(c, place);
      const etag = conditionOf(c, false);
      const standing = await readDraft(store, place);
      if (!standing) throw notFound(c.req.path);
      const { base } = standing.draft;
      const saved = await save(place, { submission: null, base }, caller, etag);
      if (saved.outcome === "lost") throw await lost(options, place, caller);
      await listPlace(c, options, place);
      note(c, { outcome: "saved" });
      return c.body(null, 204);
    },
  };
}
