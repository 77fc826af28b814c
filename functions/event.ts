import type { LambdaEvent } from "hono/aws-lambda";
import { ProblemError } from "./problem.ts";

/**
 * Whether a text is base64 (RFC 4648, 4), looked for in what it may not have: a pattern of groups keeps each group that it
 * tried, and has no room for millions.
 */
const isBase64 = (text: string): boolean =>
  text.length % 4 === 0 &&
  !/[^A-Za-z0-9+/]/.test(text.slice(0, -2)) &&
  /^(?:[A-Za-z0-9+/]{2}|[A-Za-z0-9+/]=|==)$/.test(text.slice(-2));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bad = (detail: string, detailEn: string): ProblemError =>
  new ProblemError({ status: 400, title: "请求不合格式", titleEn: "Bad Request", detail, detailEn });

/** Whether headers can stand in an HTTP request. */
function areHeaders(headers: unknown): boolean {
  if (headers === undefined || headers === null) return true;
  if (!isObject(headers)) return false;
  try {
    for (const [name, value] of Object.entries(headers)) {
      if (typeof value !== "string") return false;
      // As hono writes what is not ASCII.
      new Headers([[name, /[^\0-\x7f]/.test(value) ? encodeURIComponent(value) : value]]);
    }
    return true;
  } catch {
    return false;
  }
}

const areCookies = (cookies: unknown): boolean =>
  cookies === undefined ||
  (Array.isArray(cookies) && cookies.every((c) => typeof c === "string" && /^[ -~]*$/.test(c)));

/**
 * An event as the HTTP API (payload 2.0) sends it. It sends no other, but whoever may invoke the function may send
 * anything, and is answered rather than failed. A body of GET or HEAD means nothing (RFC 9110, 9.3.1) and is left out.
 * @throws ProblemError 400, 405 with what is wrong
 */
export function eventOf(event: unknown): LambdaEvent {
  const {
    requestContext,
    rawPath,
    rawQueryString = "",
    headers,
    cookies,
    body,
    isBase64Encoded,
  } = isObject(event) ? event : {};
  const http = isObject(requestContext) ? requestContext["http"] : undefined;
  const method = isObject(http) ? http["method"] : undefined;
  // With these, hono takes it for an event of another service.
  const foreign = isObject(requestContext) && ("elb" in requestContext || "serviceArn" in requestContext);
  if (foreign || typeof method !== "string" || typeof rawPath !== "string" || typeof rawQueryString !== "string")
    throw bad("不是API网关的HTTP事件（2.0）", "Not an HTTP API event (payload 2.0)");
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) || /^(connect|trace|track)$/i.test(method))
    throw new ProblemError({
      status: 405,
      title: "不支持的方法",
      titleEn: "Method Not Allowed",
      detail: "不支持这个方法",
      detailEn: "The method is not supported",
    });
  const { domainName: domain } = requestContext as Readonly<Record<string, unknown>>;
  if (!rawPath.startsWith("/") || typeof domain !== "string" || !URL.canParse(`https://${domain}${rawPath}`))
    throw bad("网址不对", "The address is no URL");
  if (!areHeaders(headers) || !areCookies(cookies)) throw bad("请求头不对", "The headers are no HTTP headers");
  if (!(body === undefined || body === null || typeof body === "string"))
    throw bad("正文应为字符串", "The body must be a string");
  if (isBase64Encoded === true && body && !isBase64(body)) throw bad("正文不是Base64", "The body is not base64");
  const { body: _, ...bodiless } = event as Readonly<Record<string, unknown>>;
  return (/^(get|head)$/i.test(method) ? bodiless : event) as unknown as LambdaEvent;
}
