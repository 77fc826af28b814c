import { MARK } from "./hostile-input.ts";

/** An event that API Gateway's HTTP API sends, or something that it never would. */
export interface HostileEvent {
  readonly what: string;
  readonly status: number;
  readonly says: string;
  readonly event: (authorization: string) => unknown;
}

const DOMAIN = "example.execute-api.ap-southeast-1.amazonaws.com";
interface Parts {
  readonly method?: unknown;
  readonly path?: unknown;
  readonly query?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

const eventOf = (
  authorization: string,
  { method = "POST", path = "/reports", query = "", headers = {}, context = {}, more = {} }: Parts,
): Readonly<Record<string, unknown>> => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: path,
  rawQueryString: query,
  headers: { authorization, "content-type": "application/json", host: DOMAIN, ...headers },
  requestContext: {
    accountId: "123456789012",
    apiId: "example",
    domainName: DOMAIN,
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
    requestId: "id",
    stage: "$default",
    ...context,
  },
  isBase64Encoded: false,
  ...more,
});

const event = (what: string, status: number, says: string, parts: Parts): HostileEvent => ({
  what: `event: ${what}`,
  status,
  says,
  event: (authorization) => eventOf(authorization, parts),
});
/** Not even the frame of an event. */
const other = (what: string, value: unknown): HostileEvent => ({
  what: `event: ${what}`,
  status: 400,
  says: "不是API网关的HTTP事件",
  event: () => value,
});
const body = (
  what: string,
  value: unknown,
  says: string,
  status = 400,
  isBase64Encoded: unknown = false,
): HostileEvent => event(what, status, says, { more: { body: value, isBase64Encoded } });
const base64 = (text: string): string => Buffer.from(text).toString("base64");

export const EVENT_INPUTS: readonly HostileEvent[] = [
  other("null", null),
  other("a text", MARK),
  other("a list", []),
  other("an empty object", {}),
  other("an event of SQS", { Records: [{ messageId: "1", body: "{}", eventSource: "aws:sqs" }] }),
  other("an event of S3", { Records: [{ eventSource: "aws:s3", s3: { object: { key: "records/../x" } } }] }),
  other("an event of a schedule", { source: "aws.events", "detail-type": "Scheduled Event", detail: {} }),
  other("an event of payload 1.0", {
    version: "1.0",
    httpMethod: "POST",
    path: "/reports",
    headers: {},
    requestContext: {},
    body: "{}",
  }),
  event("an event of a load balancer", 400, "不是API网关", { context: { elb: { targetGroupArn: "arn" } } }),
  event("an event of Lattice", 400, "不是API网关", { context: { serviceArn: "arn" } }),
  event("no HTTP in its context", 400, "不是API网关", { context: { http: undefined } }),
  event("a method that is a number", 400, "不是API网关", { method: 7 }),
  event("a method with a space", 405, "不支持", { method: "PO ST" }),
  event("a method with a line break", 405, "不支持", { method: "POST\r\nX: y" }),
  event("TRACE", 405, "不支持", { method: "TRACE" }),
  event("CONNECT", 405, "不支持", { method: "CONNECT" }),
  event("no path", 400, "不是API网关", { path: null }),
  event("a path that is another host's address", 400, "网址不对", { path: "https://example.org/reports" }),
  event("a path that makes another host", 400, "网址不对", { path: "@example.org/reports" }),
  event("a path that makes no URL", 400, "网址不对", { path: ":x/reports" }),
  event("a query that is an object", 400, "不是API网关", { query: {} }),
  event("a query with script", 400, "dryRun", { query: "dryRun=%3Cscript%3E", more: { body: "{}" } }),
  event("a domain that is none", 400, "网址不对", { context: { domainName: "exa mple.org" } }),
  event("no domain", 400, "网址不对", { context: { domainName: undefined } }),
  event("headers that are a list", 400, "请求头不对", { more: { headers: [] } }),
  event("a header that is a number", 400, "请求头不对", { headers: { "x-a": 1 } }),
  event("a header that is an object", 400, "请求头不对", { headers: { "x-a": {} } }),
  event("a header's name with a space", 400, "请求头不对", { headers: { "x a": "b" } }),
  event("a header's name in Chinese", 400, "请求头不对", { headers: { 年报: "b" } }),
  event("a header with a line break", 400, "请求头不对", { headers: { "x-a": "b\r\nset-cookie: c" } }),
  event("a header with a NUL", 400, "请求头不对", { headers: { "x-a": "b\0" } }),
  event("a header with a lone surrogate", 400, "请求头不对", { headers: { "x-a": "\ud800" } }),
  event("cookies that are a text", 400, "请求头不对", { more: { cookies: "a=b" } }),
  event("a cookie with a line break", 400, "请求头不对", { more: { cookies: ["a=b\r\nx: y"] } }),
  body("no body", undefined, "第1行第1列"),
  body("a body that is null", null, "第1行第1列"),
  body("an empty body", "", "第1行第1列"),
  body("a body that is an object", { edition: "2021" }, "正文应为字符串"),
  body("a body that is a number", 7, "正文应为字符串"),
  body("a body that is true", true, "正文应为字符串"),
  body("base64 that is none", "!!!", "不是Base64", 400, true),
  body("base64 without its padding", "e30x", "第1行", 400, true),
  body("base64 cut short", base64("{}").slice(0, 2), "不是Base64", 400, true),
  body("base64 for addresses", "_-__", "不是Base64", 400, true),
  body("base64 with line breaks", "e3\r\n0=", "不是Base64", 400, true),
  body("a text said to be base64", '{"edition":"2021"}', "不是Base64", 400, true),
  body("base64 of what is no UTF-8", Buffer.from([0xff, 0xfe]).toString("base64"), "UTF-8", 400, true),
  body("base64 of base64", base64(base64("{}")), "第1行", 400, true),
  body("base64 that is not said to be", base64('{"edition":"2021"}'), "第1行"),
  body("a lone surrogate in the body", '{"edition":"\ud800"}', "格式版本", 422),
  body("base64 of more than 1 MiB", base64(" ".repeat(1024 * 1024 + 1)), "1048576", 413, true),
  body("a body of more than 1 MiB", " ".repeat(1024 * 1024 + 1), "1048576", 413),
  body("a million brackets in base64", base64("[".repeat(1_000_000)), "嵌套", 400, true),
  event("GET with a body", 404, "没有", {
    method: "GET",
    path: "/reports/11330100002489015P/2025",
    more: { body: MARK },
  }),
  event("a claim of the gateway's that says more than the token", 401, "请先登录", {
    headers: { authorization: "" },
    context: { authorizer: { jwt: { claims: { sub: "admin", nianbao_divisions: "33" }, scopes: null } } },
    more: { body: "{}" },
  }),
];
