import type { Command } from "commander";
import { command } from "../command.ts";
import { levelName } from "../findings.ts";
import { say } from "../language.ts";
import { printJson, styled } from "../output.ts";
import { editionForm } from "./schema.ts";

export const rulesCommand = (): Command =>
  command("rules", "nianbao rules", "nianbao rules 2019 --json")
    .description(say("列出校验规则：编号、级别和内容", "list the rules: id, level and what they say"))
    .argument("[edition]", say("格式版本，不写就是最新的", "the edition of the form; the latest unless named"))
    .option("--json", say("以JSON输出", "print them as JSON"))
    .action(async (edition: string | undefined, { json }: { readonly json?: boolean }) => {
      const [form, { rulesOf }, { FILING_RULES }] = await Promise.all([
        editionForm(edition),
        import("../rules.ts"),
        import("../../src/check/filing-rules.ts"),
      ]);
      const rules = [...rulesOf(form), ...FILING_RULES.map((rule) => ({ ...rule, comparesWithLastYear: false }))];
      if (json) {
        printJson(rules);
        return;
      }
      const width = Math.max(...rules.map(({ id }) => id.length));
      for (const { id, level, comparesWithLastYear, says } of rules) {
        const needs = comparesWithLastYear ? styled("dim", say("（比对上年）", " (compares with last year)")) : "";
        console.log(`${styled("bold", id.padEnd(width))}  ${levelName(level)}  ${say(says.zh, says.en)}${needs}`);
      }
    });
