import { parseJson } from "../src/check/parse.ts";
import { WEBHOOKS_KEY, type Webhook, webhooksIn } from "../src/office/webhooks.ts";
import type { Store } from "../src/store/store.ts";
import { readBytes } from "./input.ts";
import { say } from "./language.ts";
import { withStore } from "./store.ts";

/** A webhook without what must be seen by nobody: its secret, and of its address what may be a key. */
const described = ({ id, kind, url, divisions, private: inside }: Webhook): string =>
  [
    id,
    kind,
    new URL(url).host,
    divisions ? divisions.join(" ") : say("全部行政区划", "all divisions"),
    ...(inside ? [say("内部地址", "private address")] : []),
  ].join("  ");

async function current(store: Store): Promise<readonly Webhook[]> {
  const object = await store.get(WEBHOOKS_KEY);
  return object ? webhooksIn(parseJson(object.body)) : [];
}

/** Puts a file's webhooks in the place of those there are, or lists them. */
export async function setWebhooks(file: string | undefined): Promise<void> {
  const given = file === undefined ? undefined : webhooksIn(parseJson(await readBytes(file)));
  const hooks = await withStore(async (store) => {
    if (!given) return current(store);
    await store.put(WEBHOOKS_KEY, JSON.stringify({ webhooks: given }), { contentType: "application/json" });
    return given;
  });
  for (const hook of hooks) console.log(described(hook));
  if (hooks.length === 0) console.log(say("催报不发往任何地方。", "Reminders are sent nowhere."));
}
