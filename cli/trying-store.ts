import { probeStore, type StoreFault } from "../src/store/probe.ts";
import type { Bucket } from "../src/store/store.ts";
import { say } from "./language.ts";

/**
 * Tries whether the store keeps what is published, as the plain server does: where it is one other than AWS, and may be
 * written to. Somebody who may only read is told that it was not tried.
 */
export async function tryStore(store: Bucket): Promise<readonly StoreFault[]> {
  if (!process.env["S3_ENDPOINT"]) return [];
  try {
    return await probeStore(store);
  } catch (error) {
    if (!/AccessDenied|Forbidden/.test((error as Error).name)) throw error;
    console.error(
      say(
        "这个账号不能写入，没有试存储的条件写入",
        "these credentials may not write: conditional writes were not tried",
      ),
    );
    return [];
  }
}
