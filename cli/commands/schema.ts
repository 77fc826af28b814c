import type { Command } from "commander";
import type { EditionForm } from "../../src/form/form.ts";
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

/**
 * The form of an edition, the latest unless named.
 * @throws {Complaint} when there is none of the name
 */
export async function editionForm(edition: string | undefined): Promise<EditionForm> {
  const { forms } = await import("../../src/form/forms.ts");
  const form = edition === undefined ? forms.at(-1) : forms.find((f) => f.edition === edition);
  if (form) return form;
  const known = forms.map((f) => f.edition).join(say("、", ", "));
  throw new Complaint(
    say(`没有格式版本${edition}，有：${known}`, `there is no edition ${edition}; there are ${known}`),
  );
}

async function printSchema(edition: string | undefined, { list, json }: Options): Promise<void> {
  if (list && edition !== undefined)
    throw new Complaint(say("--list 列出全部版本，不能再写一个版本", "--list names every edition and takes none"));
  if (list) {
    const { forms } = await import("../../src/form/forms.ts");
    const known = forms.map(({ edition, source, firstYear, lastYear }) => ({ edition, source, firstYear, lastYear }));
    if (json) printJson(known);
    else
      for (const { edition, source, firstYear, lastYear } of known)
        console.log(`${edition}  ${firstYear}–${lastYear ?? ""}  ${source}`);
    return;
  }
  const form = await editionForm(edition);
  const { reportSchemas } = await import("../../generated/schemas.ts");
  printJson(reportSchemas[form.edition]);
}
