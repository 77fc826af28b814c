import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { formOf } from "../../../src/form/forms.ts";
import { type Answer, Api, isOpen, problemOf } from "../../../web/filing/flow/api.ts";
import { attemptAt, contentOf } from "../../../web/filing/flow/attempt.ts";
import { Connection } from "../../../web/filing/flow/connection.ts";
import { type Delivery, deliver } from "../../../web/filing/flow/deliver.ts";
import { changed, type Draft, recovered, saved } from "../../../web/filing/flow/draft.ts";
import { pageCount } from "../../../web/filing/flow/page-count.ts";
import { ReportFileError, readReportFile } from "../../../web/filing/flow/report-file.ts";
import { type Account, type Authenticator, type Clock, Session } from "../../../web/filing/flow/session.ts";
import { ofReport } from "../../../web/filing/flow/submission.ts";
import { keyFigures } from "../../../web/filing/submission/key-figures.ts";
import { example } from "../../support/service.ts";
import { typeset } from "../../support/written.ts";

const CLERK = {
  subject: "clerk",
  name: "王经办",
  organs: [],
  divisions: [],
  actions: undefined,
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A connection of a browser that a test takes off the net. */
function connection() {
  const browser = { onLine: true };
  const target = new EventTarget();
  return {
    connection: new Connection(target, browser),
    go: (onLine: boolean) => {
      browser.onLine = onLine;
      target.dispatchEvent(new Event(onLine ? "online" : "offline"));
    },
  };
}

describe("a submission that is sent again", () => {
  it("has the same key while no answer came to the same content, another for other content", async () => {
    const first = attemptAt(await contentOf("file", { a: 1 }), undefined);
    expect(attemptAt(await contentOf("file", { a: 1 }), first)).toBe(first);
    const other = attemptAt(await contentOf("file", { a: 2 }), first);
    expect(other.key).not.toBe(first.key);
    expect(attemptAt(await contentOf("withdraw", { a: 1 }), first).key).not.toBe(first.key);
  });

  const run = async (answers: readonly Answer<string>[]) => {
    const { connection: at } = connection();
    const states: Delivery[] = [];
    const pauses: number[] = [];
    let sent = 0;
    const answer = await deliver<string>(async () => answers[sent++] ?? { kind: "cancelled" }, {
      connection: at,
      signal: new AbortController().signal,
      onState: (state) => states.push(state),
      rest: async (ms) => void pauses.push(ms),
    });
    return { answer, sent, states, pauses };
  };
  const lost: Answer<string> = { kind: "unreached", reason: "network" };
  const done: Answer<string> = { kind: "ok", value: "receipt", status: 200 };
  const status = (code: number): Answer<string> => ({
    kind: "problem",
    problem: { status: code, title: "", titleEn: "" },
  });

  it("is sent again after a lost answer and what gateways say, with longer and longer pauses, and told of", async () => {
    const { answer, sent, states, pauses } = await run([lost, status(503), done]);
    expect(answer).toEqual(done);
    expect(sent).toBe(3);
    expect(states.map((s) => (s.kind === "sending" ? s.attempt : 0))).toEqual([1, 2, 3]);
    expect(pauses[1]).toBeGreaterThan(pauses[0]!);
  });

  it("gives up after a few, and does not repeat what the service has answered", async () => {
    expect(await run([lost, lost, lost, lost, done])).toMatchObject({ answer: lost, sent: 4 });
    for (const code of [400, 401, 403, 409, 422, 500]) expect((await run([status(code), done])).sent).toBe(1);
  });

  it("waits while the browser is offline, and goes on by itself", async () => {
    const { connection: at, go } = connection();
    go(false);
    const states: Delivery[] = [];
    const answers: Answer<string>[] = [{ kind: "unreached", reason: "offline" }, done];
    const answer = deliver<string>(async () => answers.shift()!, {
      connection: at,
      signal: new AbortController().signal,
      onState: (state) => states.push(state),
    });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: "waiting" }));
    expect(answers).toHaveLength(1);
    go(true);
    expect(await answer).toEqual(done);
  });

  it("ends when it is stopped while waiting", async () => {
    const { connection: at, go } = connection();
    go(false);
    const stop = new AbortController();
    const answer = deliver<string>(async () => ({ kind: "unreached", reason: "offline" }), {
      connection: at,
      signal: stop.signal,
      onState: (state) => state.kind === "waiting" && stop.abort(),
    });
    expect(await answer).toEqual({ kind: "cancelled" });
  });
});

describe("the service's answers", () => {
  const api = (answer: () => Promise<Response>) => {
    const { connection: at, go } = connection();
    const sent: Request[] = [];
    const refused = vi.fn();
    const client = new Api({
      publicUrl: "https://example.org",
      base: "https://api.example.org",
      connection: at,
      authorization: { token: async () => "t", refused },
      fetch: async (input, init) => {
        sent.push(new Request(input as string, init));
        return answer();
      },
    });
    return { client, sent, refused, at, go };
  };

  it("are values: a receipt, a problem document, an answer that is no problem document", async () => {
    const { client, sent } = api(async () => Response.json({ version: 1 }, { status: 201 }));
    expect(await client.file({ year: 2025 }, "key-1")).toMatchObject({
      kind: "ok",
      value: { version: 1 },
      status: 201,
    });
    expect(sent[0]?.headers.get("idempotency-key")).toBe("key-1");
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer t");
    expect(await sent[0]?.json()).toEqual({ year: 2025 });
    const problem = { status: 409, title: "已经公布", titleEn: "Already published", receipt: { version: 3 } };
    const type = { "content-type": "application/problem+json; charset=utf-8" };
    expect(await problemOf(new Response(JSON.stringify(problem), { status: 409, headers: type }))).toMatchObject(
      problem,
    );
    // API Gateway's own.
    expect(await problemOf(Response.json({ message: "Service Unavailable" }, { status: 503 }))).toMatchObject({
      status: 503,
      title: "服务暂时不可用",
    });
  });

  it("tell the session of a refused token, and without a token nothing is sent", async () => {
    const refusing = api(async () => new Response("", { status: 401 }));
    expect(await refusing.client.file({}, "k")).toMatchObject({ kind: "problem", problem: { status: 401 } });
    expect(refusing.refused).toHaveBeenCalledOnce();
    const nobody = new Api({
      publicUrl: "",
      connection: refusing.at,
      authorization: { token: async () => undefined, refused: () => {} },
      fetch: async () => Promise.reject(new Error("sent")),
    });
    expect(await nobody.file({}, "k")).toMatchObject({ kind: "problem", problem: { status: 401 } });
  });

  it("that do not come are told apart, and the connection knows", async () => {
    const { client, at, go } = api(async () => Promise.reject(new TypeError("fetch failed")));
    expect(await client.file({}, "k")).toEqual({ kind: "unreached", reason: "network" });
    expect(at.lost.value).toBe("network");
    go(false);
    expect(await client.file({}, "k")).toEqual({ kind: "unreached", reason: "offline" });
    expect(at.lost.value).toBe("offline");
    const late = api(async () => Promise.reject(new DOMException("late", "TimeoutError")));
    vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(AbortSignal.abort());
    expect(await late.client.receipt({ uscc: "x", year: 2025 })).toEqual({ kind: "unreached", reason: "timeout" });
  });

  it("keep a submission's key where it is open what became of it", () => {
    const open = (status: number) => isOpen({ status, title: "", titleEn: "" });
    expect([401, 403, 429, 500, 503].map(open)).toEqual([true, true, true, true, true]);
    expect([400, 409, 422].map(open)).toEqual([false, false, false]);
  });

  it("to a correction speak of the report in it; to the form, of the report", () => {
    const cells = [
      { pointer: "/report/signed", label: "a" },
      { pointer: "/report", label: "b" },
      { pointer: "/requests", label: "c", of: "previous" as const },
    ];
    const [finding] = ofReport([{ id: "X", level: "error", message: "", messageEn: "", cells }]);
    expect(finding?.cells.map((c) => c.pointer)).toEqual(["/signed", "", "/requests"]);
  });
});

describe("a session", () => {
  const start = async (account: Partial<Account> | undefined, renew?: () => Promise<Account>) => {
    let now = 0;
    let calls: { at: number; call: () => void }[] = [];
    const clock: Clock = {
      now: () => now,
      after: (ms, call) => {
        const entry = { at: now + ms, call };
        calls.push(entry);
        return () => {
          calls = calls.filter((c) => c !== entry);
        };
      },
    };
    const left: string[] = [];
    const authenticator: Authenticator = {
      resume: async () => account && { ...CLERK, token: "t1", expiresAt: 3600_000, renewable: false, ...account },
      signIn: async () => void left.push("left"),
      renew: renew ?? (async () => Promise.reject(new Error("no"))),
      signOut: async () => {},
    };
    const session = new Session({ authenticator, beforeLeaving: async () => void left.push("saved"), clock });
    await session.start();
    return {
      session,
      left,
      /** Lets the time pass, minute by minute. */
      async pass(minutes: number) {
        for (let i = 0; i < minutes * 60; i += 1) {
          now += 1000;
          const due = calls.filter((c) => c.at <= now);
          calls = calls.filter((c) => c.at > now);
          for (const { call } of due) call();
          if (due.length > 0) await new Promise((resolve) => setImmediate(resolve));
        }
      },
      sleep(minutes: number) {
        now += minutes * 60_000;
      },
    };
  };

  it("that nobody began is out, and gives no token", async () => {
    const { session } = await start(undefined);
    expect(session.state.value).toEqual({ kind: "out" });
    expect(await session.token()).toBeUndefined();
  });

  it("warns five minutes before its end, and is then over", async () => {
    const { session, pass } = await start({});
    expect(session.state.value.kind).toBe("in");
    await pass(54);
    expect(session.state.value.kind).toBe("in");
    await pass(2);
    expect(session.state.value).toMatchObject({ kind: "expiring", minutes: 4 });
    expect(await session.token()).toBe("t1");
    await pass(4);
    expect(session.state.value).toEqual({ kind: "expired" });
    expect(await session.token()).toBeUndefined();
  });

  it("renews itself where it can, before people notice", async () => {
    let made = 1;
    const { session, pass } = await start({ renewable: true }, async () => {
      made += 1;
      return { ...CLERK, token: `t${made}`, expiresAt: made * 3600_000, renewable: true };
    });
    await pass(150);
    expect(session.state.value.kind).toBe("in");
    expect(await session.token()).toBe("t3");
  });

  it("whose renewal fails tries again and then is over; a later renewal brings it back", async () => {
    let works = false;
    let tries = 0;
    const { session, pass } = await start({ renewable: true }, async () => {
      tries += 1;
      if (!works) throw new Error("offline");
      return { ...CLERK, token: "t2", expiresAt: 9_000_000, renewable: true };
    });
    await pass(58);
    expect(tries).toBeGreaterThan(2);
    expect(session.state.value.kind).toBe("expiring");
    await pass(5);
    expect(session.state.value.kind).toBe("expired");
    works = true;
    expect(await session.token()).toBe("t2");
    expect(session.state.value.kind).toBe("in");
  });

  it("that ended while the computer slept is seen to have ended", async () => {
    const { session, sleep } = await start({});
    sleep(90);
    session.look();
    expect(session.state.value).toEqual({ kind: "expired" });
  });

  it("that the service refuses is over at once; before the page is left, all is saved", async () => {
    const { session, left } = await start({});
    session.refused();
    expect(session.state.value).toEqual({ kind: "expired" });
    expect(await session.signIn()).toBe(true);
    expect(left).toEqual(["saved", "left"]);
  });
});

describe("a draft", () => {
  const draft = (text: string, more: Partial<Draft> = {}): Draft => ({
    id: "a",
    revision: 1,
    changedAt: 1,
    report: { text },
    task: { kind: "file" },
    reason: "",
    ...more,
  });
  const copy = () => "copy";

  it("is saved as the next revision of what it began with", () => {
    expect(saved(undefined, draft("x", { revision: 0 }), copy)).toMatchObject({ id: "a", revision: 1 });
    expect(saved(draft("x"), changed(draft("x"), { report: { text: "y" } }, 2), copy)).toMatchObject({
      id: "a",
      revision: 2,
      report: { text: "y" },
    });
  });

  it("that another tab saved meanwhile is left alone: what comes later is a copy", () => {
    expect(saved(draft("theirs", { revision: 2 }), draft("mine"), copy)).toMatchObject({
      id: "copy",
      revision: 1,
      report: { text: "mine" },
    });
  });

  it("is recovered after a crash when it says more than what was saved", () => {
    const mirror = { ...draft("typed"), tab: "t" };
    expect(recovered(draft("old"), mirror, copy)).toMatchObject({ id: "a", revision: 2, report: { text: "typed" } });
    expect(recovered(draft("typed", { revision: 2 }), mirror, copy)).toBeUndefined();
    expect(recovered(draft("other", { revision: 2 }), mirror, copy)).toMatchObject({ id: "copy" });
    expect(recovered(undefined, mirror, copy)).not.toHaveProperty("tab");
  });

  it("of two tabs: whatever the order of changes and saves, no saved text is lost", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1), fc.boolean()), { maxLength: 30 }), (steps) => {
        const store = new Map<string, Draft>([["a", draft("start")]]);
        const tabs = [draft("start"), draft("start")];
        const texts = new Map<number, string>();
        let ids = 0;
        steps.forEach(([tab, save], i) => {
          if (!save) {
            texts.set(tab, `${tab}-${i}`);
            tabs[tab] = changed(tabs[tab]!, { report: { text: `${tab}-${i}` } }, i);
          } else if (texts.has(tab)) {
            const mine = tabs[tab]!;
            const kept = saved(store.get(mine.id), mine, () => `copy-${ids++}`);
            store.set(kept.id, kept);
            tabs[tab] = kept;
          }
        });
        for (const [tab] of texts) {
          const mine = tabs[tab]!;
          const kept = saved(store.get(mine.id), mine, () => `copy-${ids++}`);
          store.set(kept.id, kept);
        }
        // The last text of either tab stands somewhere.
        const all = [...store.values()].map((d) => d.report["text"]);
        for (const text of texts.values()) expect(all).toContain(text);
      }),
    );
  });
});

describe("a file that is opened", () => {
  const said = (text: string | Uint8Array): string => {
    try {
      readReportFile(typeof text === "string" ? bytes(text) : text);
    } catch (error) {
      if (error instanceof ReportFileError) return error.say("zh");
      throw error;
    }
    return "";
  };

  it("is taken whole when it is a report, with a byte order mark too", async () => {
    for (const name of ["liaocheng-2020", "hangzhou-2025"] as const) {
      const report = await example(name);
      const text = JSON.stringify(report);
      expect(readReportFile(bytes(text))).toEqual({ report, leftOut: [] });
      expect(readReportFile(bytes(`\ufeff${text}`)).report).toEqual(report);
    }
  });

  it("leaves out what is no part of a report, and says what", async () => {
    const report = await example("hangzhou-2025");
    const wrong = structuredClone(report);
    wrong["surplus"] = 1;
    wrong["organ"].phone = "0571";
    wrong["overview"].body[0].bold = true;
    wrong["requests"].received = 3;
    wrong["explanations"] = { "N-FEE": "已核实。" };
    const { report: kept, leftOut } = readReportFile(bytes(JSON.stringify(wrong)));
    expect(leftOut).toEqual(["/organ/phone", "/overview/body/0/bold", "/requests/received", "/surplus"]);
    const { received: _, ...requests } = report["requests"];
    expect(kept).toEqual({ ...report, requests, explanations: { "N-FEE": "已核实。" } });
  });

  it("is refused with the place of what is wrong", () => {
    expect(said('{\n  "edition": "2021",\n  "year": 20 25\n}')).toMatch(/^第3行第\d+列：/);
    expect(said('{"a":1,"a":2}')).toMatch(/键"a"在同一对象中出现两次/);
    expect(said("[]")).toBe("内容不是一份报告（应为对象）");
    expect(said('{"edition":"1999"}')).toBe('格式版本（edition）是"1999"，应为"2019"或"2021"');
    expect(said(new Uint8Array([0xc4, 0xea]))).toMatch(/UTF-8/);
    expect(said(new Uint8Array(1024 * 1024 + 1))).toBe("文件超过1 MiB");
  });
});

describe("what is shown of a report", () => {
  it("are the totals that it stands on, computed where they were left out", async () => {
    const report = await example("liaocheng-2020");
    delete report["requests"].received.total;
    const figures = keyFigures(formOf("2019")!, report);
    expect(figures.map(({ cell, value, computed }) => [cell.pointer, value, computed])).toEqual([
      ["/requests/received/total", 9, true],
      ["/requests/carriedIn/total", 0, false],
      ["/requests/results/total/total", 9, false],
      ["/requests/carriedOut/total", 0, false],
      ["/remedies/review/total", 0, false],
      ["/remedies/litigation/direct/total", 0, false],
      ["/remedies/litigation/afterReview/total", 0, false],
    ]);
  });

  it("are as many pages as the preview has", async () => {
    const text = await readFile(new URL("../../../examples/liaocheng-2020.json", import.meta.url), "utf8");
    const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
    const pdf = await typeset(JSON.parse(text) as Report, fonts, { watermark: "预览" });
    const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
    const { numPages } = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
    expect(await pageCount(pdf)).toBe(numPages);
    expect(await pageCount(bytes("no PDF"))).toBe(0);
  });
});
