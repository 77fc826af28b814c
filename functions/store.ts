import { S3Store } from "../src/store/s3.ts";

/** @throws when it is missing or empty */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`缺少环境变量 ${name} · the environment variable ${name} is missing`);
  return value;
}

/**
 * The store that the environment names: `BUCKET`, `AWS_REGION`, and for stores other than AWS `S3_ENDPOINT` with
 * `S3_FORCE_PATH_STYLE=true`. `OBJECT_LOCK_DAYS` locks records and artefacts for so long.
 * @throws when one is missing
 */
export const storeFromEnvironment = (): S3Store =>
  new S3Store({
    bucket: required("BUCKET"),
    region: required("AWS_REGION"),
    endpoint: process.env["S3_ENDPOINT"],
    forcePathStyle: process.env["S3_FORCE_PATH_STYLE"] === "true",
    lockDays: process.env["OBJECT_LOCK_DAYS"] ? Number(process.env["OBJECT_LOCK_DAYS"]) : undefined,
  });
