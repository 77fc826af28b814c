import type { Command } from "commander";
import { command } from "../command.ts";
import { Complaint } from "../exit.ts";
import { say } from "../language.ts";
import { printJson } from "../output.ts";

interface Options {
  readonly list?: boolean;
  readonly json?: boolean;
}

export const schemaCommand = (): Command =>
  command("schema", "nianbao schema > report.schema.json", "nianbao schema 2019", "nianbao schema --list")
    .description(say("输出报告的JSON Schema（2020-12）", "print the JSON Schema (2020-12) of a report"))
    .argument("[edition]", say("格式版本，不写就是最新的", "the edition of the form; the latest unless named"))
    .option("--list", say("列出各格式版本和适用年度", "list the editions and their years"))
    .option("--json", say("与 --list 同用：以JSON列出", "with --list: as JSON"))
    .action(printSchema);

async function printSchema(edition: string | undefined, { list, json }: Options): Promise<void> {
  const [{ forms }, { reportSchemas }] = await Promise.all([
    import("../../schemas/forms.ts"),
    import("../../generated/schemas.ts"),
  ]);
  if (list) {
    const editions = forms.map(({ edition, source, firstYear, lastYear }) => ({
      edition,
      source,
      firstYear,
      lastYear,
    }));
    if (json) printJson(editions);
    else
      for (const { edition, source, firstYear, lastYear } of editions)
        console.log(`${edition}  ${firstYear}–${lastYear ?? ""}  ${source}`);
    return;
  }
  const schema = reportSchemas[edition ?? forms.at(-1)!.edition];
  if (!schema) {
    const known = forms.map((form) => form.edition).join(say("、", ", "));
    throw new Complaint(
      say(`没有格式版本${edition}，有：${known}`, `there is no edition ${edition}; there are ${known}`),
    );
  }
  printJson(schema);
}
