import type { Caller } from "../src/authenticate/caller.ts";
import { authorize } from "../src/authenticate/caller.ts";
import type { StoredDraft } from "../src/office/draft.ts";
import type { Role } from "../src/office/event.ts";
import { mayNow, rolesOf } from "../src/office/moves.ts";
import type { Office } from "../src/office/open.ts";
import { isOfOrgan, maySee, seenEvents } from "../src/office/sight.ts";

/**
 * As what the caller may act for an organ at all, whatever lies there: asked before anything is read, so that a place
 * without a draft is refused as one with a draft is.
 * @throws ForbiddenError when the caller acts neither for the organ nor for the office above it
 */
export function admit(caller: Caller, uscc: string): void {
  // Whichever version is next: who may only correct drafts corrections.
  if (rolesOf(caller, uscc, null).length > 0 || rolesOf(caller, uscc, 1).length > 0) return;
  authorize(caller, "draft", uscc, ["file", "correct", "review", "publish"]);
}

/** A draft as it is answered. */
export function draftAnswer({ draft, etag }: StoredDraft) {
  const { submission, base, savedAt, savedBy } = draft;
  return { submission, base, savedAt, savedBy, etag };
}

/** What somebody may know of a place. */
export function officeAnswer(office: Office, caller: Caller) {
  const { uscc, year, draft, policy, standing } = office;
  const roles: readonly Role[] = rolesOf(caller, uscc, standing.base);
  const content = standing.submit?.content;
  return {
    uscc,
    year,
    draft: draft && isOfOrgan(roles) ? draftAnswer(draft) : null,
    state: standing.state,
    policy,
    base: standing.base,
    ...(content !== undefined && maySee(roles, content, office) ? { content } : {}),
    events: seenEvents(roles, office),
    may: mayNow({ filer: caller.filer, roles }, standing, policy),
    roles,
  };
}
