/** Reminders on their way to webhooks: what is sent, when it is sent again, and what is never spoken to. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publicInternet } from "../../src/fetch/policy.ts";
import { consume } from "../../src/index/events.ts";
import { type Delivery, deliver, deliveriesOf } from "../../src/office/deliver.ts";
import { type Reminder, reminderKey } from "../../src/office/reminders.ts";
import { requestOf } from "../../src/office/webhook-message.ts";
import { WEBHOOKS_KEY, type Webhook, webhooksIn } from "../../src/office/webhooks.ts";
import { rosterKey } from "../../src/roster/stored.ts";
import { cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const REMINDER: Reminder = {
  format: 1,
  division: "990100",
  year: 2025,
  version: 3,
  previous: null,
  text: "请尽快公布2025年度政府信息公开工作年度报告。",
  organs: ["11990100MB0000101G", "11990100MB0000102K"],
  at: "2026-02-02T09:00:00+08:00",
  by: { issuer: "https://issuer.example", subject: "superior" },
};
/** Whom it is to, by the roster. */
const ORGANS = [
  { uscc: "11990100MB0000101G", name: "云川市发展和改革委员会", due: "2026-01-31" },
  { uscc: "11990100MB0000102K", name: "云川市教育局", due: "2026-01-31" },
];
const NAME = { division: "990100", year: 2025, version: 3 };
const SENT = Date.parse(REMINDER.at);

interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let base: string;
let got: Got[];
let answer: (got: Got) => readonly [status: number, body: string];
let store: MemoryStore;
let now: number;

beforeEach(async () => {
  [got, answer, store, now] = [[], () => [200, '{"errcode":0,"errmsg":"ok"}'], new MemoryStore(), SENT + 1000];
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    const one = { path: request.url ?? "", headers: request.headers, body };
    got.push(one);
    const [status, text] = answer(one);
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const roster = { ...cityRoster(), version: 1 };
  await store.create(rosterKey(roster.division, 1), JSON.stringify(roster), { contentType: "application/json" });
  await store.create(reminderKey(NAME, 3), JSON.stringify(REMINDER), { contentType: "application/json" });
});
afterEach(() => void server.close());

const set = (...webhooks: Webhook[]): Promise<void> =>
  store.put(WEBHOOKS_KEY, JSON.stringify({ webhooks }), { contentType: "application/json" });
const send = (): Promise<void> =>
  deliver(NAME, { store, policy: publicInternet("nianbao/0.0.0"), now: () => new Date(now) });
const outcomes = async (): Promise<readonly Delivery[]> => deliveriesOf(store, NAME);
const hook = (more: Partial<Webhook> = {}): Webhook => ({
  id: "oa",
  kind: "standard",
  url: `${base}/hook?key=secret-key`,
  secret: SECRET,
  private: true,
  ...more,
});

/** As the specification has its receivers do, with another implementation of HMAC's input than ours. */
const isSigned = ({ headers, body }: Got, secret = SECRET): boolean => {
  const text = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(Buffer.from(text)).digest().toString("base64");
  return headers["webhook-signature"] === `v1,${expected}`;
};

describe("a webhook of one's own (Standard Webhooks)", () => {
  test("is sent the reminder signed with its id and the time of the try", async () => {
    await set(hook());
    await send();
    expect(got).toHaveLength(1);
    expect(isSigned(got[0]!)).toBe(true);
    expect(isSigned({ ...got[0]!, body: `${got[0]!.body} ` })).toBe(false);
    expect(got[0]!.headers).toMatchObject({
      "webhook-id": "reminder-990100-2025-3",
      "webhook-timestamp": String(now / 1000),
      "content-type": "application/json; charset=utf-8",
    });
    const { division, year, version, text } = REMINDER;
    expect(JSON.parse(got[0]!.body)).toEqual({
      type: "reminder.created",
      timestamp: REMINDER.at,
      data: { division, year, version, text, organs: ORGANS },
    });
    expect(await outcomes()).toEqual([
      { webhook: "oa", outcome: "delivered", tries: 1, at: "2026-02-02T09:00:01+08:00" },
    ]);
  });

  test("that does not take it is tried again with the same id until it does, and never after that", async () => {
    await set(hook());
    answer = () => [503, ""];
    await expect(send()).rejects.toThrow("was not taken by oa");
    expect(await outcomes()).toMatchObject([{ outcome: "failed", tries: 1, reason: "HTTP 503" }]);
    answer = () => [204, ""];
    now += 60_000;
    await send();
    await send();
    expect(got.map(({ headers }) => headers["webhook-id"])).toEqual(Array(2).fill("reminder-990100-2025-3"));
    expect(new Set(got.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(2);
    expect(got.every((one) => isSigned(one))).toBe(true);
    expect(await outcomes()).toMatchObject([{ outcome: "delivered", tries: 2 }]);
  });

  test("that took it is not sent it again because another did not", async () => {
    await set(hook(), hook({ id: "other", url: `${base}/other` }));
    answer = ({ path }) => [path === "/other" ? 500 : 200, ""];
    for (let i = 0; i < 3; i += 1) await expect(send()).rejects.toThrow("was not taken by other");
    expect(got.filter(({ path }) => path !== "/other")).toHaveLength(1);
    expect(got.filter(({ path }) => path === "/other")).toHaveLength(3);
  });

  test("is given up a day after the reminder, so that nothing is tried for ever", async () => {
    await set(hook());
    answer = () => [410, ""];
    await expect(send()).rejects.toThrow();
    now += 25 * 3600_000;
    await send();
    await send();
    expect(got).toHaveLength(2);
    expect(await outcomes()).toMatchObject([{ outcome: "givenUp", tries: 2, reason: "HTTP 410" }]);
  });
});

describe("robots", () => {
  test("of 企业微信 and 政务微信 get a text that says which reminder it is, at the address with their key", async () => {
    await set(hook({ kind: "wecom" }));
    await send();
    expect(got[0]!.path).toBe("/hook?key=secret-key");
    expect(JSON.parse(got[0]!.body)).toEqual({
      msgtype: "text",
      text: {
        content: `${REMINDER.text}\n云川市发展和改革委员会（2026-01-31）、云川市教育局（2026-01-31）\n〔990100，2025年度，第3次提醒〕`,
      },
    });
  });

  test("of 钉钉 are signed with 加签 as its documents say: the time, a line feed, the secret", async () => {
    await set(hook({ kind: "dingtalk", url: `${base}/robot/send?access_token=t`, secret: "SEC0123" }));
    await send();
    const { searchParams } = new URL(got[0]!.path, base);
    const expected = createHmac("sha256", "SEC0123").update(`${now}\nSEC0123`).digest("base64");
    expect(Object.fromEntries(searchParams)).toEqual({ access_token: "t", timestamp: String(now), sign: expected });
    // A plus of Base64 is no space where it arrives.
    expect(got[0]!.path).not.toMatch(/sign=[^&]*\+/);
  });

  test("that answer 200 with a code of theirs did not take it", async () => {
    await set(hook({ kind: "wecom" }));
    answer = () => [200, '{"errcode":45009,"errmsg":"api freq out of limit"}'];
    await expect(send()).rejects.toThrow();
    expect(await outcomes()).toMatchObject([{ outcome: "failed", reason: "45009 api freq out of limit" }]);
  });

  test("get no more than they take, whole characters, and are told how many organs there are", () => {
    // What stands for half a character is in no name.
    const words = (minLength: number, maxLength: number) =>
      fc.string({ unit: "grapheme", minLength, maxLength }).filter((word) => !word.includes("\uFFFD"));
    const named = fc.array(words(1, 60), { maxLength: 400 });
    fc.assert(
      fc.property(named, words(0, 2000), (names, text) => {
        const organs = names.map((name) => ({ uscc: "11990100MB0000101G", name, due: "2026-01-31" }));
        const request = requestOf(hook({ kind: "wecom" }), { ...REMINDER, text, organs }, now);
        const { content } = (JSON.parse(request.body) as { readonly text: { readonly content: string } }).text;
        expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
        expect(content).not.toContain("\uFFFD");
        if (Buffer.byteLength(text) < 1900) expect(content).toContain("〔990100，2025年度，第3次提醒〕");
      }),
      { numRuns: 50 },
    );
  });
});

describe("addresses", () => {
  test("that are not on the public Internet are refused, unless the operator allows it for that webhook", async () => {
    await set(hook({ private: false, url: base.replace("http:", "https:") }), hook({ id: "inside" }));
    await expect(send()).rejects.toThrow("was not taken by oa");
    expect(got).toHaveLength(1);
    expect(await outcomes()).toMatchObject([
      { webhook: "inside", outcome: "delivered" },
      { webhook: "oa", outcome: "failed", reason: expect.stringContaining("不在公共互联网上") },
    ]);
  });

  test("with a key in them are in nothing that is kept or thrown", async () => {
    server.close();
    server.closeAllConnections();
    await set(hook(), hook({ id: "ding", kind: "dingtalk", secret: "SEC0123" }));
    const thrown = await send().catch((error: unknown) => String(error));
    expect(thrown).toContain("oa, ding");
    const kept = (await outcomes()).map(({ reason }) => reason).join();
    expect(kept).toContain("127.0.0.1");
    expect(kept + thrown).not.toMatch(/secret-key|SEC0123|sign=/);
  });

  test("of other divisions are not spoken to", async () => {
    await set(hook({ divisions: ["9902"] }), hook({ id: "own", divisions: ["37", "9901"] }));
    await send();
    expect((await outcomes()).map(({ webhook }) => webhook)).toEqual(["own"]);
  });
});

test("without webhooks a reminder is kept and nothing is sent", async () => {
  await send();
  expect(await outcomes()).toEqual([]);
});

test.each([
  [{}, "webhooks"],
  [{ webhooks: [{ id: "A b", kind: "wecom", url: "https://a.example" }] }, "id"],
  [{ webhooks: [{ id: "a", kind: "mail", url: "https://a.example" }] }, "kind"],
  [{ webhooks: [{ id: "a", kind: "wecom", url: "http://a.example" }] }, "https"],
  [{ webhooks: [{ id: "a", kind: "wecom", url: "https://u:p@a.example" }] }, "口令"],
  [{ webhooks: [{ id: "a", kind: "standard", url: "https://a.example", secret: "short" }] }, "whsec_"],
  [{ webhooks: [{ id: "a", kind: "wecom", url: "https://a.example", divisions: ["3"] }] }, "divisions"],
  [{ webhooks: [{ id: "a", kind: "wecom", url: "https://a.example", uri: 1 }] }, "uri"],
  [{ webhooks: [null] }, "对象"],
  [
    {
      webhooks: [
        { id: "a", kind: "wecom", url: "https://a.example" },
        { id: "a", kind: "wecom", url: "https://b.example" },
      ],
    },
    "重复",
  ],
])("what the operator set and will not do is refused with what is wrong: %j", (value, says) => {
  expect(() => webhooksIn(value)).toThrow(says);
});

test("the queue hands a reminder on once, and keeps it where it was not taken", async () => {
  const body = JSON.stringify({ Records: [{ s3: { object: { key: reminderKey(NAME, 3) } } }] });
  const messages = [1, 2].map((n) => ({ messageId: String(n), body }));
  const told: string[] = [];
  let taken = false;
  const context = {
    store,
    pages: {} as never,
    remind: async (name: typeof NAME) => {
      told.push(reminderKey(name, name.version));
      if (!taken) throw new Error("not taken");
    },
  };
  const first = await consume(messages, context, () => {});
  expect(first.batchItemFailures).toEqual([{ itemIdentifier: "1" }, { itemIdentifier: "2" }]);
  taken = true;
  expect(await consume(messages, context, () => {})).toEqual({ batchItemFailures: [] });
  expect(told).toEqual([reminderKey(NAME, 3), reminderKey(NAME, 3)]);
});
