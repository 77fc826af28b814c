/** Where reminders are sent besides the page: what the operator put at `settings/webhooks.json`, in no API's reach. */
import { ExplainedError } from "../basics/explained-error.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";

export const WEBHOOKS_KEY = "settings/webhooks.json";

/** A service of one's own by Standard Webhooks 1.0; a robot of 企业微信 or 政务微信; a robot of 钉钉. */
const KINDS = ["standard", "wecom", "dingtalk"] as const;
export type WebhookKind = (typeof KINDS)[number];

export interface Webhook {
  /** A name of the operator's: letters, digits, hyphens. */
  readonly id: string;
  readonly kind: WebhookKind;
  readonly url: string;
  /** `whsec_` and Base64 of a standard one; of 钉钉 its 加签, where that is set. */
  readonly secret?: string;
  /** The first digits of the divisions whose reminders it gets; of all when absent. */
  readonly divisions?: readonly string[];
  /** Whether it may be at an address that is not on the public Internet, and without TLS. */
  readonly private?: boolean;
}

/** A file of webhooks that will not do. */
export class WebhooksError extends ExplainedError {}

const MEMBERS = ["id", "kind", "url", "secret", "divisions", "private"];
const SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** What is wrong with one of them; nothing where it will do. */
function faultOf(hook: Readonly<Record<string, unknown>>): readonly [zh: string, en: string] | undefined {
  const { id, kind, url, secret, divisions = [], private: inside = false } = hook;
  const unknown = Object.keys(hook).find((key) => !MEMBERS.includes(key));
  if (unknown !== undefined) return [`没有“${unknown}”这一项`, `nothing is called “${unknown}”`];
  if (!isText(id) || !/^[a-z0-9-]{1,40}$/.test(id))
    return ["id 应为小写字母、数字和连字符", "its id must be lower-case letters, digits and hyphens"];
  if (!KINDS.some((known) => known === kind))
    return [`kind 应为 ${KINDS.join("、")} 之一`, `its kind must be one of ${KINDS.join(", ")}`];
  if (typeof inside !== "boolean") return ["private 应为 true 或 false", "its private must be true or false"];
  const { protocol, username, password } = isText(url) && URL.canParse(url) ? new URL(url) : { protocol: "" };
  if (protocol !== "https:" && !(inside && protocol === "http:"))
    return ["url 应为 https 网址", "its url must be an https address"];
  if (username || password) return ["url 里不能有用户名或口令", "its url must not have a password"];
  if (kind === "standard" ? !isText(secret) || !SECRET.test(secret) : secret !== undefined && !isText(secret))
    return ["secret 应为 whsec_ 加至少24字节的 Base64", "its secret must be whsec_ and Base64 of at least 24 bytes"];
  if (!Array.isArray(divisions) || !divisions.every((word) => isText(word) && /^\d{2}(\d{2}){0,2}$/.test(word)))
    return ["divisions 应为行政区划代码的前2、4或6位", "its divisions must be the first 2, 4 or 6 digits of codes"];
  return undefined;
}

/**
 * The webhooks of a file, `{"webhooks": […]}`.
 * @throws WebhooksError
 */
export function webhooksIn(value: unknown): readonly Webhook[] {
  const { webhooks } = (typeof value === "object" && value !== null ? value : {}) as { readonly webhooks?: unknown };
  if (!Array.isArray(webhooks)) throw new WebhooksError('应为 {"webhooks": […]}', 'It must be {"webhooks": […]}');
  const seen = new Set<string>();
  for (const [i, hook] of webhooks.entries()) {
    const isObject = typeof hook === "object" && hook !== null && !Array.isArray(hook);
    const fault = isObject ? faultOf(hook) : (["应为对象", "it must be an object"] as const);
    if (fault) throw new WebhooksError(`第${i + 1}个：${fault[0]}`, `Webhook ${i + 1}: ${fault[1]}`);
    const { id } = hook as Webhook;
    if (seen.has(id))
      throw new WebhooksError(`第${i + 1}个：id “${id}”重复`, `Webhook ${i + 1}: “${id}” is there twice`);
    seen.add(id);
  }
  return webhooks as readonly Webhook[];
}

/** The webhooks that get a division's reminders; none where the operator set none. @throws WebhooksError, SyntaxError */
export async function webhooksFor(store: Store, division: string): Promise<readonly Webhook[]> {
  const kept = await readJson<unknown>(store, WEBHOOKS_KEY);
  if (kept === undefined) return [];
  return webhooksIn(kept).filter(
    ({ divisions }) => !divisions || divisions.some((digits) => division.startsWith(digits)),
  );
}
