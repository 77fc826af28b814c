import { fileURLToPath } from "node:url";
import { openFonts } from "../src/render/pdf/fonts.ts";
import { S3Store } from "../src/store/s3.ts";
import type { AppOptions } from "./app.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`缺少环境变量 ${name} · the environment variable ${name} is missing`);
  return value;
}

/**
 * The app's options from the environment: `BUCKET`, `PUBLIC_URL`, `AWS_REGION`, and for stores other than AWS
 * `S3_ENDPOINT` with `S3_FORCE_PATH_STYLE=true`. `OBJECT_LOCK_DAYS` locks records and artefacts for so long. `FONTS`
 * names a folder of an organ's own faces.
 * @throws when one is missing or a face cannot be opened
 */
export function optionsFromEnvironment(): AppOptions {
  return {
    store: new S3Store({
      bucket: required("BUCKET"),
      region: required("AWS_REGION"),
      endpoint: process.env["S3_ENDPOINT"],
      forcePathStyle: process.env["S3_FORCE_PATH_STYLE"] === "true",
      lockDays: process.env["OBJECT_LOCK_DAYS"] ? Number(process.env["OBJECT_LOCK_DAYS"]) : undefined,
    }),
    fonts: openFonts(process.env["FONTS"] ?? fileURLToPath(new URL("./fonts", import.meta.url))),
    now: () => new Date(),
    program: `nianbao ${NIANBAO_VERSION}`,
    publicUrl: required("PUBLIC_URL").replace(/\/$/, ""),
    onError: (error, method, path) =>
      console.error(
        JSON.stringify({ level: "ERROR", method, path, error: error.name, message: error.message, stack: error.stack }),
      ),
  };
}
