import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Local, type LocalOptions, type Parts, startLocal } from "../../local/compose.ts";
import { issuerUrl, openSigner } from "../../local/issuer.ts";
import { loadBundle } from "./bundle.ts";

/** The parts of `npm start`, loaded anew each time. */
const PARTS: Parts = {
  api: () => loadBundle("api"),
  imports: () => loadBundle("imports"),
  indexer: () => loadBundle("indexer"),
  thread: new URL("../../local/api.worker.ts", import.meta.url),
};

/** What `npm start` runs, on free ports, with nothing stored. */
export interface TestLocal extends Local {
  /** An `Authorization` header of a user, the clerk when none is named. */
  authorization(user?: string): Promise<string>;
  /** POSTs a report as another system of the clerk's organ does. */
  file(report: unknown): Promise<Response>;
}

export async function startTestLocal(options: Partial<Omit<LocalOptions, "directory">> = {}): Promise<TestLocal> {
  process.env["LOG_FORMAT"] ??= "none";
  const directory = await mkdtemp(join(tmpdir(), "nianbao-"));
  const local = await startLocal({ port: 0, s3Port: 0, directory, parts: PARTS, ...options });
  const signer = await openSigner(directory, issuerUrl(Number(new URL(local.url).port)), options.issuer);
  const authorization = async (user = "clerk"): Promise<string> => `Bearer ${await signer.accessToken(user)}`;
  return {
    ...local,
    authorization,
    file: async (report) =>
      fetch(`${local.url}/reports`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: await authorization() },
        body: JSON.stringify(report),
      }),
    close: async () => {
      await local.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
