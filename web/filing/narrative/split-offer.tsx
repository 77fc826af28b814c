import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { getCell } from "../../../src/form/cells.ts";
import type { EditionForm, NarrativeSection } from "../../../src/form/form.ts";
import { textPlaces } from "../../../src/form/narrative.ts";
import { type Split, splitNarrative } from "../../../src/narrative/split.ts";
import { inLanguage, labelOf } from "../i18n.ts";
import type { Change } from "../model/edits.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { type Item, itemsOf } from "./items.ts";

const hasText = (items: readonly Item[]): boolean => items.some(({ text }) => text.trim() !== "");

/** The parts of a split as changes: what was split is replaced, other parts keep what they have and get theirs behind it. */
function changesOf({ texts }: Split, report: unknown, own: string): Change[] {
  return [...texts].map(([pointer, items]): Change => {
    const before = pointer === own ? [] : itemsOf(getCell(report, pointer));
    const all = hasText(before) ? [...before, ...items] : items;
    return [pointer, all.length > 0 ? all : [{ type: "paragraph", text: "" }]];
  });
}

/** Names of the parts that texts went to. */
const namesOf = (form: EditionForm, pointers: Iterable<string>): string => {
  const places = textPlaces(form);
  const labels = [...pointers].map((pointer) => {
    const place = places.find((one) => one.pointer === pointer);
    return place ? labelOf(place) : t("preambleShort");
  });
  return labels.join(inLanguage(["；", "; "]));
};

/** What a split did: where the texts went, what is printed by itself, what belongs into a table. */
function Done({ form, done }: { readonly form: EditionForm; readonly done: Signal<Split | undefined> }) {
  const split = done.value;
  return (
    <div role="status" class={split ? "outcome" : ""}>
      {split && (
        <>
          <p>
            {t("splitDone", { parts: namesOf(form, split.texts.keys()) })}
            {split.dropped.length > 0 && t("splitDropped", { count: split.dropped.length })}
          </p>
          {split.unplaced.length > 0 && (
            <>
              <p>
                <b>{t("splitUnplaced", { count: split.unplaced.length })}</b>
              </p>
              <ul>
                {split.unplaced.map((text, i) => (
                  <li key={i}>{text}</li>
                ))}
              </ul>
            </>
          )}
          <button
            type="button"
            class="plain"
            onClick={() => {
              done.value = undefined;
            }}
          >
            {t("dismiss")}
          </button>
        </>
      )}
    </div>
  );
}

/** Where a whole report was pasted into one part: an offer to put each of its parts in its place, as one step that can be undone. */
export function SplitOffer({ model, section }: { readonly model: Form; readonly section: NarrativeSection }) {
  const done = useSignal<Split | undefined>(undefined);
  const form = model.form.value;
  const report = model.report.value;
  const pointer = `/${section.key}/body`;
  const body = getCell(report, pointer);
  const organ = getCell(report, "/organ/name");
  const split = useMemo(
    () => splitNarrative(form, section.key, itemsOf(body), typeof organ === "string" ? organ : ""),
    [form, section, body, organ],
  );
  const apply = (): void => {
    if (!split) return;
    model.seal();
    model.edit(changesOf(split, report, pointer));
    model.seal();
    done.value = split;
  };
  return (
    <>
      {split && (
        <p class="split-offer">
          {t(split.texts.size > 1 ? "splitFound" : "splitFrame")}{" "}
          <button type="button" onClick={apply}>
            {split.texts.size > 1
              ? t("splitApply", { parts: namesOf(form, split.texts.keys()) })
              : t("splitDrop", { count: split.dropped.length })}
          </button>
        </p>
      )}
      <Done form={form} done={done} />
    </>
  );
}
