import type { Finding, FindingCell } from "../../../src/basics/finding.ts";
import { repeatedIn, type Stretch } from "../../../src/check/repeated.ts";
import { cellsByPointer, getCell } from "../../../src/form/cells.ts";
import { inLanguage } from "../i18n.ts";
import { formOfDraft } from "../model/draft.ts";
import { t } from "../texts.ts";
import { type CellPair, pairsOf, type TwoYears } from "./pairs.ts";

/** A text with what the other year's has too. */
function Text({ title, stretches }: { readonly title: string; readonly stretches: readonly Stretch[] }) {
  return (
    <div>
      <h4>{title}</h4>
      <p>{stretches.map(({ text, repeated }, i) => (repeated ? <mark key={i}>{text}</mark> : text))}</p>
    </div>
  );
}

const textAt = (report: unknown, { pointer, value }: FindingCell): string => {
  const text = getCell(report, pointer);
  return typeof text === "string" ? text : String(value ?? "");
};

/** Two texts beside each other, what is repeated marked. */
function Texts({ model, pair: [now, then] }: { readonly model: TwoYears; readonly pair: CellPair }) {
  const year = Number(model.report.value["year"]);
  const [own, before] = repeatedIn(textAt(model.report.value, now), textAt(model.previous.value, then));
  return (
    <div class="two-texts">
      <Text title={t("ofYear", { year })} stretches={own} />
      <Text title={t("ofYear", { year: year - 1 })} stretches={before} />
    </div>
  );
}

/** Figures beside last year's. */
function Figures({ model, pairs }: { readonly model: TwoYears; readonly pairs: readonly CellPair[] }) {
  const year = Number(model.report.value["year"]);
  const cells = cellsByPointer(formOfDraft(model.report.value));
  return (
    <table class="two-years">
      <thead>
        <tr>
          <th scope="col">{t("figure")}</th>
          <th scope="col">{t("ofYear", { year })}</th>
          <th scope="col">{t("ofYear", { year: year - 1 })}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(([now, then]) => {
          const { label, labelEn } = cells.get(now.pointer) ?? { label: now.label, labelEn: now.label };
          return (
            <tr key={now.pointer}>
              <th scope="row">{inLanguage([label, labelEn])}</th>
              <td>{now.value === then.value ? <mark>{now.value}</mark> : now.value}</td>
              <td>{now.value === then.value ? <mark>{then.value}</mark> : then.value}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What a finding holds against last year's report: texts side by side, figures in a table. */
export function SideBySide({ model, finding }: { readonly model: TwoYears; readonly finding: Finding }) {
  const { texts, figures } = pairsOf(finding);
  return (
    <>
      {texts.map((pair) => (
        <Texts key={pair[0].pointer} model={model} pair={pair} />
      ))}
      {figures.length > 0 && <Figures model={model} pairs={figures} />}
    </>
  );
}
