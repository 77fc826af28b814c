/** Who sees what of a place. */
import type { Filer } from "../basics/filer.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { OfficeEvent, Role } from "./event.ts";
import type { Office } from "./open.ts";

/** An event as somebody may see it. */
export type SeenEvent = Pick<OfficeEvent, "number" | "kind" | "at" | "role" | "base"> &
  Partial<Pick<OfficeEvent, "comment" | "comments" | "content" | "found">> & { readonly by?: Filer };

/** Whether somebody acts for the organ itself, and not only for the office above it. */
export const isOfOrgan = (roles: readonly Role[]): boolean => roles.some((role) => role !== "oversee");

/** What the office above an organ may read: what was agreed on where it has the first look, and what was published. */
function isOpenAbove(content: string | undefined, { events, policy, records }: Office): boolean {
  if (content === undefined) return false;
  if (records.some(({ submission }: PublicationRecord) => submission === content)) return true;
  return policy.review === "superior" && events.some((event) => event.kind === "agree" && event.content === content);
}

/** Whether somebody may read a content that was handed over. */
export const maySee = (roles: readonly Role[], content: string, office: Office): boolean =>
  isOfOrgan(roles) || (roles.includes("oversee") && isOpenAbove(content, office));

/**
 * The events as somebody may see them: whole for the organ. The office above sees who did nothing, and what was said from
 * when it may read what it was said of; what it said itself always.
 */
export function seenEvents(roles: readonly Role[], office: Office): readonly SeenEvent[] {
  const { events } = office;
  if (isOfOrgan(roles)) return events.map(({ format: _, previous: __, ...event }) => event);
  let open = false;
  return events.map(({ number, kind, at, role, base, by, comment, comments, content, found }) => {
    if (kind === "submit") open = false;
    open ||= (kind === "agree" || kind === "clear" || kind === "sign") && isOpenAbove(content, office);
    const own = role === "oversee";
    const readable = content !== undefined && isOpenAbove(content, office);
    return {
      number,
      kind,
      at,
      role,
      base,
      ...(own ? { by } : {}),
      ...(comment !== undefined && (own || open) ? { comment } : {}),
      ...(comments && (own || open) ? { comments } : {}),
      ...(readable ? { content, ...(found ? { found } : {}) } : {}),
    };
  });
}
