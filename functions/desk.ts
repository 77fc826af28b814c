import type { Context } from "hono";
import { authorizeOver, type Caller } from "../src/authenticate/caller.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { parseJson } from "../src/check/parse.ts";
import { readDesk } from "../src/desk/desk.ts";
import { formForYear } from "../src/form/forms.ts";
import { isCode } from "../src/form/uscc.ts";
import { concurrently } from "../src/index/concurrently.ts";
import { deliveriesOf } from "../src/office/deliver.ts";
import { type Reminder, remind, reminders } from "../src/office/reminders.ts";
import { divisionOfOrgan, liesWithin } from "../src/roster/roster.ts";
import { listedOrgan } from "../src/roster/stored.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { PRIVATE } from "./drafts.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError } from "./problem.ts";
import { contextOf, requestOf } from "./request.ts";

/** Reminders whose deliveries are read at a time. */
const AT_ONCE = 16;

/** Organs reminded at once, characters of what they are told. */
const MOST = { organs: 20_000, text: 4000 } as const;

const bad = (detail: string, detailEn: string): ProblemError =>
  new ProblemError({ status: 422, title: "正文不对", titleEn: "Bad body", detail, detailEn });

/** @throws ProblemError 422 */
function reminderIn(value: unknown): Pick<Reminder, "organs" | "text"> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const { organs, text, ...others } = (isObject ? value : {}) as Record<string, unknown>;
  const codes = Array.isArray(organs) && organs.length > 0 && organs.length <= MOST.organs && organs.every(isCode);
  const said = typeof text === "string" && text.trim() !== "" && text.length <= MOST.text;
  if (!codes || !said || Object.keys(others).length > 0)
    throw bad(
      `正文应有 organs（统一社会信用代码，至多${MOST.organs}个）和 text（1至${MOST.text}字）`,
      `The body must have organs (credit codes, at most ${MOST.organs}) and text (1 to ${MOST.text} characters)`,
    );
  return { organs: [...new Set(organs as readonly string[])], text };
}

/** Who sent a reminder is for the store alone. */
const answered = ({ version, organs, text, at }: Reminder) => ({ version, organs, text, at });

/** What the office above an organ works with. */
export function desk(options: AppOptions): Pick<Handlers, "getDesk" | "getReminders" | "remind"> {
  const { store, now, review: otherwise = "none" } = options;

  const placeOf = (c: Context<Env>) => ({ division: c.req.param("division") ?? "", year: Number(c.req.param("year")) });
  const overseer = async (c: Context<Env>): Promise<Caller> => {
    const place = placeOf(c);
    note(c, place);
    const caller = await contextOf(c, options).authenticate(c.req.header("authorization"));
    authorizeOver(caller, place.division);
    return caller;
  };

  /** An organ that somebody else oversees is not told what to do. @throws ProblemError 422 */
  async function expectWithin(organs: readonly string[], division: string): Promise<void> {
    for (const uscc of organs) {
      if (liesWithin(uscc.slice(2, 8), division)) continue;
      const listed = await listedOrgan(store, uscc);
      if (listed && liesWithin(divisionOfOrgan(listed), division)) continue;
      throw bad(`${uscc}不在${division}`, `${uscc} is not in ${division}`);
    }
  }

  return {
    getDesk: async (c) => {
      await overseer(c);
      // A year that no edition is of has no deadline.
      if (!formForYear(placeOf(c).year)) throw notFound(c.req.path);
      const today = shanghaiTime(now()).slice(0, 10);
      const answer = await readDesk(store, { ...placeOf(c), today, otherwise });
      note(c, { outcome: "read" });
      return c.json(answer, 200, PRIVATE);
    },
    getReminders: async (c) => {
      await overseer(c);
      const all = await reminders(store, placeOf(c));
      const deliveries = await concurrently(all, AT_ONCE, (reminder) => deliveriesOf(store, reminder));
      note(c, { outcome: "read" });
      const answer = all.map((reminder, i) => ({ ...answered(reminder), deliveries: deliveries[i] ?? [] }));
      return c.json({ reminders: answer }, 200, PRIVATE);
    },
    remind: async (c) => {
      const caller = await overseer(c);
      const { body, idempotencyKey: key } = requestOf(c);
      const asked = reminderIn(parseJson(await body()));
      const { division, year } = placeOf(c);
      await expectWithin(asked.organs, division);
      const { created, reminder } = await remind(store, {
        division,
        year,
        ...asked,
        at: shanghaiTime(now()),
        by: caller.filer,
        ...(key === undefined ? {} : { key }),
      });
      note(c, { version: reminder.version, outcome: created ? "reminded" : "unchanged" });
      return c.json(answered(reminder), created ? 201 : 200);
    },
  };
}
