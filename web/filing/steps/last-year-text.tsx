import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { getCell } from "../../../src/form/cells.ts";
import { later } from "../later.tsx";
import type { Form } from "../model/form-model.ts";
import { itemsOf } from "../narrative/items.ts";
import { t } from "../texts.ts";

const LastYearText = later(async () => (await import("../narrative/last-year.tsx")).LastYearText);

/** Whether last year's text stands beside this year's; of all parts alike. */
const shown = signal(false);

/** An editor, and on demand last year's text of the same part beside it. */
export function BesideLastYearText({
  model,
  pointer,
  children,
}: {
  readonly model: Form;
  readonly pointer: string;
  readonly children: ComponentChildren;
}) {
  const previous = model.previous.value;
  if (!previous || itemsOf(getCell(previous, pointer)).length === 0) return <>{children}</>;
  return (
    <>
      <label class="toggle">
        <input
          type="checkbox"
          checked={shown.value}
          onChange={(event) => {
            shown.value = event.currentTarget.checked;
          }}
        />
        {t("showLastYearText")}
      </label>
      <div class={shown.value ? "beside-text" : ""}>
        <div>{children}</div>
        {shown.value && <LastYearText model={model} pointer={pointer} previous={previous} />}
      </div>
    </>
  );
}
