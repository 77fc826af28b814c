import type { Command } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { serverOf, serverOption } from "../server-option.ts";

export const logoutCommand = (): Command =>
  command("logout", "nianbao logout", "nianbao logout --server https://gov.example.cn")
    .description(say("退出登录，删去保存的令牌", "log out and remove the token that was kept"))
    .addOption(serverOption())
    .action(async ({ server: named }: { readonly server?: string }) => {
      const server = await serverOf(named);
      const [{ forgetSession, readSessions }, { revoke }] = await Promise.all([
        import("../sessions.ts"),
        import("../authorization.ts"),
      ]);
      const session = (await readSessions()).servers[server];
      if (!session) {
        console.error(say(`没有登录 ${server}。`, `Not logged in at ${server}.`));
        return;
      }
      // Forgotten here whatever the issuer says.
      await forgetSession(server);
      const revoked = await revoke(session);
      console.error(
        say(
          `已退出 ${server}${revoked ? "" : "；登录服务没有回应，令牌到期之前在那里仍然有效"}。`,
          `Logged out of ${server}${revoked ? "" : "; the issuer did not answer, and the token holds there until it expires"}.`,
        ),
      );
    });
