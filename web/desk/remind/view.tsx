import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { DeskRow } from "../../../src/desk/rows.ts";
import { Field, Notice, Progress, StepHeading } from "../../filing/flow/parts.tsx";
import type { Desk } from "../desk.ts";
import { hashOf, route } from "../route.ts";
import { say } from "../texts.ts";
import { History, type Kept } from "./history.tsx";
import { t } from "./texts.ts";

/** The organs that are to be reminded, as they are printed and copied as well. */
function Organs({ rows }: { readonly rows: readonly DeskRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard
    <section class="flow-scroll desk-reminded" tabIndex={0} aria-label={t("organs", { count: rows.length })}>
      <table class="flow-table">
        <caption>{t("organs", { count: rows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("code")}</th>
            <th scope="col">{t("due")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ uscc, name, due }) => (
            <tr key={uscc}>
              <th scope="row">{name}</th>
              <td>{uscc}</td>
              <td>{due}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const asText = (text: string, rows: readonly DeskRow[]): string =>
  [text, ...rows.map(({ name, uscc, due }) => `${name}\t${uscc}\t${due}`)].join("\n");

/** What is proposed, changed as one likes, and sent: kept as an event, on to the webhooks, or printed and copied. */
function Compose({ desk, sent }: { readonly desk: Desk; readonly sent: (kept: Kept) => void }) {
  const { division, year } = desk.data.value!;
  const text = useSignal(t("proposed", { year }));
  const [missing, busy, trouble, copied] = [useSignal(false), useSignal(false), useSignal(""), useSignal("")];
  const rows = desk.chosenRows;
  const send = async (): Promise<void> => {
    missing.value = text.value.trim() === "";
    if (missing.value || busy.value) return;
    busy.value = true;
    const body = { organs: rows.map(({ uscc }) => uscc), text: text.value.trim() };
    const answer = await desk.api.ask<Kept>("POST", `/reminders/${division}/${year}`, body);
    busy.value = false;
    trouble.value = answer.kind === "ok" ? "" : t("notSent", { reason: desk.why(answer) });
    if (answer.kind === "ok") sent(answer.value);
  };
  const copy = async (): Promise<void> => {
    const done = await navigator.clipboard.writeText(asText(text.value, rows)).then(
      () => true,
      () => false,
    );
    copied.value = t(done ? "copied" : "notCopied");
  };
  return (
    <>
      <Field
        label={t("text")}
        hint={t("textHint")}
        rows={5}
        maxLength={1000}
        value={text.value}
        error={missing.value ? t("textMissing") : undefined}
        onInput={(typed) => {
          text.value = typed;
        }}
      />
      <p class="desk-print-text">{text.value}</p>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <div class="flow-actions flow-no-print">
        <button type="button" class="flow-button flow-primary" onClick={() => void send()}>
          {t("send")}
        </button>
        <button type="button" class="flow-button" onClick={() => void copy()}>
          {t("copy")}
        </button>
        <button type="button" class="flow-button" onClick={() => print()}>
          {t("print")}
        </button>
        <Progress busy={busy.value}>{t("sending")}</Progress>
        <span role="status">{copied.value}</span>
      </div>
      <Organs rows={rows} />
    </>
  );
}

function Nobody({ desk }: { readonly desk: Desk }) {
  const late = desk.overdue.value;
  return (
    <>
      <p>{t("nobody")}</p>
      {late.length > 0 && (
        <button
          type="button"
          class="flow-button"
          onClick={() =>
            desk.choose(
              late.map(({ uscc }) => uscc),
              true,
            )
          }
        >
          {t("chooseLate", { count: late.length })}
        </button>
      )}
    </>
  );
}

/** Reminding many at once, and whom one has reminded before. */
export function RemindView({ desk }: { readonly desk: Desk }) {
  const { division, year } = desk.data.value!;
  const history = useSignal<readonly Kept[] | undefined>(undefined);
  const [done, trouble] = [useSignal(""), useSignal("")];
  const look = async (): Promise<void> => {
    const path = `/reminders/${division}/${year}`;
    const answer = await desk.api.ask<{ readonly reminders: readonly Kept[] }>("GET", path);
    if (answer.kind === "ok") history.value = answer.value.reminders;
    else trouble.value = desk.why(answer);
  };
  useEffect(() => void look(), []);
  return (
    <>
      <p class="flow-no-print">
        <a href={hashOf({ ...route.value, view: "list" })}>{say("back")}</a>
      </p>
      <StepHeading>{t("title")}</StepHeading>
      {done.value && <Notice kind="success">{done.value}</Notice>}
      {desk.chosenRows.length > 0 ? (
        <Compose
          desk={desk}
          sent={({ version, organs }) => {
            done.value = t("sent", { number: version, count: organs.length });
            desk.chosen.value = new Set();
            void look();
          }}
        />
      ) : (
        <Nobody desk={desk} />
      )}
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <Progress busy={!history.value && !trouble.value}>{t("looking")}</Progress>
      {history.value && <History desk={desk} reminders={history.value} look={look} />}
    </>
  );
}
