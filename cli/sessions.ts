import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";

/** A login at one service. */
export interface Session {
  readonly issuer: string;
  readonly clientId: string;
  /** The token that the service takes. */
  readonly token: string;
  readonly refreshToken?: string;
  /** Epoch seconds. */
  readonly expiresAt?: number;
  readonly name?: string;
}

/** Every login of this user; `latest` is the service of the latest. */
export interface Sessions {
  readonly latest?: string;
  readonly servers: Readonly<Record<string, Session>>;
}

const directory = (): string => envPaths("nianbao", { suffix: "" }).config;

/** Where logins are kept, its owner's alone: `~/.config/nianbao/sessions.json` and what is usual on other systems. */
export const sessionsFile = (): string => join(directory(), "sessions.json");

/** The logins that are kept; none where the file is missing or no longer makes sense. */
export async function readSessions(): Promise<Sessions> {
  try {
    const kept = JSON.parse(await readFile(sessionsFile(), "utf8")) as Partial<Sessions>;
    return { ...kept, servers: kept.servers ?? {} };
  } catch {
    return { servers: {} };
  }
}

async function write(sessions: Sessions): Promise<void> {
  await mkdir(directory(), { recursive: true, mode: 0o700 });
  const aside = `${sessionsFile()}.${randomBytes(6).toString("hex")}`;
  await writeFile(aside, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600 });
  await rename(aside, sessionsFile());
}

/** Keeps a login in the place of one at the same service. */
export async function keepSession(server: string, session: Session): Promise<void> {
  const { servers } = await readSessions();
  await write({ latest: server, servers: { ...servers, [server]: session } });
}

/** Forgets the login at a service; the file goes with the last. */
export async function forgetSession(server: string): Promise<void> {
  const { [server]: _, ...servers } = (await readSessions()).servers;
  const latest = Object.keys(servers).at(-1);
  if (latest === undefined) await rm(sessionsFile(), { force: true });
  else await write({ latest, servers });
}
