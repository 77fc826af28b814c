/** What is written to a socket, piece by piece. */
export interface HostileConnection {
  readonly what: string;
  /** The statuses of the answers, in order; none where the connection may only end. */
  readonly statuses: readonly number[];
  /** What the last answer says. */
  readonly says?: string;
  readonly pieces: (token: string) => readonly (string | Uint8Array)[];
  /** Milliseconds between pieces. */
  readonly pause?: number;
  /** The client ends its side, or the whole connection, after the last piece. */
  readonly ending?: "half" | "reset";
}

const JSON_HEADERS = "Content-Type: application/json\r\n";
const head = (line: string, token: string, headers = ""): string =>
  `${line}\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n${headers}\r\n`;
const post = (token: string, headers: string, body = ""): string =>
  head("POST /reports HTTP/1.1", token, JSON_HEADERS + headers) + body;
const get = (target: string, headers = "Connection: close\r\n"): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;

const one = (
  what: string,
  statuses: readonly number[],
  says: string | undefined,
  piece: (token: string) => string,
): HostileConnection => ({
  what,
  statuses,
  ...(says === undefined ? {} : { says }),
  pieces: (token) => [piece(token)],
});

const HTTP = "HTTP/1.1";
/** Requests whose framing two readers could take differently (RFC 9112, 11.2), or that no reader should take. */
const FRAMING: readonly HostileConnection[] = [
  one("both Content-Length and Transfer-Encoding", [400], HTTP, (t) =>
    post(t, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n"),
  ),
  one("two lengths that differ", [400], HTTP, (t) => post(t, "Content-Length: 2\r\nContent-Length: 3\r\n", "{}x")),
  one("a list of lengths", [400], HTTP, (t) => post(t, "Content-Length: 2, 3\r\n", "{}")),
  one("a negative length", [400], HTTP, (t) => post(t, "Content-Length: -1\r\n", "{}")),
  one("a length with a plus", [400], HTTP, (t) => post(t, "Content-Length: +2\r\n", "{}")),
  one("a hexadecimal length", [400], HTTP, (t) => post(t, "Content-Length: 0x2\r\n", "{}")),
  one("a length of twenty-five digits", [400], HTTP, (t) => post(t, `Content-Length: ${"9".repeat(25)}\r\n`, "{}")),
  one("a length of words", [400], HTTP, (t) => post(t, "Content-Length: two\r\n", "{}")),
  one("a coding that is none", [400], HTTP, (t) => post(t, "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
  one("chunked that is not last", [400], HTTP, (t) => post(t, "Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n")),
  one("a coding behind a tab", [400], HTTP, (t) => post(t, "Transfer-Encoding:\x0bchunked\r\n", "0\r\n\r\n")),
  one("a space before the colon", [400], HTTP, (t) => post(t, "Transfer-Encoding : chunked\r\n", "0\r\n\r\n")),
  one("a folded header", [400], HTTP, (t) => post(t, "X-A: b\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n")),
  one("a chunk size that is none", [400], HTTP, (t) =>
    post(t, "Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"),
  ),
  one("a negative chunk size", [400], HTTP, (t) => post(t, "Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n")),
  one("a chunk size beyond 64 bits", [400], HTTP, (t) =>
    post(t, "Transfer-Encoding: chunked\r\n", `${"f".repeat(20)}\r\n{}\r\n0\r\n\r\n`),
  ),
  one("a chunk longer than it says", [400], HTTP, (t) =>
    post(t, "Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n"),
  ),
  one("a chunk extension of 100,000 characters", [413], "分块", (t) =>
    post(t, "Transfer-Encoding: chunked\r\n", `2;x=${"y".repeat(100_000)}\r\n{}\r\n0\r\n\r\n`),
  ),
  one("line feeds alone", [400], HTTP, (t) => post(t, "Content-Length: 2\r\n", "{}").replaceAll("\r\n", "\n")),
  one("a carriage return alone in a header", [400], HTTP, (t) =>
    post(t, "X-A: b\rX-C: d\r\nContent-Length: 2\r\n", "{}"),
  ),
];

const LINES: readonly HostileConnection[] = [
  one("no HTTP at all", [400], HTTP, () => "你好\r\n\r\n"),
  one("TLS on a plain port", [400], HTTP, () => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
  one("SSH", [400], HTTP, () => "SSH-2.0-OpenSSH_9.0\r\n"),
  one("SMTP", [400], HTTP, () => "EHLO example.org\r\nMAIL FROM:<x@example.org>\r\n"),
  one("Redis", [400], HTTP, () => "*1\r\n$4\r\nPING\r\n"),
  one("the preface of HTTP/2", [400], HTTP, () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  one("HTTP/0.9", [400], HTTP, () => "GET /\r\n\r\n"),
  one("HTTP/3.0", [400], HTTP, () => "GET / HTTP/3.0\r\nHost: localhost\r\n\r\n"),
  one("HTTP/1.1 in small letters", [400], HTTP, () => "GET / http/1.1\r\nHost: localhost\r\n\r\n"),
  one("a NUL in the request line", [400], HTTP, () => get("/a\0b")),
  one("a NUL in a header", [400], HTTP, () => get("/", "X-A: a\0b\r\n")),
  one("an escape sequence in the request line", [400], HTTP, () => get("/\x1b[2J")),
  one("a space in the target", [400], HTTP, () => get("/a b")),
  one("a header's name with a NUL", [400], HTTP, () => get("/", "X\0A: b\r\n")),
  one("a header without a colon", [400], HTTP, () => get("/", "nonsense\r\n")),
  one("a header without a name", [400], HTTP, () => get("/", ": b\r\n")),
  one("no Host", [400], HTTP, () => "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"),
  one(
    "a Host with a path",
    [400],
    HTTP,
    () => "GET /healthz HTTP/1.1\r\nHost: localhost/x?y\r\nConnection: close\r\n\r\n",
  ),
  one(
    "a Host with a user",
    [400],
    HTTP,
    () => "GET /healthz HTTP/1.1\r\nHost: a@localhost\r\nConnection: close\r\n\r\n",
  ),
  one("a Host with script", [400], HTTP, () => "GET /healthz HTTP/1.1\r\nHost: <script>\r\nConnection: close\r\n\r\n"),
  one("a method that nobody knows", [400], HTTP, () => "PUBLISH /reports HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  one("TRACE with a token", [404], "没有", (t) => head("TRACE /reports/x HTTP/1.1", t, "Connection: close\r\n")),
  one("CONNECT", [405], "CONNECT", () => "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n"),
  one("an upgrade to what there is not", [404], "没有", () =>
    get("/none", "Connection: Upgrade, close\r\nUpgrade: websocket\r\n"),
  ),
  one("an expectation that is none", [417], "Expect", (t) => post(t, "Expect: 200-ok\r\nContent-Length: 2\r\n", "{}")),
  one("100-continue with a body of 4 GiB", [100, 413], "1048576", (t) =>
    post(t, "Expect: 100-continue\r\nContent-Length: 4294967296\r\nConnection: close\r\n"),
  ),
];

const TARGETS: readonly HostileConnection[] = [
  one("an absolute target of another host", [404], "没有", () => get("http://example.org/none")),
  one("an absolute target with a user", [404], "没有", () => get("http://admin:admin@localhost/none")),
  one("an absolute target of a file", [400], HTTP, () => get("file:///etc/passwd")),
  one("an absolute target that is no URL", [400], HTTP, () => get("http://[::1/")),
  one("an asterisk", [400], HTTP, () => `OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
  one("two slashes and a host", [404], "没有", () => get("//example.org/none")),
  one("a way up", [404], "没有", () => get("/../../../../etc/passwd")),
  one("a way up with percent signs", [404], "没有", () => get("/%2e%2e/%2e%2e/etc/passwd")),
  one("a way up with slashes encoded", [404], "没有", () => get("/..%2f..%2f..%2fetc%2fpasswd")),
  one("a way up encoded twice", [404], "没有", () => get("/%252e%252e/%252e%252e/etc/passwd")),
  one("a way up with backslashes", [400], HTTP, () => get("/..\\..\\windows\\win.ini")),
  one("a way up from a report's folder", [404], "没有", () =>
    get("/11330100002489015P/2025/..%2f..%2f..%2frecords%2f11330100002489015P%2f2025%2f000001.json"),
  ),
  one("a way up by dots from a report's folder", [404], "没有", () =>
    get("/11330100002489015P/2025/../../../records/11330100002489015P/2025/000001.json"),
  ),
  one("a NUL encoded", [404], "没有", () => get("/11330100002489015P/2025/report.pdf%00.html")),
  one("a line break encoded", [404], "没有", () => get("/x%0d%0aSet-Cookie:%20a=b")),
  one("a fragment", [404], "没有", () => get("/none#fragment")),
  one("raw UTF-8 in the target", [400], HTTP, () => get("/年报")),
  one("a target of 20,000 characters", [431], "16 KiB", () => get(`/${"a".repeat(20_000)}`)),
  one("a query of 20,000 characters", [431], "16 KiB", () => get(`/?${"a".repeat(20_000)}`)),
  one("a header of 20,000 characters", [431], "16 KiB", () => get("/", `X-A: ${"a".repeat(20_000)}\r\n`)),
  one("a token of 20,000 characters", [431], "16 KiB", () => head("POST /reports HTTP/1.1", "a".repeat(20_000))),
  one("five thousand headers", [431], "16 KiB", () => get("/", "X-A: b\r\n".repeat(5000))),
  one("a cookie of 20,000 characters", [431], "16 KiB", () => get("/", `Cookie: a=${"b".repeat(20_000)}\r\n`)),
];

const SLOW: readonly HostileConnection[] = [
  { what: "nothing but a connection", statuses: [408], says: "超时", pieces: () => [] },
  { what: "half a request line", statuses: [408], says: "超时", pieces: () => ["GET /heal"] },
  { what: "headers that never end", statuses: [408], says: "超时", pieces: () => ["GET / HTTP/1.1\r\nHost: x\r\n"] },
  {
    what: "headers a byte at a time (slowloris)",
    statuses: [408],
    says: "超时",
    pieces: () => ["GET / HTTP/1.1\r\nHost: x\r\n", ...Array.from({ length: 60 }, () => "X-a: b\r\n")],
    pause: 100,
  },
  {
    what: "a body that never begins",
    statuses: [408],
    says: "超时",
    pieces: (t) => [post(t, "Content-Length: 100\r\n")],
  },
  {
    what: "a body that stops",
    statuses: [408],
    says: "超时",
    pieces: (t) => [post(t, "Content-Length: 100\r\n", '{"edition":')],
  },
  {
    what: "a body a byte at a time",
    statuses: [408],
    says: "超时",
    pieces: (t) => [post(t, "Content-Length: 1000\r\n"), ...Array.from({ length: 80 }, () => " ")],
    pause: 100,
  },
  {
    what: "chunks without end, a byte each",
    statuses: [408],
    says: "超时",
    pieces: (t) => [post(t, "Transfer-Encoding: chunked\r\n"), ...Array.from({ length: 80 }, () => "1\r\n \r\n")],
    pause: 100,
  },
  {
    what: "chunks without end, as fast as they go",
    statuses: [413],
    says: "1048576",
    pieces: (t) => [
      post(t, "Transfer-Encoding: chunked\r\n"),
      ...Array.from({ length: 40 }, () => `10000\r\n${" ".repeat(65_536)}\r\n`),
    ],
  },
  {
    what: "a body longer than 1 MiB by its length",
    statuses: [413],
    says: "1048576",
    pieces: (t) => [post(t, "Content-Length: 2000000\r\nConnection: close\r\n")],
  },
  {
    what: "a slow body without a token",
    statuses: [401],
    says: "请先登录",
    pieces: () => [
      `POST /reports HTTP/1.1\r\nHost: localhost\r\n${JSON_HEADERS}Content-Length: 100\r\nConnection: close\r\n\r\n`,
      "{",
    ],
  },
];

const BROKEN: readonly HostileConnection[] = [
  {
    what: "an end in the headers",
    statuses: [400],
    says: HTTP,
    pieces: () => ["GET / HTTP/1.1\r\nHo"],
    ending: "half",
  },
  {
    what: "an end in the body",
    statuses: [400],
    pieces: (t) => [post(t, "Content-Length: 100\r\n", '{"edition":')],
    ending: "half",
  },
  {
    what: "an end in a chunk",
    statuses: [400],
    pieces: (t) => [post(t, "Transfer-Encoding: chunked\r\n", "64\r\n{")],
    ending: "half",
  },
  { what: "a reset in the headers", statuses: [], pieces: () => ["GET / HTTP/1.1\r\nHo"], ending: "reset" },
  {
    what: "a reset in the body",
    statuses: [],
    pieces: (t) => [post(t, "Content-Length: 100\r\n", '{"edition":')],
    ending: "reset",
  },
  {
    what: "a reset before the answer",
    statuses: [],
    pieces: (t) => [post(t, "Content-Length: 2\r\n", "{}")],
    ending: "reset",
  },
];

const PIPELINED: readonly HostileConnection[] = [
  one(
    "pipelining: two bad bodies, two answers",
    [400, 422],
    "格式版本",
    (t) => post(t, "Content-Length: 1\r\n", "{") + post(t, "Content-Length: 2\r\nConnection: close\r\n", "{}"),
  ),
  one(
    "pipelining: a body refused unread, then a request",
    [415, 404],
    "没有",
    (t) => `${head("POST /reports HTTP/1.1", t, "Content-Type: text/plain\r\nContent-Length: 2\r\n")}{}${get("/none")}`,
  ),
  one("pipelining: a request hidden in a body", [400], "第1行", (t) => {
    const hidden = "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n";
    return post(t, `Content-Length: ${hidden.length}\r\nConnection: close\r\n`, hidden);
  }),
  one(
    "pipelining: a GET with a body, then a request",
    [404, 404],
    "没有",
    () => `${get("/none", "Content-Length: 5\r\n")}GET /${get("/none")}`,
  ),
  one(
    "pipelining: fifty requests, each refused",
    Array.from({ length: 50 }, () => 404),
    "没有",
    () => get("/none", "").repeat(49) + get("/none"),
  ),
  one("pipelining: rubbish after a request", [404, 400], HTTP, () => `${get("/none", "")}\x00\x01\x02\r\n\r\n`),
];

const named =
  (kind: string) =>
  (connection: HostileConnection): HostileConnection => ({ ...connection, what: `${kind}: ${connection.what}` });

export const SOCKET_INPUTS: readonly HostileConnection[] = [
  ...FRAMING.map(named("framing")),
  ...LINES.map(named("lines")),
  ...TARGETS.map(named("targets")),
  ...SLOW.map(named("slow")),
  ...BROKEN.map(named("broken")),
  ...PIPELINED.map(named("connection")),
];
