import { type Signal, useSignal } from "@preact/signals";
import { getCell } from "../../../src/form/cells.ts";
import { t } from "../texts.ts";
import { caret, type EditorProps, ItemRow } from "./item-row.tsx";
import {
  characterCount,
  type Edited,
  type Item,
  insertLines,
  itemOf,
  itemsOf,
  numbersOf,
  type Taken,
  takeLines,
} from "./items.ts";

/** What a paste was taken for, until it is put away. */
function TakenNote({ taken }: { readonly taken: Signal<Taken | undefined> }) {
  const { items, headings, trimmed } = taken.value ?? { items: [], headings: 0, trimmed: 0 };
  return (
    <div role="status" class={taken.value ? "outcome" : ""}>
      {taken.value && (
        <>
          <p>
            {t("editorPasted", { count: items.length })}
            {headings > 0 && t("editorHeadings", { count: headings })}
            {trimmed > 0 && t("editorIndents", { count: trimmed })}
          </p>
          <button
            type="button"
            class="plain"
            onClick={() => {
              taken.value = undefined;
            }}
          >
            {t("dismiss")}
          </button>
        </>
      )}
    </div>
  );
}

/** What is done to the items of a narrative. */
function useEdits({ model, pointer, headings }: EditorProps, items: readonly Item[]) {
  const taken = useSignal<Taken | undefined>(undefined);
  const edit = (edited: Edited | undefined, tag?: string): boolean => {
    if (!edited) return false;
    if (tag === undefined) {
      model.seal();
      caret.value = { pointer: `${pointer}/${edited.at}`, at: edited.caret };
    }
    model.edit([[pointer, edited.items]], tag);
    return true;
  };
  const add = (item: Item): void => {
    edit({ items: [...items, item], at: items.length, caret: 0 });
  };
  const paste = (event: ClipboardEvent, at: number): void => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const area = event.currentTarget as HTMLTextAreaElement;
    if (!/[\r\n\t]/.test(text.trimEnd()) && text.trim() === text) return;
    event.preventDefault();
    const lines = takeLines(text);
    const plain = headings
      ? lines
      : { ...lines, headings: 0, items: lines.items.map((i) => itemOf("paragraph", i.text)) };
    edit(insertLines(items, at, area.selectionStart, area.selectionEnd, plain.items));
    // What came whole is not being typed: what is found of it is shown at once.
    model.touch(...plain.items.map((_, i) => `${pointer}/${at + i}/text`));
    taken.value = plain;
  };
  return { taken, edit, add, paste };
}

/** Paragraphs and headings, numbered as they will be printed. */
export function Editor(props: EditorProps) {
  const { model, pointer, headings } = props;
  const items = itemsOf(getCell(model.report.value, pointer));
  const numbers = numbersOf(items);
  const { taken, edit, add, paste } = useEdits(props, items);
  return (
    <fieldset class="editor">
      <legend class="hidden">{props.label}</legend>
      <p class="hint">{t("editorHint")}</p>
      <ol class="items">
        {items.map((item, at) => (
          <ItemRow key={at} {...{ item, at, props, edit, items, paste }} number={numbers[at] ?? ""} />
        ))}
      </ol>
      <div class="toolbar">
        <button
          type="button"
          data-pointer={items.length === 0 ? pointer : undefined}
          onClick={() => add({ type: "paragraph", text: "" })}
        >
          {t("addParagraph")}
        </button>
        {headings && (
          <button type="button" onClick={() => add({ type: "heading", level: 2, text: "" })}>
            {t("addHeading")}
          </button>
        )}
        <span class="count">{t("characters", { count: characterCount(items) })}</span>
      </div>
      <TakenNote taken={taken} />
    </fieldset>
  );
}
