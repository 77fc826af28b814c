import { randomUUID } from "node:crypto";
import type { Message } from "../basics/finding.ts";
import type { Store } from "./store.ts";

const HEADERS = { contentType: "text/plain" };
const WRITERS = 8;

/** What a store lacks without which a published report could be written over or lost. */
export type StoreFault = Message;

/**
 * Tries whether a store keeps its promises: that of many who create an object one does, that an object is replaced only
 * where it is as it was read, that what was written is read and listed. Leaves nothing behind.
 * @throws what the store throws
 */
export async function probeStore(store: Store): Promise<readonly StoreFault[]> {
  const key = `probe/${randomUUID()}`;
  const faults: StoreFault[] = [];
  const expect = (holds: boolean, zh: string, en: string): void => {
    if (!holds) faults.push({ zh, en });
  };
  try {
    const created = await Promise.all(Array.from({ length: WRITERS }, (_, i) => store.create(key, String(i), HEADERS)));
    const again = await store.create(key, "again", HEADERS);
    expect(
      created.filter(Boolean).length === 1 && !again,
      "不支持仅在不存在时写入（If-None-Match: *）：同一份报告可能被覆盖",
      "ignores If-None-Match: * (create if absent): a published report could be written over",
    );
    const object = await store.get(key);
    const stale = await store.replace(key, "stale", HEADERS, '"00000000000000000000000000000000"');
    const fresh = await store.replace(key, "fresh", HEADERS, object?.etag ?? "");
    expect(
      !stale && fresh,
      "不支持仅在未变化时替换（If-Match）：旧版本可能覆盖新版本的网址",
      "ignores If-Match (replace if unchanged): an older version could take a newer one's address",
    );
    const read = await store.get(key);
    const listed: string[] = [];
    for await (const row of store.list(key)) listed.push(row.key);
    expect(
      new TextDecoder().decode(read?.body) === "fresh" && listed.includes(key),
      "写入之后不能立即读到或列出",
      "does not give back or list at once what was written",
    );
  } finally {
    await store.delete(key);
  }
  return faults;
}
