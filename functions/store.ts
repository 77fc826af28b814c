import { S3Store } from "../src/store/s3.ts";
import { required } from "./variables.ts";

/**
 * The store that the environment names: `BUCKET`, `AWS_REGION`, and for stores other than AWS `S3_ENDPOINT` with
 * `S3_FORCE_PATH_STYLE=true`. `OBJECT_LOCK_DAYS` locks records and artefacts for so long, `S3_PATIENCE` is how long an
 * answer is waited for (ms, 8000 by default, and a quarter of it to connect).
 * @throws when one is missing
 */
export const storeFromEnvironment = (): S3Store =>
  new S3Store({
    bucket: required("BUCKET"),
    region: required("AWS_REGION"),
    endpoint: process.env["S3_ENDPOINT"],
    forcePathStyle: process.env["S3_FORCE_PATH_STYLE"] === "true",
    lockDays: process.env["OBJECT_LOCK_DAYS"] ? Number(process.env["OBJECT_LOCK_DAYS"]) : undefined,
    patience: Number(process.env["S3_PATIENCE"]) || undefined,
  });
