/** Answers for what went wrong, as RFC 9457 problem documents; Chinese first, English beside it. */

import { shortened, visible } from "../src/basics/visible.ts";

/** The members of a problem document. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly titleEn: string;
  readonly detail?: string;
  readonly detailEn?: string;
  /** Extension members, e.g. `findings`, `line`, `column`. */
  readonly [extension: string]: unknown;
}

/** Thrown where a request cannot be served; answered as its problem document. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.titleEn);
    this.name = "ProblemError";
    this.problem = problem;
    this.headers = headers;
  }
}

/** What a terminal could take for a command, or a reader not see: written as escapes, which JSON reads as the same. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The answer; `instance` names the request, so that whoever asks about it can quote it. */
export function problemResponse({ problem, headers }: ProblemError, requestId: string): Response {
  const body = JSON.stringify({ type: "about:blank", ...problem, instance: `urn:uuid:${requestId}` });
  const safe = body.replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return new Response(`${safe}\n`, {
    status: problem.status,
    headers: { "content-type": "application/problem+json; charset=utf-8", "content-language": "zh-CN", ...headers },
  });
}

/** The 404: nothing lies at a path, or nothing that the caller may know of. */
export function notFound(path: string): ProblemError {
  const shown = visible(shortened(path, 200));
  return new ProblemError({
    status: 404,
    title: "没有找到",
    titleEn: "Not Found",
    detail: `没有${shown}`,
    detailEn: `There is no ${shown}`,
  });
}
