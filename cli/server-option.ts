import { Option } from "commander";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";
import type { Service } from "./service.ts";

/** `--server`, for commands that speak to a service. */
export const serverOption = (): Option =>
  new Option(
    "--server <url>",
    say("服务的网址，默认为最近登录的服务", "the service, by default the one last logged in at"),
  ).env("NIANBAO_SERVER");

/** `--token`, for commands that do something there. */
export const tokenOption = (): Option =>
  new Option("--token <token>", say("令牌；不写就用登录的", "a token; that of the login unless given")).env(
    "NIANBAO_TOKEN",
  );

/** Where and as whom. */
export interface ServiceOptions {
  readonly server?: string;
  readonly token?: string;
}

/**
 * The service that is meant, asked with the token that was given or that of the login.
 * @throws {Complaint} when none is named
 */
export async function openService({ server, token }: ServiceOptions): Promise<Service> {
  const [{ Service }, { tokenOf }] = await Promise.all([import("./service.ts"), import("./authorization.ts")]);
  // The environment may well have it empty.
  if (token !== undefined && token.trim() === "" && token !== process.env["NIANBAO_TOKEN"])
    throw new Complaint(say("--token 是空的；不写就用登录的令牌", "--token is empty; leave it out to use the login's"));
  const url = await serverOf(server);
  return new Service(url, async () => token?.trim() || tokenOf(new Service(url)));
}

/**
 * The service that is meant: as named, or the one last logged in at.
 * @throws {Complaint} when there is neither
 */
export async function serverOf(named: string | undefined): Promise<string> {
  const [{ serverUrl }, { readSessions }] = await Promise.all([import("./service.ts"), import("./sessions.ts")]);
  const server = named ?? (await readSessions()).latest;
  if (server === undefined)
    throw new Complaint(
      say("请用 --server 或 NIANBAO_SERVER 写明服务的网址", "name the service with --server or NIANBAO_SERVER"),
    );
  return serverUrl(server);
}
