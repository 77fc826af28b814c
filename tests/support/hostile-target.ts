import { expect, vi } from "vitest";
import type { HostileInput } from "./hostile-input.ts";
import { example, type Service, startService } from "./service.ts";

/** The shipped bundle, its log as it is in the cloud, and what must hold of it after every hostile input. */
export interface Target extends Service {
  /** What the bucket holds: keys with their entity tags. */
  stored(): Promise<readonly string[]>;
}

/** Longer than any answer needs to be: a thousand findings in two languages. */
const MAX_ANSWER = 1_500_000;
/** What no text for people may have in it: controls, format characters, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Starts the service; it ends with the test file. */
export async function startTarget(onCreated?: (key: string) => void): Promise<Target> {
  process.env["LOG_FORMAT"] = "json";
  const service = await startService(onCreated);
  return {
    ...service,
    stored: async () => {
      const found: string[] = [];
      for await (const { key } of service.store.list("")) found.push(`${key} ${(await service.store.get(key))?.etag}`);
      return found;
    },
  };
}

/** Everything that is written to the log while something is done. */
export async function logged<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly log: string }> {
  let log = "";
  const keep = (chunk: unknown): boolean => {
    log += typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString();
    return true;
  };
  const spies = [
    ...[process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(keep)),
    ...(["log", "info", "warn", "error", "debug", "trace"] as const).map((level) =>
      vi
        .spyOn(console, level)
        .mockImplementation((...parts: unknown[]) => void keep(`${parts.map(String).join(" ")}\n`)),
    ),
  ];
  try {
    return { result: await work(), log };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The log is one JSON object a line, with nothing in it that a terminal obeys, and none of what it may not tell. */
export function expectCleanLog(log: string, secrets: readonly string[]): void {
  for (const line of log.split("\n").filter((l) => l !== "")) {
    expect(() => JSON.parse(line), line.slice(0, 300)).not.toThrow();
    expect(line, "a log line has an unseen character").not.toMatch(UNSEEN);
    expect(line.length, line.slice(0, 300)).toBeLessThan(8000);
    expect((JSON.parse(line) as { level?: string }).level, line.slice(0, 600)).not.toBe("ERROR");
  }
  for (const secret of secrets) expect(log.includes(secret), `the log tells ${secret.slice(0, 60)}`).toBe(false);
}

/** Every string for people in an answer: what is only data is left out. */
function texts(value: unknown, key = ""): string[] {
  if (typeof value === "string") return ["value", "pointer", "instance"].includes(key) ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, name));
}

/** The body is a problem document in both languages that gives its reason and nothing that could do harm. */
export function expectProblem(status: number, contentType: string | null, body: string, says: string | RegExp): void {
  expect(contentType).toContain("application/problem+json");
  const problem = JSON.parse(body) as Record<string, unknown>;
  expect(problem["status"]).toBe(status);
  expect(problem["title"]).toMatch(/\p{Script=Han}/u);
  expect(problem["detail"]).toMatch(/\p{Script=Han}/u);
  expect(problem["titleEn"]).toBeTruthy();
  expect(body.length).toBeLessThan(MAX_ANSWER);
  expect(body.trimEnd(), "the bytes of the answer").not.toMatch(UNSEEN);
  expect(body, "a stack").not.toMatch(/\bat .*\.m?[jt]s:\d+/);
  const said = texts(problem);
  for (const text of said) {
    expect(text, "an answer's text").not.toMatch(UNSEEN);
    expect(text.length, text.slice(0, 100)).toBeLessThan(1500);
  }
  if (typeof says === "string") expect(said.join("\n").includes(says), `${says} in ${body.slice(0, 1500)}`).toBe(true);
  else expect(said.join("\n").slice(0, 20_000)).toMatch(says);
}

/** The narratives of a report that are long enough to be known again. */
const narratives = (text: string): string[] => [...text.matchAll(/[\p{Script=Han}，。]{16,60}/gu)].map(([run]) => run);

/** The request that an input makes. */
export async function requestOf(input: HostileInput, authorization: string): Promise<Request> {
  const { method = "POST", path = "/reports", headers = {}, change, rewrite } = input;
  let { body } = input;
  if (change) {
    const report = await example("hangzhou-2025");
    const changed = change(report);
    body = JSON.stringify(changed === undefined ? report : changed);
  } else if (rewrite) {
    const text = JSON.stringify(await example("hangzhou-2025"));
    body = rewrite(text);
    if (body === text) throw new Error(`nothing was rewritten: ${input.what}`);
  }
  return new Request(`http://localhost${path}`, {
    method,
    headers: { authorization, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: body as BodyInit }),
  });
}

/** Sends an input and checks all that must hold of the answer, the log and the bucket. */
export async function expectRefused(target: Target, input: HostileInput): Promise<Response> {
  const before = await target.stored();
  const request = await requestOf(input, target.authorization);
  const sent = await request.clone().text();
  const { result, log } = await logged(async () => {
    const response = await target.app.request(request);
    return { response, body: await response.clone().text() };
  });
  const { response, body } = result;
  expect(response.status, body.slice(0, 1500)).toBe(input.status);
  if (input.method !== "HEAD") expectProblem(input.status, response.headers.get("content-type"), body, input.says);
  if (input.id !== undefined) {
    const { findings } = JSON.parse(body) as { findings: { id: string }[] };
    expect(findings.map(({ id }) => id)).toContain(input.id);
  }
  const token = request.headers.get("authorization")?.split(" ").at(-1) ?? "";
  const secrets = [...narratives(sent).slice(0, 200), ...(token.length > 20 ? [token, token.slice(-40)] : [])];
  expectCleanLog(log, secrets);
  for (const secret of token.length > 20 ? [token.slice(-40)] : []) expect(body).not.toContain(secret);
  expect(await target.stored()).toEqual(before);
  return response;
}
