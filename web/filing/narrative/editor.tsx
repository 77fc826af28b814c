import { signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Report } from "../../../generated/report.ts";
import type { Finding } from "../../../src/basics/finding.ts";
import { composeNarrative } from "../../../src/compose/compose.ts";
import { getCell } from "../../../src/form/cells.ts";
import { FindingNote } from "../findings/note.tsx";
import { placesOf, within } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import {
  characterCount,
  type Edited,
  type Item,
  insertLines,
  itemOf,
  itemsOf,
  join,
  type Kind,
  kindOfItem,
  remove,
  shift,
  split,
  type Taken,
  takeLines,
  withKind,
  withText,
} from "./items.ts";

interface EditorProps {
  readonly model: Form;
  /** Where the items are: `/overview/body` or `/preamble`. */
  readonly pointer: string;
  readonly label: string;
  /** The findings that are to be shown of it. */
  readonly findings: readonly Finding[];
  /** Whether there may be headings. */
  readonly headings: boolean;
  /** Called instead of leaving one empty paragraph when the last item is removed. */
  readonly onEmpty?: () => void;
}

const KINDS: readonly (readonly [Kind, "paragraph" | "heading2" | "heading3" | "heading4"])[] = [
  ["paragraph", "paragraph"],
  [2, "heading2"],
  [3, "heading3"],
  [4, "heading4"],
];
const labelOfKind = (kind: Kind): string => t(KINDS.find(([k]) => k === kind)![1]);
const growsByItself = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

/** Where the caret is to go after the next drawing; one for the page. */
const caret = signal<{ readonly pointer: string; readonly at: number } | undefined>(undefined);

interface ItemProps {
  readonly item: Item;
  readonly number: string;
  readonly at: number;
  readonly count: number;
  readonly props: EditorProps;
  readonly edit: (edited: Edited | undefined, tag?: string) => boolean;
  readonly items: readonly Item[];
  readonly paste: (event: ClipboardEvent, at: number) => void;
}

function ItemRow({ item, number, at, count, props, edit, items, paste }: ItemProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const { model, pointer, headings } = props;
  const place = `${pointer}/${at}`;
  const own = props.findings.filter((finding) => placesOf(finding).some((p) => within(p, place)));
  const kind = kindOfItem(item);
  const id = `text${place.replaceAll("/", "-")}`;
  const n = at + 1;

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    if (!growsByItself) {
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    }
    const wanted = caret.peek();
    if (wanted?.pointer === place) {
      caret.value = undefined;
      element.focus();
      element.setSelectionRange(wanted.at, wanted.at);
    }
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.key === "Process") return;
    const { selectionStart: start, selectionEnd: end, value } = area.current!;
    const only = start === end;
    let done = false;
    if (event.key === "Enter") done = edit(split(items, at, start, end));
    else if (event.key === "Backspace" && only && start === 0) done = edit(join(items, at));
    else if (event.key === "Delete" && only && start === value.length && at + 1 < count)
      done = edit(join(items.with(at + 1, itemOf("paragraph", items[at + 1]!.text)), at + 1));
    else if (event.altKey && !event.ctrlKey && event.key === "ArrowUp") done = edit(shift(items, at, -1));
    else if (event.altKey && !event.ctrlKey && event.key === "ArrowDown") done = edit(shift(items, at, 1));
    else if (event.altKey && event.ctrlKey && headings && /^Digit[0234]$/.test(event.code)) {
      const digit = Number(event.code.slice(-1));
      const to = digit === 0 ? "paragraph" : (digit as 2 | 3 | 4);
      done = edit({ items: withKind(items, at, to), at, caret: start });
    } else if (event.key === "ArrowUp" && only && start === 0 && at > 0 && !event.shiftKey) {
      caret.value = { pointer: `${pointer}/${at - 1}`, at: items[at - 1]!.text.length };
      done = true;
    } else if (event.key === "ArrowDown" && only && end === value.length && at + 1 < count && !event.shiftKey) {
      caret.value = { pointer: `${pointer}/${at + 1}`, at: 0 };
      done = true;
    }
    if (done) event.preventDefault();
  };

  return (
    <li class={`item kind-${kind}`}>
      <div class="item-line">
        <span class="item-number" aria-hidden="true">
          {number}
        </span>
        <textarea
          ref={area}
          id={id}
          data-pointer={`${place}/text`}
          rows={1}
          value={item.text}
          aria-label={t("itemText", { n, kind: `${labelOfKind(kind)} ${number}` })}
          aria-invalid={own.some((f) => f.level === "error") ? "true" : undefined}
          aria-describedby={own.length > 0 ? own.map((_, i) => `${id}-finding-${i}`).join(" ") : undefined}
          onInput={(event) => {
            const { value, selectionStart } = event.currentTarget;
            edit({ items: withText(items, at, value), at, caret: selectionStart }, `text ${place}`);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => paste(event, at)}
          onBlur={() => {
            model.seal();
            model.touch(`${place}/text`);
          }}
        />
      </div>
      <div class="item-tools">
        {headings && (
          <select
            aria-label={t("kind", { n })}
            value={String(kind)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              edit({
                items: withKind(items, at, value === "paragraph" ? value : (Number(value) as 2 | 3 | 4)),
                at,
                caret: item.text.length,
              });
            }}
          >
            {KINDS.map(([k, key]) => (
              <option key={k} value={String(k)}>
                {t(key)}
              </option>
            ))}
          </select>
        )}
        <button
          type="button"
          class="tool"
          aria-label={t("moveUp", { n })}
          disabled={at === 0}
          onClick={() => edit(shift(items, at, -1))}
        >
          ↑
        </button>
        <button
          type="button"
          class="tool"
          aria-label={t("moveDown", { n })}
          disabled={at + 1 === count}
          onClick={() => edit(shift(items, at, 1))}
        >
          ↓
        </button>
        <button
          type="button"
          class="tool"
          aria-label={t("remove", { n })}
          onClick={() => (count === 1 && props.onEmpty ? props.onEmpty() : edit(remove(items, at)))}
        >
          ×
        </button>
      </div>
      {own.map((finding, i) => (
        <FindingNote key={`${finding.id}-${i}`} id={`${id}-finding-${i}`} finding={finding} />
      ))}
    </li>
  );
}

const numbersOf = (items: readonly Item[]): string[] =>
  composeNarrative({ key: "" }, items as Report["overview"]["body"]).map((block) =>
    block.kind === "heading" ? block.number : "",
  );

/** Paragraphs and headings, numbered as they will be printed. */
export function Editor(props: EditorProps) {
  const { model, pointer, headings } = props;
  const taken = useSignal<Taken | undefined>(undefined);
  const items = itemsOf(getCell(model.report.value, pointer));
  const numbers = numbersOf(items);

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

  return (
    <fieldset class="editor">
      <legend class="hidden">{props.label}</legend>
      <p class="hint">{t("editorHint")}</p>
      <ol class="items">
        {items.map((item, at) => (
          <ItemRow
            key={at}
            item={item}
            number={numbers[at] ?? ""}
            at={at}
            count={items.length}
            props={props}
            edit={edit}
            items={items}
            paste={paste}
          />
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
      <div role="status" class={taken.value ? "outcome" : ""}>
        {taken.value && (
          <>
            <p>
              {t("editorPasted", { count: taken.value.items.length })}
              {taken.value.headings > 0 && t("editorHeadings", { count: taken.value.headings })}
              {taken.value.trimmed > 0 && t("editorIndents", { count: taken.value.trimmed })}
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
    </fieldset>
  );
}
