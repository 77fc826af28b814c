import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { ProblemError, problemResponse } from "../functions/problem.ts";

/** What a client may take, milliseconds. Behind API Gateway, its own limits come first. */
export interface Patience {
  /** To send the headers of a request. */
  readonly headers: number;
  /** To send all of a request. */
  readonly request: number;
  /** Between two requests on one connection. */
  readonly idle: number;
  /** How often it is looked at who took too long. */
  readonly check: number;
}

/** A report has at most 1 MiB: a minute is enough on any line. */
const PATIENCE: Patience = { headers: 15_000, request: 60_000, idle: 5000, check: 5000 };

const problem = (status: number, title: string, titleEn: string, detail: string, detailEn: string): ProblemError =>
  new ProblemError({ status, title, titleEn, detail, detailEn }, { "cache-control": "no-store" });

const BAD = problem(
  400,
  "请求不合HTTP",
  "Bad Request",
  "请求的写法不合HTTP/1.1，没有处理",
  "The request is no HTTP/1.1",
);
const TOO_LONG = problem(
  414,
  "网址过长",
  "URI Too Long",
  "网址不能超过8000个字符",
  "The target may have at most 8000 characters",
);
const MISDIRECTED = problem(
  421,
  "不是这个服务的名字",
  "Misdirected Request",
  "这个服务不用请求里的主机名",
  "The service does not go by the name in Host",
);
/** What every server should take (RFC 9110, 4.1). */
const MAX_TARGET = 8000;

/** Why a request is refused before anything of it is looked at. */
function refusalOf({ url = "", rawHeaders, headers }: IncomingMessage, hosts: readonly string[] | undefined) {
  if (url.length > MAX_TARGET) return TOO_LONG;
  const named = rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === "host").length;
  if (named > 1) return BAD;
  const host = URL.parse(`http://${headers.host ?? ""}`)?.hostname;
  return hosts && host !== undefined && !hosts.includes(host) ? MISDIRECTED : undefined;
}

/** Names of this machine alone, for a service that is for it alone. */
export const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"] as const;

/** What node's parser says of a connection, as a problem. */
const FAULTS: Readonly<Record<string, ProblemError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: problem(
    408,
    "请求超时",
    "Request Timeout",
    "请求没有在时限内传完，没有保存任何内容，请重试",
    "The request was not complete in time; nothing was stored, please try again",
  ),
  HPE_HEADER_OVERFLOW: problem(
    431,
    "请求头过大",
    "Request Header Fields Too Large",
    "网址和请求头合计不能超过16 KiB",
    "The target and the headers may have at most 16 KiB together",
  ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: problem(
    413,
    "分块扩展过大",
    "Content Too Large",
    "分块的扩展过大，没有处理",
    "The extensions of a chunk are too large",
  ),
};
const EXPECTATION = problem(
  417,
  "不支持的 Expect",
  "Expectation Failed",
  "Expect 只支持 100-continue",
  "Expect may only be 100-continue",
);
const CONNECT = problem(405, "不支持的方法", "Method Not Allowed", "不支持 CONNECT", "CONNECT is not supported");

/** An answer to a connection on which there is no request to answer. */
async function refuse(socket: Duplex, error: ProblemError): Promise<void> {
  const response = problemResponse(error, crypto.randomUUID());
  const body = await response.text();
  const lines = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`,
    ...[...response.headers].map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  if (socket.writable) socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

export interface ListenOptions {
  readonly port: number;
  readonly hostname: string;
  readonly patience?: Patience;
  /** The names that it answers to; any unless given. A page whose name leads here by a trick of DNS has another. */
  readonly hosts?: readonly string[] | undefined;
}

/**
 * Serves an app over HTTP/1.1. Whoever is too slow, or does not speak HTTP, gets a problem document as well, and the
 * connection ends.
 */
export function listen(
  fetch: (request: Request, bindings: HttpBindings) => Response | Promise<Response>,
  { port, hostname, patience = PATIENCE, hosts }: ListenOptions,
  listening: () => void,
): Server {
  const listener = getRequestListener((request, bindings) => fetch(request, bindings as HttpBindings), {
    errorHandler: () => problemResponse(BAD, crypto.randomUUID()),
  });
  const server = createServer(
    {
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      keepAliveTimeout: patience.idle,
      connectionsCheckingInterval: patience.check,
      // Answered below, with a reason.
      requireHostHeader: false,
    },
    (request, response) => {
      const refused = refusalOf(request, hosts);
      if (refused) void refuse(request.socket, refused);
      else void listener(request, response);
    },
  );
  const current = new WeakMap<Duplex, { readonly request: IncomingMessage; readonly response: ServerResponse }>();
  server.on("request", (request, response) => void current.set(request.socket, { request, response }));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const { request, response } = current.get(socket) ?? {};
    const answer = FAULTS[error.code ?? ""] ?? BAD;
    // One who left hears no answer, and one that has begun cannot be taken back.
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else if (!request || !response || response.writableFinished) void refuse(socket, answer);
    // What came whole gets its own answer first.
    else if (request.complete) response.once("finish", () => void refuse(socket, answer));
    else if (response.headersSent) socket.destroy();
    else void refuse(socket, answer);
  });
  server.on("checkExpectation", (request) => void refuse(request.socket, EXPECTATION));
  server.on("connect", (_request, socket) => void refuse(socket, CONNECT));
  return server.listen(port, hostname, listening);
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server does not listen on a port");
  return address.port;
}
