import { resolve } from "node:path";
import { type Credentials, knownCredentials, useCredentials } from "./credentials.ts";
import { knownLogKey } from "./log-key.ts";

/** Sets for the bundles what CDK sets in the cloud; they read it once, when they are loaded. */
export function configure(
  bucket: string,
  { endpoint, credentials }: { readonly endpoint: string; readonly credentials: Credentials },
  more: Readonly<Record<string, string>>,
): void {
  useCredentials(credentials);
  Object.assign(process.env, {
    BUCKET: bucket,
    AWS_REGION: "us-east-1",
    S3_ENDPOINT: endpoint,
    S3_FORCE_PATH_STYLE: "true",
    ...more,
  });
}

/** The bucket of `npm start`. */
export const BUCKET = "nianbao";

/** What pages are made with where a service has this address: readers and organs find it there alike. */
export const addresses = (url: string) => ({ PUBLIC_URL: url, API_URL: url });

/** Where data are when `DATA_DIR` does not say. */
export const dataDirectory = (): string => resolve(process.env["DATA_DIR"] ?? ".data");

/** Points a command without `BUCKET` in its environment at the store of a running `npm start` (`S3_PORT`, `PORT`, `DATA_DIR`). */
export function useRunning(): void {
  if (process.env["BUCKET"]) return;
  const { S3_PORT = "4568", PORT = "8080" } = process.env;
  // Without a service that was started there, there is none that could answer either.
  const credentials = knownCredentials(dataDirectory()) ?? { accessKeyId: "none", secretAccessKey: "none" };
  configure(
    BUCKET,
    { endpoint: `http://127.0.0.1:${S3_PORT}`, credentials },
    { ...addresses(`http://localhost:${PORT}`), ...knownLogKey(dataDirectory()) },
  );
}
