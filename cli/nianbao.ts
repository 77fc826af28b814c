/** The `nianbao` command: the same checks and the same page as the service, without a server. */
import { readFile, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { Report } from "../generated/report.ts";
import { glyphFindings } from "../src/check/conclude.ts";
import { typeset } from "../src/document.ts";
import { ExplainedError } from "../src/explained-error.ts";
import { type Finding, hasErrors } from "../src/finding.ts";
import { ParseError, parseJson } from "../src/parse/parse.ts";
import { extractSource } from "../src/render/pdf/extract.ts";
import { openFonts } from "../src/render/pdf/fonts.ts";
import { sealFrom } from "../src/seal.ts";
import { validate } from "../src/validate/validate.ts";

declare const NIANBAO_VERSION: string;

/** 0 all is well, 1 the report has errors, 2 the command could not be carried out. */
const EXIT = { valid: 0, invalid: 1, failed: 2 } as const;

/** Chinese unless `NIANBAO_LANG=en`. */
const english = process.env["NIANBAO_LANG"] === "en";
const say = (zh: string, en: string): string => (english ? en : zh);

const fonts = () => openFonts(process.env["FONTS"] ?? fileURLToPath(new URL("../fonts", import.meta.url)));

/** A complaint for people, without a stack. */
class Complaint extends Error {}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return file === "-" ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    throw new Complaint(
      say(`读不到${file}：${(error as Error).message}`, `cannot read ${file}: ${(error as Error).message}`),
    );
  }
}

async function read(file: string): Promise<unknown> {
  const bytes = await readBytes(file);
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof ParseError) throw new Complaint(`${file}：${say(error.messageZh, error.message)}`);
    throw error;
  }
}

const LEVELS = {
  error: ["错误", "error"],
  warning: ["警告", "warning"],
  information: ["提示", "information"],
} as const;

/** A finding as lines: what is wrong, then every cell by its label and its pointer. */
function printed(finding: Finding): string {
  const [zh, en] = LEVELS[finding.level];
  const cells = finding.cells.map(
    (c) =>
      `    ${c.of ? say("上年 ", "last year ") : ""}${c.label}${c.value === undefined ? "" : ` = ${c.value}`}  ${c.pointer}`,
  );
  return [`${say(zh, en)} ${finding.id}：${say(finding.message, finding.messageEn)}`, ...cells].join("\n");
}

function checked(value: unknown): { findings: readonly Finding[]; report?: Report } {
  const { findings, report } = validate(value);
  if (!report) return { findings };
  const all = [...findings, ...glyphFindings(report, fonts())];
  return hasErrors(all) ? { findings: all } : { findings: all, report };
}

const program = new Command("nianbao")
  .description(
    "政府信息公开工作年度报告：校验、排版 · checks and typesets annual reports on open government information",
  )
  .version(NIANBAO_VERSION)
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.failed));

program
  .command("validate")
  .description("校验一份报告；有错误时退出码为1 · check a report, exit 1 on errors")
  .argument("<file>", "报告JSON文件，- 为标准输入 · report JSON, - for standard input")
  .option("--json", "以JSON输出全部问题 · print the findings as JSON")
  .addHelpText("after", "\n例 · example:\n  npx nianbao validate examples/liaocheng-2020.json")
  .action(async (file: string, options: { json?: boolean }) => {
    const { findings } = checked(await read(file));
    if (options.json) console.log(JSON.stringify({ valid: !hasErrors(findings), findings }, null, 2));
    else {
      for (const finding of findings) console.log(printed(finding));
      const errors = findings.filter((f) => f.level === "error").length;
      console.error(
        errors > 0
          ? say(`${file}：${errors}处错误`, `${file}: ${errors} errors`)
          : say(
              `${file}：通过校验${findings.length > 0 ? `，${findings.length}处需要说明` : ""}`,
              `${file}: valid${findings.length > 0 ? `, ${findings.length} to be explained` : ""}`,
            ),
      );
    }
    process.exitCode = hasErrors(findings) ? EXIT.invalid : EXIT.valid;
  });

program
  .command("render")
  .description("把一份报告排成PDF · set a report as PDF")
  .argument("<file>", "报告JSON文件，- 为标准输入 · report JSON, - for standard input")
  .requiredOption("-o, --output <pdf>", "写到哪个文件 · where to write it")
  .option("--preview", "每页标“预览” · mark every page 预览")
  .option("--seal <png>", "加盖的印章图片（带透明通道的PNG） · the organ's seal, a PNG with alpha")
  .addHelpText("after", "\n例 · example:\n  npx nianbao render examples/hangzhou-2025.json -o hangzhou.pdf")
  .action(async (file: string, options: { output: string; preview?: boolean; seal?: string }) => {
    const { findings, report } = checked(await read(file));
    if (!report) {
      for (const finding of findings) console.error(printed(finding));
      process.exitCode = EXIT.invalid;
      return;
    }
    const pdf = await typeset(report, fonts(), {
      ...(options.preview ? { watermark: "预览" } : {}),
      ...(options.seal ? { seal: sealFrom(await readBytes(options.seal)) } : {}),
    });
    await writeFile(options.output, pdf);
  });

program
  .command("extract")
  .description(
    "取出PDF附带的报告数据；被改动过的文件不予取出，退出码为1 · print the data that a PDF carries, exit 1 if it was altered",
  )
  .argument("<pdf>", "本系统生成的PDF，- 为标准输入 · a PDF of this system, - for standard input")
  .addHelpText("after", "\n例 · example:\n  npx nianbao extract report.pdf > report.json")
  .action(async (file: string) => {
    process.stdout.write(await extractSource(await readBytes(file)));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof ExplainedError) {
    console.error(say(error.message, error.messageEn));
    process.exitCode = EXIT.invalid;
  } else if (error instanceof Complaint) {
    console.error(error.message);
    process.exitCode = EXIT.failed;
  } else throw error;
}
