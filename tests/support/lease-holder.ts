/** A process that replaces `published/list` by the lease, until somebody kills it: `node lease-holder.ts ENDPOINT`. */
import { useCredentials } from "../../local/credentials.ts";
import { LeasedBucket } from "../../src/store/leased.ts";
import { S3Store } from "../../src/store/s3.ts";
import { HOLDER_TIMES } from "./lease-times.ts";

useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
const endpoint = process.argv[2]!;
const s3 = new S3Store({ bucket: "b", region: "us-east-1", endpoint, forcePathStyle: true, dialect: "oss" });
const store = new LeasedBucket(s3, { times: HOLDER_TIMES });
const there = await store.get("published/list");
await store.replace("published/list", "killed", { contentType: "text/plain" }, there?.etag ?? "");
