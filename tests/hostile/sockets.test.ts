import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../../server/listen.ts";
import { type HostileConnection, SOCKET_INPUTS } from "../support/hostile-sockets.ts";
import { expectCleanLog, expectProblem, logged, startTarget, type Target } from "../support/hostile-target.ts";

let target: Target;
let server: Server;
let port: number;
beforeAll(async () => {
  target = await startTarget();
  // As `npm start` puts them together, with less patience.
  const root = new Hono();
  root.route("/", target.site);
  root.all("*", (c) => target.app.fetch(c.req.raw));
  const patience = { headers: 1000, request: 2500, idle: 1000, check: 200 };
  await new Promise<void>((resolve) => {
    server = listen(root.fetch, { port: 0, hostname: "127.0.0.1", patience }, resolve);
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Everything that comes back until the server ends the connection. */
function talk({ pieces, pause = 0, ending }: HostileConnection, token: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1");
    const end = setTimeout(
      () => reject(new Error(`not ended: ${Buffer.concat(chunks).toString().slice(0, 400)}`)),
      30_000,
    );
    socket.on("data", (chunk) => chunks.push(chunk));
    // Writing to a connection that the server has ended.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(end);
      resolve(Buffer.concat(chunks));
    });
    socket.on("connect", async () => {
      for (const piece of pieces(token)) {
        if (!socket.writable) return;
        socket.write(piece);
        if (pause > 0) await sleep(pause);
      }
      if (ending === "half") socket.end();
      if (ending === "reset") {
        await sleep(100);
        socket.resetAndDestroy();
      }
    });
  });
}

interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

/** The answers in what came back, one after another. */
function answersOf(bytes: Buffer): Answer[] {
  const answers: Answer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    expect(end, rest.toString().slice(0, 200)).toBeGreaterThan(0);
    const lines = rest.toString("latin1", 0, end).split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(lines[0]!)?.[1]);
    const header = (name: string): string | null =>
      lines.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
    const length = Number(header("content-length") ?? 0);
    answers.push({
      status,
      contentType: header("content-type"),
      body: rest.toString("utf8", end + 4, end + 4 + length),
    });
    rest = rest.subarray(end + 4 + length);
  }
  return answers;
}

describe("what comes over the wire: an answer with a reason, and the connection ends", () => {
  it.each(SOCKET_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    const before = await target.stored();
    const token = target.authorization.slice("Bearer ".length);
    const { result, log } = await logged(async () => {
      const answers = answersOf(await talk(input, token));
      // What the server does after the client has left.
      await sleep(50);
      return answers;
    });
    // One who resets the connection may have been answered before.
    if (input.ending !== "reset") expect(result.map(({ status }) => status)).toEqual(input.statuses);
    for (const [i, { status, contentType, body }] of result.entries())
      if (status !== 100) expectProblem(status, contentType, body, i === result.length - 1 ? (input.says ?? "") : "");
    expectCleanLog(log, [token.slice(-40)]);
    expect(await target.stored()).toEqual(before);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(health.status).toBe(200);
  });
});
