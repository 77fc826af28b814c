import { PATIENCE } from "../src/store/client.ts";
import { DIALECTS } from "../src/store/dialect.ts";
import { LeasedBucket } from "../src/store/leased.ts";
import type { Opener } from "../src/store/open.ts";
import { type S3Options, S3Store } from "../src/store/s3.ts";
import type { Bucket } from "../src/store/store.ts";
import { oneOf, required } from "./variables.ts";

/** A bucket that may hold the lease, and gives it back when it is closed. */
export type OpenedStore = Bucket & Opener & { close?(): Promise<void> };

/** On which every thread of this process hears that one of them took the lease over from somebody who was silent. */
export const TAKEOVERS = "nianbao:takeovers";

function tellOfTakeover(): void {
  const channel = new BroadcastChannel(TAKEOVERS);
  channel.postMessage("taken over");
  channel.close();
}

/**
 * The store that the environment names: `BUCKET`, `AWS_REGION`, and for stores other than AWS `S3_ENDPOINT` with
 * `S3_FORCE_PATH_STYLE=true`, and `STORE_DIALECT` (`s3` by default; `oss`, `cos`, `obs`). `OBJECT_LOCK_DAYS` locks
 * records and artefacts for so long, `S3_PATIENCE` is how long an answer is waited for (ms, 8000 by default, and a quarter
 * of it to connect).
 * @param other where another bucket is, as far as it is elsewhere
 * @throws when one is missing
 */
export function storeFromEnvironment(
  other: Partial<Pick<S3Options, "bucket" | "region" | "endpoint">> = {},
): OpenedStore {
  const dialect = oneOf("STORE_DIALECT", DIALECTS);
  const patience = Number(process.env["S3_PATIENCE"]) || PATIENCE;
  const store = new S3Store({
    bucket: other.bucket ?? required("BUCKET"),
    region: other.region ?? required("AWS_REGION"),
    endpoint: other.endpoint ?? process.env["S3_ENDPOINT"],
    forcePathStyle: process.env["S3_FORCE_PATH_STYLE"] === "true",
    lockDays: process.env["OBJECT_LOCK_DAYS"] ? Number(process.env["OBJECT_LOCK_DAYS"]) : undefined,
    patience,
    dialect,
  });
  if (dialect === "s3") return store;
  // What whoever takes over waits is less than the 29 s that whoever asked waits, with what is to be written then.
  const times = { term: patience, patience, request: patience * 1.25, poll: patience / 40 };
  return new LeasedBucket(store, { times, onTakeover: tellOfTakeover });
}
