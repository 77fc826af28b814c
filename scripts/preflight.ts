/** Asks the account, before anything is deployed, what a stage needs of it: `npm run preflight [-- STAGE]`. Reads only. */
import { askAccount } from "../infra/account.ts";
import { checkStage, StageError } from "../infra/check-stage.ts";
import { preflight, type Severity } from "../infra/preflight.ts";
import { stages } from "../infra/stages.ts";

const MARKS: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", fine: "✓", unknown: "?" };
const [wanted] = process.argv.slice(2);
const chosen = stages.filter(({ name }) => wanted === undefined || name === wanted);
if (chosen.length === 0) {
  console.error(`没有阶段“${wanted}” · there is no stage "${wanted}"`);
  process.exit(2);
}
let wrong = false;
for (const stage of chosen) {
  try {
    checkStage(stage);
    const account = await askAccount(stage);
    console.log(`${stage.name}: ${account.id} ${stage.region}`);
    for (const { severity, zh, en } of preflight(stage, account)) {
      console.log(`  ${MARKS[severity]} ${zh} · ${en}`);
      if (severity === "error") wrong = true;
    }
  } catch (error) {
    wrong = true;
    const { message } = error as Error;
    console.error(
      error instanceof StageError ? message : `${stage.name}: 没有账户可问 · no account could be asked: ${message}`,
    );
  }
}
process.exitCode = wrong ? 1 : 0;
