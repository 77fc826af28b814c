import { fileURLToPath } from "node:url";
import { openFonts } from "../src/render/pdf/fonts.ts";
import type { AppOptions } from "./app.ts";
import { required, storeFromEnvironment } from "./store.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

/**
 * The app's options from the environment: `BUCKET`, `PUBLIC_URL`, `AWS_REGION`, and for stores other than AWS
 * `S3_ENDPOINT` with `S3_FORCE_PATH_STYLE=true`. `OBJECT_LOCK_DAYS` locks records and artefacts for so long. `FONTS`
 * names a folder of an organ's own faces.
 * @throws when one is missing or a face cannot be opened
 */
export function optionsFromEnvironment(): AppOptions {
  return {
    store: storeFromEnvironment(),
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
