/** Tells the bundles what CDK tells them in the cloud; they read it once, when they are loaded. */
export function configure(bucket: string, s3Endpoint: string, more: Readonly<Record<string, string>>): void {
  Object.assign(process.env, {
    BUCKET: bucket,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "S3RVER",
    AWS_SECRET_ACCESS_KEY: "S3RVER",
    S3_ENDPOINT: s3Endpoint,
    S3_FORCE_PATH_STYLE: "true",
    ...more,
  });
}

/** The bucket of `npm start`. */
export const BUCKET = "nianbao";

/** What pages are made with where a service has this address: readers and organs find it there alike. */
export const addresses = (url: string) => ({ PUBLIC_URL: url, API_URL: url });

/** Points a command without `BUCKET` in its environment at the store of a running `npm start` (`S3_PORT`, `PORT`). */
export function useRunning(): void {
  if (process.env["BUCKET"]) return;
  const { S3_PORT = "4568", PORT = "8080" } = process.env;
  configure(BUCKET, `http://127.0.0.1:${S3_PORT}`, addresses(`http://localhost:${PORT}`));
}
