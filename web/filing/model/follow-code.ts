/** The organ's name goes with its code: with another organ's code, the name that stood is another organ's. */
import { getCell } from "../../../src/form/cells.ts";
import { isUscc } from "../../../src/form/uscc.ts";
import { usccCheckCharacter } from "../../../src/rules/check-character.ts";
import type { DraftReport } from "../contract.ts";
import type { Form } from "./form-model.ts";

const [CODE, NAME] = ["/organ/uscc", "/organ/name"];
/** Typing a code, and the name that comes with it, are one step. */
const TAG = `field ${CODE}`;

/** What became of the name. */
export type Followed = { readonly kind: "named" | "removed"; readonly name: string };

/** Whether a code is whole and its check character right: what is half typed, or mistyped, is no other organ's. */
const isWhole = (code: unknown): code is string =>
  typeof code === "string" && isUscc(code) && usccCheckCharacter(code) === code[17];

/** Whether the name in a report came to stand there with another code. */
function isAnothers(report: DraftReport, before: Iterable<DraftReport>, uscc: string): boolean {
  for (const past of before) {
    const code = getCell(past, CODE);
    if (isWhole(code)) return code !== uscc && getCell(past, NAME) === getCell(report, NAME);
  }
  return false;
}

/**
 * Puts a code into the report as it is typed. Once it is another organ's, the name that stood with the one before goes,
 * and the name of its own is put in where it is known. A name that was typed since stays.
 * @param nameOf what the organ of a code is called; empty where that is not known
 */
export async function typeCode(
  model: Form,
  typed: string,
  nameOf: (uscc: string) => Promise<string>,
): Promise<Followed | undefined> {
  const report = model.report.peek();
  const old = getCell(report, NAME);
  const whole = isWhole(typed);
  const gone = whole && typeof old === "string" && old !== "" && isAnothers(report, model.states(), typed);
  // What stood with a whole code is a step of its own, to be found again.
  if (isWhole(getCell(report, CODE))) model.seal();
  model.edit([[CODE, typed || undefined], ...(gone ? [[NAME, undefined] as const] : [])], TAG);
  const isUnnamed = (): boolean => {
    const now = model.report.peek();
    return getCell(now, CODE) === typed && (getCell(now, NAME) ?? "") === "";
  };
  if (!whole || !isUnnamed()) return undefined;
  const name = await nameOf(typed);
  if (!isUnnamed()) return undefined;
  if (name !== "") {
    model.edit([[NAME, name]], TAG);
    return { kind: "named", name };
  }
  return gone ? { kind: "removed", name: old } : undefined;
}
