/** A reminder as each kind of webhook takes it. Pure: the same reminder at the same time makes the same request. */
import { createHmac } from "node:crypto";
import type { Reminder, ReminderName } from "./reminders.ts";
import type { Webhook, WebhookKind } from "./webhooks.ts";

/** An organ that is reminded, as the roster has it. */
export interface RemindedOrgan {
  readonly uscc: string;
  readonly name: string;
  /** The last day to publish, ISO date. */
  readonly due: string;
}

/** A reminder with its organs by name. */
export interface NamedReminder extends Pick<Reminder, "division" | "year" | "version" | "text" | "at"> {
  readonly organs: readonly RemindedOrgan[];
}

/** What stands for a reminder wherever it is sent to, however often. */
const idOf = ({ division, year, version }: ReminderName): string => `reminder-${division}-${year}-${version}`;

/** What is posted. */
export interface WebhookRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const hmac = (key: Uint8Array | string, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64");

/** Bytes of UTF-8 that a robot takes in a text. */
const MOST = { wecom: 2048, dingtalk: 20_000 } as const;
const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

/**
 * The reminder as one text for people, with as many names as there is room for. Which one it is stands at the end: a robot
 * knows no ids, and who reads it twice shall see that it is the same.
 */
function textOf(reminder: NamedReminder, most: number): string {
  const { division, year, version, text, organs } = reminder;
  const whole = (names: number): string => {
    const listed = organs.slice(0, names).map(({ name, due }) => `${name}（${due}）`);
    const rest = names < organs.length ? `等${organs.length}个机关` : "";
    return [text, `${listed.join("、")}${rest}`, `〔${division}，${year}年度，第${version}次提醒〕`].join("\n");
  };
  let [least, room] = [0, organs.length];
  while (least < room) {
    const names = Math.ceil((least + room) / 2);
    if (bytesOf(whole(names)) <= most) least = names;
    else room = names - 1;
  }
  const bytes = encoder.encode(whole(least));
  // A text that has no room even so ends early, between two characters.
  return new TextDecoder().decode(bytes.slice(0, most)).replace(/\uFFFD+$/u, "");
}

const robot = (text: string): string => JSON.stringify({ msgtype: "text", text: { content: text } });
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

/** Standard Webhooks 1.0: the id stays the same at every try, the time is that of the try, both are signed with the body. */
function standard({ url, secret = "" }: Webhook, reminder: NamedReminder, now: number): WebhookRequest {
  const { division, year, version, text, organs, at } = reminder;
  const body = JSON.stringify({
    type: "reminder.created",
    timestamp: at,
    data: { division, year, version, text, organs },
  });
  const [id, timestamp] = [idOf(reminder), String(Math.floor(now / 1000))];
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return {
    url: new URL(url),
    headers: {
      ...JSON_TYPE,
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${hmac(key, `${id}.${timestamp}.${body}`)}`,
    },
    body,
  };
}

/** 企业微信 and 政务微信: the key is in the address. */
const wecom = ({ url }: Webhook, reminder: NamedReminder): WebhookRequest => ({
  url: new URL(url),
  headers: JSON_TYPE,
  body: robot(textOf(reminder, MOST.wecom)),
});

/** 钉钉: with 加签, the time in ms and what it hashes to with the secret are in the address. */
function dingtalk({ url, secret }: Webhook, reminder: NamedReminder, now: number): WebhookRequest {
  const signed = new URL(url);
  if (secret) {
    signed.searchParams.set("timestamp", String(now));
    signed.searchParams.set("sign", hmac(secret, `${now}\n${secret}`));
  }
  return { url: signed, headers: JSON_TYPE, body: robot(textOf(reminder, MOST.dingtalk)) };
}

const REQUESTS: Readonly<Record<WebhookKind, (hook: Webhook, reminder: NamedReminder, now: number) => WebhookRequest>> =
  {
    standard,
    wecom,
    dingtalk,
  };

/** @param now epoch milliseconds */
export const requestOf = (hook: Webhook, reminder: NamedReminder, now: number): WebhookRequest =>
  REQUESTS[hook.kind](hook, reminder, now);

/** Why an answer says that it was not taken; undefined where it was. A robot says so with status 200 as well. */
export function refusalIn({ kind }: Webhook, status: number, body: string): string | undefined {
  if (status < 200 || status > 299) return `HTTP ${status}`;
  if (kind === "standard") return undefined;
  try {
    const { errcode, errmsg } = JSON.parse(body) as { readonly errcode?: unknown; readonly errmsg?: unknown };
    return errcode === 0 ? undefined : `${errcode} ${String(errmsg).slice(0, 200)}`;
  } catch {
    return "not JSON";
  }
}
