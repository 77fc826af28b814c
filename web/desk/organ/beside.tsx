import { useSignal } from "@preact/signals";
import type { Report } from "../../../generated/report.ts";
import { repeatedIn, type Stretch } from "../../../src/check/repeated.ts";
import { cellsByPointer, getCell } from "../../../src/form/cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import { narrativeTexts } from "../../../src/form/narrative.ts";
import { Notice, Progress } from "../../filing/flow/parts.tsx";
import { inLanguage } from "../../filing/i18n.ts";
import { valueText } from "../../filing/value-text.ts";
import type { OrganModel } from "./model.ts";
import { t } from "./texts.ts";

const isNothing = (value: unknown): boolean => value === undefined || value === 0;

/** The figures of both years; those that are 0 in both are left out. */
function Figures({ now, then }: { readonly now: Report; readonly then: Report }) {
  const [form, before] = [formOf(now.edition), formOf(then.edition)];
  if (!form || !before) return null;
  const own = cellsByPointer(before);
  const rows = [...cellsByPointer(form).values()].flatMap(({ pointer, label, labelEn }) => {
    const [is, was] = [getCell(now, pointer), own.has(pointer) ? getCell(then, pointer) : undefined];
    return isNothing(is) && isNothing(was) ? [] : [{ pointer, label, labelEn, is, was }];
  });
  return (
    <>
      <h4>{t("figures")}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */}
      <section class="flow-scroll" tabIndex={0} aria-label={t("figures")}>
        <table class="flow-table">
          <thead>
            <tr>
              <th scope="col">{t("figure")}</th>
              <th scope="col">{t("ofYear", { year: now.year })}</th>
              <th scope="col">{t("ofYear", { year: then.year })}</th>
              <th scope="col">{t("change")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ pointer, label, labelEn, is, was }) => (
              <tr key={pointer}>
                <th scope="row">{inLanguage([label, labelEn])}</th>
                <td>{valueText(is)}</td>
                <td>{valueText(was)}</td>
                <td>{typeof is === "number" && typeof was === "number" && is !== was ? signed(is - was) : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const signed = (difference: number): string =>
  difference > 0 ? `+${difference}` : String(difference).replace("-", "−");

const whole = (report: Report): string =>
  narrativeTexts(report)
    .map((each) => each.text)
    .join("\n");

function Words({ title, stretches }: { readonly title: string; readonly stretches: readonly Stretch[] }) {
  return (
    <div>
      <h5>{title}</h5>
      <p class="desk-words">
        {stretches.map((stretch, i) => (stretch.repeated ? <mark key={i}>{stretch.text}</mark> : stretch.text))}
      </p>
    </div>
  );
}

/** This year's figures and words beside last year's, what is repeated marked. */
export function BesideLastYear({ model, report }: { readonly model: OrganModel; readonly report: Report }) {
  const state = useSignal<"closed" | "busy" | "none" | Report>("closed");
  const open = async (): Promise<void> => {
    state.value = "busy";
    state.value = (await model.report(report.year - 1)) ?? "none";
  };
  const then = state.value;
  const words = typeof then === "object" ? repeatedIn(whole(report), whole(then)) : undefined;
  return (
    <section>
      <h3>{t("beside")}</h3>
      {then === "closed" && (
        <button type="button" class="flow-button" onClick={() => void open()}>
          {t("besideOpen")}
        </button>
      )}
      <Progress busy={then === "busy"}>{t("looking")}</Progress>
      {then === "none" && <Notice>{t("noLastYear", { year: report.year - 1 })}</Notice>}
      {typeof then === "object" && words && (
        <>
          <Figures now={report} then={then} />
          <h4>{t("words")}</h4>
          <div class="desk-two">
            <Words title={t("ofYear", { year: report.year })} stretches={words[0]} />
            <Words title={t("ofYear", { year: then.year })} stretches={words[1]} />
          </div>
        </>
      )}
    </section>
  );
}
