import type { Command } from "commander";
import { command } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { Complaint } from "../exit.ts";
import { language, say } from "../language.ts";
import { styled } from "../output.ts";
import { serverOf, serverOption } from "../server-option.ts";

export const loginCommand = (): Command =>
  refusing(described(), {
    apart: [
      ["status", "server"],
      ["status", "clientId"],
    ],
  });

const described = (): Command =>
  command("login", "nianbao login --server https://gov.example.cn", "nianbao login --status")
    .description(
      say(
        "登录一个服务：在浏览器里输入这里显示的代码（设备码，RFC 8628）",
        "log in at a service: enter the code shown here in a browser (device flow, RFC 8628)",
      ),
    )
    .addOption(serverOption())
    .option(
      "--client-id <id>",
      say(
        "登录服务给命令行的客户端编号，默认与填报页面相同",
        "the command's client id at the issuer, by default that of the filing pages",
      ),
    )
    .option("--status", say("只显示登录在哪些服务", "only show where you are logged in"))
    .action(login);

interface Options {
  readonly server?: string;
  readonly clientId?: string;
  readonly status?: boolean;
}

const timeOf = (epochSeconds: number): string =>
  new Date(epochSeconds * 1000).toLocaleString(language === "en" ? "en-GB" : "zh-CN");

async function login({ server: named, clientId, status }: Options): Promise<void> {
  if (status) return showStatus();
  const server = await serverOf(named);
  const [{ Service }, { signIn }, { keepSession, sessionsFile }] = await Promise.all([
    import("../service.ts"),
    import("../authorization.ts"),
    import("../sessions.ts"),
  ]);
  const session = await signIn(new Service(server), {
    clientId,
    ask: ({ code, page, pageWithCode, holds }) => {
      const minutes = Math.round(holds / 60);
      const at = styled("underline", pageWithCode ?? page, process.stderr);
      const shown = styled("bold", code, process.stderr);
      console.error(
        say(
          `在浏览器里打开  ${at}\n核对代码        ${shown}（${minutes}分钟内有效）\n等待确认……`,
          `Open            ${at}\nand see that the code is ${shown} (it holds for ${minutes} minutes)\nWaiting …`,
        ),
      );
    },
  });
  await keepSession(server, session);
  console.error(
    say(
      `已登录 ${server}${session.name ? `：${session.name}` : ""}。令牌保存在 ${sessionsFile()}，只有自己能读。`,
      `Logged in at ${server}${session.name ? ` as ${session.name}` : ""}. The token is in ${sessionsFile()}, readable by you alone.`,
    ),
  );
}

async function showStatus(): Promise<void> {
  const { readSessions } = await import("../sessions.ts");
  const { latest, servers } = await readSessions();
  for (const [server, { name, expiresAt, refreshToken }] of Object.entries(servers)) {
    const until = refreshToken
      ? say("自动续期", "renewed by itself")
      : expiresAt === undefined
        ? ""
        : say(`至 ${timeOf(expiresAt)}`, `until ${timeOf(expiresAt)}`);
    console.log(`${server === latest ? "*" : " "} ${server}  ${name ?? ""}  ${until}`);
  }
  if (Object.keys(servers).length === 0) throw new Complaint(say("没有登录任何服务", "not logged in anywhere"));
}
