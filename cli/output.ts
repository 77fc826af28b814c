import { writeFile } from "node:fs/promises";
import { styleText } from "node:util";
import { Complaint } from "./exit.ts";
import { reasonOf } from "./input.ts";
import { say } from "./language.ts";

type Style = Parameters<typeof styleText>[0];

/** Text in a colour where the stream shows colours: a terminal, as `NO_COLOR` and `FORCE_COLOR` have it. */
export const styled = (style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string =>
  stream.hasColors?.() || process.env["FORCE_COLOR"]
    ? styleText(style, text, { stream } as Parameters<typeof styleText>[2])
    : text;

/** A value as JSON for other programs, on standard output. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

/**
 * Writes a file, or to standard output for `-`.
 * @throws {Complaint} when it cannot be written, or bytes would go to a terminal
 */
export async function writeOutput(file: string, bytes: Uint8Array, binary = false): Promise<void> {
  if (file === "-") {
    if (binary && process.stdout.isTTY)
      throw new Complaint(
        say(
          "不能把文件内容写到终端；请用 > 文件 或 -o 文件",
          "not writing a file to a terminal; use > FILE or -o FILE",
        ),
      );
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    return;
  }
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new Complaint(say(`不能写入${file}：${reasonOf(error)}`, `cannot write ${file}: ${reasonOf(error)}`));
  });
}
