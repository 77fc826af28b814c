import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { configure } from "../../local/environment.ts";
import { startS3 } from "../../local/s3.ts";
import { S3Store } from "../../src/store/s3.ts";

const BUCKET = "nianbao-jobs";

/** An embedded S3 with an empty bucket, which is in the environment as that of functions; it ends with the test file. */
export async function startJobsBucket(): Promise<S3Store> {
  const directory = await mkdtemp(join(tmpdir(), "nianbao-jobs-"));
  const s3 = await startS3({ port: 0, directory, bucket: BUCKET });
  afterAll(async () => {
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  });
  configure(BUCKET, s3, { PUBLIC_URL: "https://example.org", S3_PATIENCE: "60000" });
  return new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
}
