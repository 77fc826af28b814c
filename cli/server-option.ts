import { Option } from "commander";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** `--server`, for commands that speak to a service. */
export const serverOption = (): Option =>
  new Option(
    "--server <url>",
    say("服务的网址，默认为最近登录的服务", "the service, by default the one last logged in at"),
  ).env("NIANBAO_SERVER");

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
