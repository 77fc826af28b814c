import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Report } from "../../../generated/report.ts";
import { repeatedIn } from "../../../src/check/repeated.ts";
import { getCell } from "../../../src/form/cells.ts";
import type { EditionForm, Section } from "../../../src/form/form.ts";
import { sectionCells } from "../../../src/form/form-cells.ts";
import { placesOfSection } from "../../../src/form/narrative.ts";
import type { DraftReport } from "../contract.ts";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { inLanguage } from "../i18n.ts";
import { formOfDraft } from "../model/draft.ts";
import { valueText } from "../value-text.ts";
import type { ReviewModel } from "./model.ts";
import { nameAt } from "./places.ts";
import { say } from "./texts.ts";

interface BesideProps {
  readonly model: ReviewModel;
  readonly report: DraftReport;
  readonly before: Report | undefined;
}

const isNothing = (text: string): boolean => text === "" || /^0(?:\.0+)?\D*$/.test(text);

function RemarkButton({ model, report, pointer }: Omit<BesideProps, "before"> & { readonly pointer: string }) {
  const place = nameAt(formOfDraft(report), pointer);
  return (
    <button
      type="button"
      className="flow-link"
      aria-label={say("remarkOn", { place })}
      onClick={() => model.remarkOn(pointer)}
    >
      {say("remark")}
    </button>
  );
}

/** The figures of a section that are not zero in both years. */
function Figures({ model, report, before, form, section }: BesideProps & FormSection) {
  const year = Number(report["year"]);
  const rows = (section.kind === "narrative" ? [] : sectionCells(form, section)).flatMap((cell) => {
    const [now, then] = [valueText(getCell(report, cell.pointer)), valueText(getCell(before, cell.pointer))];
    return isNothing(now) && isNothing(then) ? [] : [{ cell, now, then }];
  });
  if (section.kind === "narrative") return null;
  const name = inLanguage([`${section.number}、${section.label}`, section.en]);
  if (rows.length === 0) return <p className="flow-hint">{`${name}：${say("noFigures")}`}</p>;
  return (
    // A region that scrolls must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls
    <section className="flow-scroll" tabIndex={0} aria-label={say("figuresOf", { section: name })}>
      <table className="flow-table">
        <caption>{say("figuresOf", { section: name })}</caption>
        <thead>
          <tr>
            <th scope="col">{say("figure")}</th>
            <th scope="col">{say("ofYear", { year })}</th>
            {before && <th scope="col">{say("ofYear", { year: year - 1 })}</th>}
            <th scope="col">{say("remark")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cell, now, then }) => (
            <tr key={cell.pointer}>
              <th scope="row">{inLanguage([cell.label, cell.labelEn])}</th>
              <td>{now}</td>
              {before && <td>{then}</td>}
              <td>
                <RemarkButton model={model} report={report} pointer={cell.pointer} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const textsAt = (report: unknown, pointer: string): string[] => {
  const items = getCell(report, pointer);
  return Array.isArray(items) ? items.map((item: { readonly text?: unknown }) => String(item?.text ?? "")) : [];
};

interface FormSection {
  readonly form: EditionForm;
  readonly section: Section;
}

/** The texts of a section, what last year's report has too marked. */
function Texts({ model, report, before, section }: BesideProps & FormSection) {
  const paragraphs = useMemo(() => {
    const then = placesOfSection(section)
      .flatMap(({ pointer }) => textsAt(before, pointer))
      .join("\n");
    return placesOfSection(section).flatMap(({ pointer }) =>
      textsAt(report, pointer).map((text, i) => ({
        pointer: `${pointer}/${i}/text`,
        stretches: then === "" ? [{ text, repeated: false }] : repeatedIn(text, then)[0],
      })),
    );
  }, [report, before, section]);
  if (paragraphs.length === 0) return null;
  return (
    <section className="flow-review-texts">
      <h4>{say("textOf", { section: inLanguage([`${section.number}、${section.label}`, section.en]) })}</h4>
      {paragraphs.map(({ pointer, stretches }) => (
        <p key={pointer}>
          {stretches.map(({ text, repeated }, i) => (repeated ? <mark key={i}>{text}</mark> : text))}{" "}
          <RemarkButton model={model} report={report} pointer={pointer} />
        </p>
      ))}
    </section>
  );
}

type Before = { readonly report?: Report } | "looking";

/** Last year's report, where it is published here. */
function useLastYear(flow: Flow, report: DraftReport): Before {
  const before = useSignal<Before>("looking");
  const { uscc, year } = placeOf(report);
  useEffect(() => {
    const find = async (): Promise<Before> => {
      if (uscc === undefined || year === undefined) return {};
      const place = { uscc, year: year - 1 };
      const receipt = await flow.api.receipt(place);
      if (receipt.kind !== "ok" || receipt.value.kind === "withdrawal") return {};
      const published = await flow.api.published(place, receipt.value.version);
      return published.kind === "ok" && published.value ? { report: published.value } : {};
    };
    void find().then((found) => {
      before.value = found;
    });
  }, [uscc, year]);
  return before.value;
}

/** What was handed over beside last year's report, part by part; on each place something may be said. */
export function Beside({ flow, model }: { readonly flow: Flow; readonly model: ReviewModel }) {
  const { report = {} } = model.content.value ?? {};
  const before = useLastYear(flow, report);
  const form = formOfDraft(report);
  if (before === "looking") return <p role="status">{say("lastYearLooking")}</p>;
  const shared = { model, report, before: before.report, form };
  return (
    <section>
      <h3>{say("besideLastYear")}</h3>
      <p className="flow-hint">{say(before.report ? "repeatedHint" : "lastYearNone")}</p>
      {form.sections.map((section) => (
        <div key={section.key}>
          <Texts {...shared} section={section} />
          <Figures {...shared} section={section} />
        </div>
      ))}
    </section>
  );
}
