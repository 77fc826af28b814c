import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Finding } from "../../../src/basics/finding.ts";
import { FindingNote } from "../findings/note.tsx";
import { placesOf, within } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { whenSteady } from "../steady.ts";
import { t } from "../texts.ts";
import { pressInItem } from "./item-keys.ts";
import { type Edited, type Item, type Kind, kindOfItem, remove, shift, withKind, withText } from "./items.ts";

/** What is edited: a list of items of the report. */
export interface EditorProps {
  readonly model: Form;
  /** Where the items are: `/overview/body` or `/preamble`. */
  readonly pointer: string;
  readonly label: string;
  /** The findings that are to be shown of it. */
  readonly findings: readonly Finding[];
  /** Those of them that are told below the part, with the ids of the elements that have them. */
  readonly told: ReadonlyMap<Finding, string>;
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
export const caret = signal<{ readonly pointer: string; readonly at: number } | undefined>(undefined);

interface ItemProps {
  readonly item: Item;
  readonly number: string;
  readonly at: number;
  readonly props: EditorProps;
  readonly edit: (edited: Edited | undefined, tag?: string) => boolean;
  readonly items: readonly Item[];
  readonly paste: (event: ClipboardEvent, at: number) => void;
}

/** The id of the element that tells a finding: here, or below the part. */
const noteOf = (finding: Finding, { findings, told }: EditorProps, id: string): string =>
  told.get(finding) ?? `${id}-finding-${findings.indexOf(finding)}`;

/** The field of an item: as high as its text, with the caret where the last change left it. */
function ItemField({
  item,
  number,
  at,
  props,
  edit,
  items,
  paste,
  own,
  id,
}: ItemProps & {
  readonly own: readonly Finding[];
  readonly id: string;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const { model, pointer, headings } = props;
  const place = `${pointer}/${at}`;
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
  const goTo = (to: number, position: number): void => {
    const other = document.querySelector<HTMLTextAreaElement>(
      `[data-pointer="${CSS.escape(`${pointer}/${to}/text`)}"]`,
    );
    other?.focus();
    other?.setSelectionRange(position, position);
  };
  return (
    <textarea
      ref={area}
      id={id}
      data-pointer={`${place}/text`}
      rows={1}
      value={item.text}
      aria-label={t("itemText", { n: at + 1, kind: `${labelOfKind(kindOfItem(item))} ${number}` })}
      aria-invalid={own.some((f) => f.level === "error") ? "true" : undefined}
      aria-describedby={own.length > 0 ? own.map((finding) => noteOf(finding, props, id)).join(" ") : undefined}
      onInput={(event) => {
        const { value, selectionStart } = event.currentTarget;
        edit({ items: withText(items, at, value), at, caret: selectionStart }, `text ${place}`);
      }}
      onKeyDown={(event) => {
        if (pressInItem(event, { items, at, headings, edit, goTo })) event.preventDefault();
      }}
      onPaste={(event) => paste(event, at)}
      onBlur={() => {
        model.seal();
        whenSteady(() => model.touch(`${place}/text`));
      }}
    />
  );
}

/** What can be done with an item as a whole. */
function ItemTools({ item, at, props, edit, items }: ItemProps) {
  const n = at + 1;
  const choose = (value: string): void => {
    const kind = value === "paragraph" ? value : (Number(value) as 2 | 3 | 4);
    edit({ items: withKind(items, at, kind), at, caret: item.text.length });
  };
  const tools = [
    ["moveUp", "↑", at === 0, () => edit(shift(items, at, -1))],
    ["moveDown", "↓", at + 1 === items.length, () => edit(shift(items, at, 1))],
    ["remove", "×", false, () => (items.length === 1 && props.onEmpty ? props.onEmpty() : edit(remove(items, at)))],
  ] as const;
  return (
    <div class="item-tools">
      {props.headings && (
        <select
          aria-label={t("kind", { n })}
          value={String(kindOfItem(item))}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {KINDS.map(([kind, key]) => (
            <option key={kind} value={String(kind)}>
              {t(key)}
            </option>
          ))}
        </select>
      )}
      {tools.map(([key, sign, disabled, act]) => (
        <button key={key} type="button" class="tool" aria-label={t(key, { n })} disabled={disabled} onClick={act}>
          {sign}
        </button>
      ))}
    </div>
  );
}

/** A paragraph or heading with its number, its tools and what was found of it. */
export function ItemRow(props: ItemProps) {
  const { item, number, at } = props;
  const place = `${props.props.pointer}/${at}`;
  const own = props.props.findings.filter((finding) => placesOf(finding).some((p) => within(p, place)));
  const id = `text${place.replaceAll("/", "-")}`;
  return (
    <li class={`item kind-${kindOfItem(item)} ${own.some((f) => f.level === "warning") ? "warned" : ""}`}>
      <div class="item-line">
        <span class="item-number" aria-hidden="true">
          {number}
        </span>
        <ItemField {...props} own={own} id={id} />
      </div>
      <ItemTools {...props} />
      {own
        .filter((finding) => !props.props.told.has(finding))
        .map((finding) => (
          <FindingNote key={noteOf(finding, props.props, id)} id={noteOf(finding, props.props, id)} finding={finding} />
        ))}
    </li>
  );
}
