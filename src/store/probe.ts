import { randomUUID } from "node:crypto";
import type { Message } from "../basics/finding.ts";
import { vendorOf } from "./dialect.ts";
import { type Bucket, ConditionsUnsupportedError } from "./store.ts";

const HEADERS = { contentType: "text/plain" };
/** Writers that race for one object, and how often they do: some stores let two win once in a while. */
const [WRITERS, ROUNDS] = [8, 3];

/** What a store lacks without which a published report could be written over or lost. */
export type StoreFault = Message;

const UNSUPPORTED: StoreFault = {
  zh: "不支持条件写入（501）：阿里云OSS、腾讯云COS、华为云OBS请设置 STORE_DIALECT（oss、cos、obs），其他请换一种存储",
  en: "does not write under conditions (501): set STORE_DIALECT (oss, cos, obs) for Aliyun OSS, Tencent COS, Huawei OBS, or take another store",
};
const CREATED_TWICE: StoreFault = {
  zh: "不支持仅在不存在时写入：同时写同一个对象，成功的不止一个，同一份报告可能被覆盖",
  en: "does not create if absent: of many who wrote one object more than one did, and a published report could be written over (If-None-Match: *, or the vendor's header)",
};
const REPLACED_BLINDLY: StoreFault = {
  zh: "不支持仅在未变化时替换（If-Match，加引号和不加引号都试过）：旧版本可能覆盖新版本的网址",
  en: "does not replace if unchanged (If-Match, with the tag quoted and bare): an older version could take a newer one's address",
};
const NOT_READ: StoreFault = {
  zh: "写入之后不能立即读到或列出",
  en: "does not give back or list at once what was written",
};
const VERSIONED: StoreFault = {
  zh: "存储桶开启过版本管理，条件写入因此不起作用：请新建一个从未开启版本管理的桶",
  en: "its bucket keeps versions, or once did, and conditions do not hold there: make a bucket that never did",
};

/** Tries one object: what many do at once, one of them does. */
async function race(store: Bucket, key: string): Promise<readonly StoreFault[]> {
  const faults: StoreFault[] = [];
  const expect = (holds: boolean, fault: StoreFault): void => {
    if (!holds && !faults.includes(fault)) faults.push(fault);
  };
  const many = async (kind: string, write: (body: string) => Promise<boolean>): Promise<readonly string[]> => {
    const bodies = Array.from({ length: WRITERS }, (_, i) => `${kind} by ${i}`);
    const wrote = await Promise.all(bodies.map(write));
    return bodies.filter((_, i) => wrote[i]);
  };
  try {
    const creators = await many("created", (body) => store.create(key, body, HEADERS));
    const again = await store.create(key, "again", HEADERS);
    const created = await store.get(key);
    const text = new TextDecoder().decode(created?.body);
    // Of none whose answer was lost the content says that there was one.
    expect(creators.length <= 1 && !again && (creators[0] ?? text) === text, CREATED_TWICE);
    const etag = created?.etag ?? "";
    const replacers = await many("replaced", (body) => store.replace(key, body, HEADERS, etag));
    const stale = await store.replace(key, "stale", HEADERS, etag);
    const read = new TextDecoder().decode((await store.get(key))?.body);
    expect(replacers.length <= 1 && !stale && read === (replacers[0] ?? read) && read !== text, REPLACED_BLINDLY);
    // Some stores take a condition on what is not there for none.
    expect(!(await store.replace(`${key}.absent`, "stale", HEADERS, etag)), REPLACED_BLINDLY);
    const listed: string[] = [];
    for await (const row of store.list(key)) listed.push(row.key);
    expect(created !== undefined && listed.includes(key), NOT_READ);
  } finally {
    for (const each of [key, `${key}.absent`]) await store.delete(each);
  }
  return faults;
}

/**
 * Tries whether a store keeps its promises: that of many who create an object one does, that an object is replaced only
 * where it is as it was read, that what was written is read and listed. Leaves nothing behind but the versions that a
 * bucket keeps.
 * @throws what the store throws
 */
export async function probeStore(store: Bucket): Promise<readonly StoreFault[]> {
  const versioning = await store.versioning();
  const kept = versioning === "enabled" || versioning === "suspended";
  // By the vendors' word their headers are dead there: it is not left to chance whether a race shows it.
  if (kept && vendorOf(store.dialect)) return [VERSIONED];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const faults = await race(store, `probe/${randomUUID()}`);
      if (faults.length === 0) continue;
      return kept ? [...faults, VERSIONED] : faults;
    }
    return [];
  } catch (error) {
    if (error instanceof ConditionsUnsupportedError) return [UNSUPPORTED];
    throw error;
  }
}
