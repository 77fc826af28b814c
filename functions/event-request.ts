import { KINDS, type Kind, type Remark, type Said } from "../src/office/event.ts";
import { ProblemError } from "./problem.ts";

/** An event as it is asked for. 签发 is made by publishing. */
export interface AskedEvent extends Said {
  readonly kind: Exclude<Kind, "sign">;
  /** The number of the last event that was seen. */
  readonly after: number;
  readonly content?: string;
}

/** Characters of a comment, of a remark on a cell, of a pointer; remarks at once. */
const MOST = { comment: 4000, remark: 2000, pointer: 300, remarks: 200 } as const;

const bad = (detail: string, detailEn: string): ProblemError =>
  new ProblemError({ status: 422, title: "正文不对", titleEn: "Bad body", detail, detailEn });

const isText = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= most;

function isRemark(value: unknown): value is Remark {
  if (typeof value !== "object" || value === null) return false;
  const { pointer, text, ...others } = value as Record<string, unknown>;
  const sound = typeof pointer === "string" && pointer.length <= MOST.pointer && /^(?:\/|$)/.test(pointer);
  return sound && isText(text, MOST.remark) && Object.keys(others).length === 0;
}

/**
 * The event that a body asks for.
 * @throws ProblemError 422 where it has something else; a return without a word says nothing to whoever has to mend it
 */
export function eventIn(value: unknown): AskedEvent {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { kind, after, comment, comments, content, ...others } = (isObject ? value : {}) as Record<string, unknown>;
  const known = KINDS.find((each) => each === kind);
  if (!isObject || known === undefined || known === "sign" || Object.keys(others).length > 0)
    throw bad(
      "正文应有 kind（submit、recall、return、agree、clear、comment）和 after（所见的最后一个编号），可以有 comment、comments、content",
      "The body must have kind (submit, recall, return, agree, clear, comment) and after (the last number seen), and may have comment, comments, content",
    );
  if (!Number.isSafeInteger(after) || (after as number) < 0)
    throw bad("after 应为所见的最后一个编号，没有就是0", "after must be the last number seen, 0 where there is none");
  if (content !== undefined && !(typeof content === "string" && /^[0-9a-f]{64}$/.test(content)))
    throw bad("content 应为内容的 SHA-256", "content must be the SHA-256 of what was looked at");
  if (comment !== undefined && !isText(comment, MOST.comment))
    throw bad(`comment 应为1至${MOST.comment}字`, `comment must have 1 to ${MOST.comment} characters`);
  if (
    comments !== undefined &&
    !(Array.isArray(comments) && comments.length <= MOST.remarks && comments.every(isRemark))
  )
    throw bad(
      `comments 应为至多${MOST.remarks}条，每条有 pointer 和 text（至多${MOST.remark}字）`,
      `comments must be at most ${MOST.remarks}, each with pointer and text (at most ${MOST.remark} characters)`,
    );
  const said = comment !== undefined || (comments !== undefined && comments.length > 0);
  if ((known === "return" || known === "comment") && !said)
    throw bad("退回和批注须写明意见（comment 或 comments）", "A return and a comment need a comment or comments");
  if ((known === "agree" || known === "clear") && content === undefined)
    throw bad("同意须写明所看的内容（content）", "An agreement names the content that was looked at");
  return {
    kind: known,
    after: after as number,
    ...(comment === undefined ? {} : { comment }),
    ...(comments === undefined || comments.length === 0 ? {} : { comments }),
    ...(content === undefined ? {} : { content: content as string }),
  };
}
