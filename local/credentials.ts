import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { secretFile } from "./secret-file.ts";

/** What requests to the embedded store are signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const fileOf = (directory: string): string => join(directory, "s3-credentials.json");

/** The credentials of a data folder, made at its first start. */
export async function openCredentials(directory: string): Promise<Credentials> {
  const make = (): string =>
    JSON.stringify({
      accessKeyId: `nianbao-${randomBytes(8).toString("hex")}`,
      secretAccessKey: randomBytes(32).toString("base64url"),
    } satisfies Credentials);
  return JSON.parse(await secretFile(fileOf(directory), make)) as Credentials;
}

/** Those of a folder in which a service was started before; undefined where none was, or they are another user's. */
export function knownCredentials(directory: string): Credentials | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(directory), "utf8")) as Credentials;
  } catch {
    return undefined;
  }
}

/** Has this process sign its requests with them. */
export function useCredentials({ accessKeyId, secretAccessKey }: Credentials): void {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  delete process.env["AWS_SESSION_TOKEN"];
}
