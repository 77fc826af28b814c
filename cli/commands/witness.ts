import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { command } from "../command.ts";
import { Complaint, EXIT } from "../exit.ts";
import { say } from "../language.ts";

interface Options {
  readonly folder: string;
  readonly name: string;
  readonly key?: string;
}

export const witnessCommand = (): Command =>
  command("witness", "nianbao witness https://… --folder /var/lib/nianbao-witness --name paper.example.cn")
    .description(
      say(
        "见证一个网站的公布日志：从上次见到的检查点接着写的，签名并存下；不是的，退出码为1。由cron运行",
        "cosign and keep the checkpoint of a site's log when it goes on from the last one seen; exits 1 when not; for cron",
      ),
    )
    .argument("<url>", say("公布报告的网站", "the site that publishes the reports"))
    .requiredOption(
      "--folder <folder>",
      say("存放检查点和见证人密钥的目录", "where checkpoint and the witness's key lie"),
    )
    .requiredOption("--name <name>", say("见证人的名称，如域名", "the witness's name, such as a domain"))
    .option(
      "--key <key>",
      say("日志的公钥；不写就用第一次见到的", "the log's public key; the one seen first otherwise"),
    )
    .action(witness);

/** A file of the witness's folder; undefined where there is none. */
const kept = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });

async function witness(url: string, options: Options): Promise<void> {
  const [{ keyIn, keyOfSite, siteLog }, witnessing, { DamagedLogError }, { vkeyOf }, secrets, { writeAtomically }] =
    await Promise.all([
      import("../log.ts"),
      import("../witnessing.ts"),
      import("../../src/log/tiles.ts"),
      import("../../src/log/note.ts"),
      import("../../local/secret-file.ts"),
      import("../../src/batch/atomically.ts"),
    ]);
  const { folder, name } = options;
  if (!/^[^\s+]+$/u.test(name))
    throw new Complaint(say("名称里不能有空格和加号", "the name may have neither spaces nor +"));
  const file = (part: string): string => join(folder, part);
  const read = siteLog(url.replace(/\/$/, ""));
  const signer = await witnessing.signerOfFile(file("witness-key"), secrets.secretFile);
  const known = options.key ?? (await kept(file("log-key")));
  const log = known === undefined ? await keyOfSite(read) : keyIn(known);
  try {
    const last = await kept(file("checkpoint"));
    const cosigned = await witnessing.cosign({ read, log, last, name, signer, time: Math.floor(Date.now() / 1000) });
    if (known === undefined) writeAtomically(file("log-key"), `${vkeyOf(log)}\n`);
    writeAtomically(file("checkpoint"), cosigned);
    process.stdout.write(cosigned);
    console.error(
      `${say("见证人的公钥", "the witness's key")}  ${vkeyOf({ name, kind: "cosignature", publicKey: signer.publicKey })}`,
    );
  } catch (error) {
    if (!(error instanceof DamagedLogError)) throw error;
    // What it showed is the proof against it.
    writeAtomically(file("refused"), (await read("checkpoint")) ?? new Uint8Array());
    console.error(say(`不予见证：${error.message}`, `not cosigned: ${error.message}`));
    process.exitCode = EXIT.wrong;
  }
}
