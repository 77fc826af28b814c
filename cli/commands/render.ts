import { extname } from "node:path";
import { type Command, Option } from "commander";
import type { Report } from "../../generated/report.ts";
import type { Format } from "../../src/formats/format.ts";
import { WRITTEN } from "../../src/formats/registry.ts";
import { command } from "../command.ts";
import { expectOneStandardInput } from "../contradictions.ts";
import { Complaint } from "../exit.ts";
import { readBytes, readJson } from "../input.ts";
import { say } from "../language.ts";
import { writeOutput } from "../output.ts";

const NAMES = WRITTEN.map(({ name }) => name);

interface Options {
  readonly output: string;
  readonly format?: string;
  readonly preview?: boolean;
  readonly seal?: string;
}

export const renderCommand = (): Command =>
  command(
    "render",
    "nianbao render report.json -o report.pdf",
    "nianbao render report.json -o report.html",
    "nianbao render report.json -o report.docx",
    "nianbao render report.json --format csv -o - | head",
    "nianbao render report.json -o report.pdf --seal seal.png",
  )
    .description(
      say("把报告排成PDF，或写成网页、Word、CSV", "set a report as PDF, or write it as a page, Word file or CSV"),
    )
    .argument("<file>", say("报告（JSON），- 为标准输入", "the report (JSON), - for standard input"))
    .requiredOption(
      "-o, --output <file>",
      say(
        "写到哪个文件，以扩展名定格式；- 为标准输出",
        "where to write it, the format by its extension; - for standard output",
      ),
    )
    .addOption(new Option("--format <format>", say("格式", "the format")).choices(NAMES))
    .option("--preview", say("每页标“预览”（PDF）", "mark every page 预览 (PDF)"))
    .option("--seal <png>", say("加盖的印章，带透明通道的PNG（PDF）", "the organ's seal, a PNG with alpha (PDF)"))
    .action(render);

/** What is asked for, by option or by extension. */
function formatOf({ format, output }: Options): Format {
  const extension = extname(output).slice(1).toLowerCase().replace(/^htm$/, "html");
  const known = WRITTEN.find(({ name }) => name === extension);
  if (format && known && format !== known.name)
    throw new Complaint(
      say(
        `--format ${format} 与文件名 ${output} 不符；请改其一`,
        `--format ${format} contradicts the name ${output}; change one of them`,
      ),
    );
  const asked = format === undefined ? known : WRITTEN.find(({ name }) => name === format);
  if (asked) return asked;
  throw new Complaint(
    say(
      `从${output}看不出格式；请用 --format ${NAMES.join("|")}`,
      `${output} does not tell the format; use --format ${NAMES.join("|")}`,
    ),
  );
}

async function render(file: string, options: Options): Promise<void> {
  const format = formatOf(options);
  if (format.name !== "pdf" && (options.seal || options.preview))
    throw new Complaint(say("--seal 和 --preview 只用于PDF", "--seal and --preview are for PDF only"));
  expectOneStandardInput(file, options.seal);
  const { reportOrComplain } = await import("../checked.ts");
  const report = reportOrComplain(await readJson(file));
  if (report) await writeOutput(options.output, await rendered(report, format, options), format.binary);
}

async function rendered(report: Report, format: Format, { preview, seal }: Options): Promise<Uint8Array> {
  const [{ composedReport }, { writeAs }, { fonts }] = await Promise.all([
    import("../../src/formats/content.ts"),
    import("../../src/formats/write.ts"),
    import("../fonts.ts"),
  ]);
  const sealed = seal ? { seal: (await import("../../src/typeset/seal.ts")).sealFrom(await readBytes(seal)) } : {};
  const content = composedReport({ of: "report", report, ...sealed });
  return writeAs(format, content, { fonts, ...(preview ? { watermark: "预览" } : {}) });
}
