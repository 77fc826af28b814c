import { useSignal } from "@preact/signals";
import { Field, StepHeading } from "../filing/flow/parts.tsx";
import type { Desk } from "./desk.ts";
import { goTo, route } from "./route.ts";
import { say } from "./texts.ts";

/** The code of a division whose first digits a token names. */
const whole = (digits = ""): string => digits.padEnd(6, "0").slice(0, 6);

/** Whose organs, and of which year. */
export function Choose({ desk }: { readonly desk: Desk }) {
  const state = desk.session.state.value;
  const before = route.peek().at;
  const named = "account" in state ? state.account.divisions : [];
  const division = useSignal(before?.division ?? (named[0] === undefined ? "" : whole(named[0])));
  const year = useSignal(String(before?.year ?? new Date().getFullYear() - 1));
  const tried = useSignal(false);
  const isDivision = /^\d{6}$/.test(division.value.trim());
  const isYear = /^\d{4}$/.test(year.value.trim());
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tried.value = true;
        if (!isDivision || !isYear) return;
        const at = { division: division.value.trim(), year: Number(year.value) };
        const again = before?.division === at.division && before.year === at.year;
        if (again) void desk.load(at);
        else goTo({ at, view: "list" });
      }}
    >
      <StepHeading focus={false}>{say("title")}</StepHeading>
      <Field
        label={say("division")}
        hint={say("divisionHint")}
        className="flow-field-year"
        inputMode="numeric"
        value={division.value}
        error={tried.value && !isDivision ? say("divisionWrong") : undefined}
        onInput={(text) => {
          division.value = text;
        }}
      />
      <Field
        label={say("year")}
        className="flow-field-year"
        inputMode="numeric"
        value={year.value}
        error={tried.value && !isYear ? say("yearWrong") : undefined}
        onInput={(text) => {
          year.value = text;
        }}
      />
      <div class="flow-actions">
        <button type="submit" class="flow-button flow-primary">
          {say("open")}
        </button>
      </div>
    </form>
  );
}
