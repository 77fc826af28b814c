import { Fragment } from "preact";
import { cellsByPointer, getCell } from "../../../src/form/cells.ts";
import { doubtWords } from "../../../src/import/doubt.ts";
import type { Reading } from "../../../src/import/figures.ts";
import type { Note } from "../../../src/import/note.ts";
import { inLanguage, labelOf } from "../i18n.ts";
import type { DifferingTotal } from "../model/draft.ts";
import { isConcern, notable, openOf, type PasteReport } from "../paste/paste.ts";
import { t } from "../texts.ts";
import { valueText } from "../value-text.ts";
import type { GridState } from "./state.ts";

const figureText = (reading: Reading): string => (reading.kind === "figure" ? valueText(reading.value) : "");
const notesText = (notes: readonly Note[]): string => notes.map((note) => t(note)).join(inLanguage(["、", ", "]));
/** That a text is no figure, and why if there is more to say. */
function unreadText(source: string, reading: Reading): string {
  const doubt = reading.kind === "unread" && reading.doubt ? doubtWords(reading.doubt) : undefined;
  return doubt
    ? t("enteredUnreadWhy", { source, why: inLanguage([doubt.zh, doubt.en]) })
    : t("enteredUnread", { source });
}
const sentText = (sent: unknown): string =>
  typeof sent === "number" || typeof sent === "string" ? String(sent) : JSON.stringify(sent);

/** Totals that came from elsewhere and are not the sums. */
export function Differing({ totals }: { readonly totals: readonly DifferingTotal[] }) {
  return (
    <>
      <p>
        <b>{t("differing", { count: totals.length })}</b>
      </p>
      <ul>
        {totals.map((total) => (
          <li key={total.pointer}>
            {t("differingOne", {
              label: inLanguage([total.label, total.labelEn]),
              sent: sentText(total.sent),
              computed: total.computed,
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Pasted({ report, count }: { readonly report: PasteReport; readonly count: number }) {
  const { cells, differing, missing, unknown, short, outside } = report;
  const blank = cells.filter((cell) => cell.reading.kind === "blank").length;
  const normalised = cells.filter((cell) => notable(cell.reading).length > 0);
  const unread = cells.filter((cell) => cell.reading.kind === "unread");
  const rows = (list: readonly string[]): string => list.join(inLanguage(["；", "; "]));
  const said: readonly (readonly [boolean, string])[] = [
    [blank > 0, t("pastedBlank", { count: blank })],
    [short.length > 0, t("pastedShort", { rows: rows(short) })],
    [missing.length > 0, t("pastedMissing", { rows: rows(missing) })],
    [unknown.length > 0, t("pastedUnknown", { rows: rows(unknown) })],
    [outside > 0, t("pastedOutside", { count: outside })],
  ];
  return (
    <>
      <p>
        {t("pasted", { count })}
        {said.map(([applies, text]) => applies && <Fragment key={text}> {text}</Fragment>)}
      </p>
      {unread.length > 0 && (
        <>
          <p>
            <b>{t("pastedUnread", { count: unread.length })}</b>
          </p>
          <ul>
            {unread.map((cell) => (
              <li key={cell.pointer}>
                {inLanguage([cell.label, cell.labelEn])}：{unreadText(cell.source.trim(), cell.reading)}
              </li>
            ))}
          </ul>
        </>
      )}
      {differing.length > 0 && <Differing totals={differing} />}
      {normalised.length > 0 && (
        <details>
          <summary>
            {t("pastedNormalised", { count: normalised.length })}
            {t("details")}
          </summary>
          <ul>
            {normalised.map((cell) => (
              <li key={cell.pointer}>
                {inLanguage([cell.label, cell.labelEn])}：
                {t("enteredAs", {
                  source: cell.source.trim(),
                  value: figureText(cell.reading),
                  notes: notesText(notable(cell.reading)),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What the last paste or entry did. Its place is always there, so that a screen reader hears what comes into it. */
export function OutcomeBox({ grid }: { readonly grid: GridState }) {
  const outcome = grid.outcome.value;
  const cells = cellsByPointer(grid.model.form.value);
  let content = null;
  if (outcome?.kind === "pasted") {
    const open = openOf(grid.model.form.value, grid.model.report.value, outcome.report);
    const count = outcome.report.cells.filter(({ reading }) => reading.kind !== "blank").length;
    // Once all that it told of is mended, there is nothing to tell.
    if (isConcern(open) || !isConcern(outcome.report)) content = <Pasted report={open} count={count} />;
  }
  if (outcome?.kind === "elsewhere")
    content = (
      <p>
        {t("pastedElsewhere", { table: inLanguage([outcome.layout.table.label, labelOf(outcome.layout.section)]) })}
      </p>
    );
  else if (outcome?.kind === "entered" && getCell(grid.model.report.value, outcome.pointer) !== undefined) {
    const cell = cells.get(outcome.pointer);
    const { reading } = outcome;
    content = (
      <p>
        {cell && inLanguage([cell.label, cell.labelEn])}：
        {reading.kind === "unread"
          ? unreadText(outcome.source, reading)
          : t("enteredAs", {
              source: outcome.source,
              value: figureText(reading),
              notes: reading.kind === "figure" ? notesText(reading.notes) : "",
            })}
      </p>
    );
  }
  return (
    <div role="status" class={content ? "outcome" : ""}>
      {content}
      {content && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            grid.outcome.value = undefined;
          }}
        >
          {t("dismiss")}
        </button>
      )}
    </div>
  );
}
