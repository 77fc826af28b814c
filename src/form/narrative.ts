import type { EditionForm, Labelled, Section } from "./form.ts";
import { memoizePerForm } from "./memo.ts";

/** A text of a report, with its place. */
export interface NarrativeText {
  /** JSON Pointer of the text, e.g. `/overview/body/3/text`. */
  readonly pointer: string;
  readonly text: string;
}

/** The paragraphs that a section of figures may have beside its table: what a figure counts, why a stock changed. */
export const BESIDE_TABLE = {
  before: { label: "表前文字", en: "Text before the table" },
  after: { label: "表后文字", en: "Text after the table" },
} as const satisfies Readonly<Record<string, Labelled>>;

/** A list of texts in a report: a narrative's body, or what stands before or after a table. */
export interface TextPlace extends Labelled {
  readonly section: Section;
  readonly key: "body" | keyof typeof BESIDE_TABLE;
  /** JSON Pointer of the list, e.g. `/overview/body`, `/requests/after`. */
  readonly pointer: string;
  /** How messages call it, e.g. 三、收到和处理政府信息公开申请情况／表后文字. */
  readonly label: string;
}

/** The lists of texts of a section, in printed order. */
export function placesOfSection(section: Section): TextPlace[] {
  const { number, label, en, kind } = section;
  const name = `${number}、${label}`;
  if (kind === "narrative") return [{ section, key: "body", pointer: `/${section.key}/body`, label: name, en }];
  return (["before", "after"] as const).map((key) => ({
    section,
    key,
    pointer: `/${section.key}/${key}`,
    label: `${name}／${BESIDE_TABLE[key].label}`,
    en: `${en} / ${BESIDE_TABLE[key].en}`,
  }));
}

/** Every list of texts of the form's sections, in printed order. */
export const textPlaces = memoizePerForm((form: EditionForm): readonly TextPlace[] =>
  form.sections.flatMap(placesOfSection),
);

/** Every text of every narrative of a report and beside its tables, however unsound it is elsewhere. */
export function narrativeTexts(report: unknown): NarrativeText[] {
  if (typeof report !== "object" || report === null) return [];
  const textsOf = (items: unknown, pointer: string): NarrativeText[] =>
    Array.isArray(items)
      ? items.flatMap((item: unknown, i) => {
          const text = typeof item === "object" && item !== null ? (item as { text?: unknown }).text : undefined;
          return typeof text === "string" ? [{ pointer: `${pointer}/${i}/text`, text }] : [];
        })
      : [];
  return Object.entries(report).flatMap(([key, value]) => {
    if (key === "preamble") return textsOf(value, "/preamble");
    if (typeof value !== "object" || value === null) return [];
    const lists = value as Partial<Record<TextPlace["key"], unknown>>;
    return (["before", "body", "after"] as const).flatMap((list) => textsOf(lists[list], `/${key}/${list}`));
  });
}
