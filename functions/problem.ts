/** Answers for what went wrong, as RFC 9457 problem documents; Chinese first, English beside it. */

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

/** A response that a handler may throw or return. */
export function problem(body: Problem, headers: Record<string, string> = {}): Response {
  return new Response(`${JSON.stringify({ type: "about:blank", ...body })}\n`, {
    status: body.status,
    headers: { "content-type": "application/problem+json; charset=utf-8", "content-language": "zh-CN", ...headers },
  });
}
