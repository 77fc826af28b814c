import type { Report } from "../../../generated/report.ts";
import { getCell } from "../../../src/form/cells.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { type Item, itemsOf, numbersOf } from "./items.ts";

/** This year's items with last year's behind them; an editor in which nothing is typed has them alone. */
const withLastYears = (items: readonly Item[], added: readonly Item[]): readonly Item[] =>
  items.every(({ text }) => text.trim() === "") ? added : [...items, ...added];

/** Last year's text of a part, to be read beside this year's and to be taken over, whole or in paragraphs, and revised. */
export function LastYearText({
  model,
  pointer,
  previous,
}: {
  readonly model: Form;
  readonly pointer: string;
  readonly previous: Report;
}) {
  const items = itemsOf(getCell(previous, pointer));
  const numbers = numbersOf(items);
  const take = (added: readonly Item[]): void => {
    const now = itemsOf(getCell(model.report.peek(), pointer));
    model.seal();
    model.edit([[pointer, withLastYears(now, added)]]);
    model.seal();
    model.reveal(`${pointer}/${Math.max(0, withLastYears(now, added).length - added.length)}/text`);
  };
  return (
    <section class="last-year-text" aria-label={t("ofYear", { year: previous.year })}>
      <h3>{t("ofYear", { year: previous.year })}</h3>
      <ol class="items">
        {items.map((item, i) => (
          <li key={i} class={item.type}>
            <p>
              {numbers[i]}
              {item.text}
            </p>
            <button type="button" class="plain" aria-label={t("copyItemN", { n: i + 1 })} onClick={() => take([item])}>
              {t("copyItem")}
            </button>
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => take(items)}>
        {t("copyAll")}
      </button>
    </section>
  );
}
