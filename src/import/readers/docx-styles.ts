/** What a paragraph's style says of it: its level as a heading, its list (ISO/IEC 29500-1, 17.7). */
import { elementAt, elementsOf, valueAt, type XmlElement } from "./xml.ts";

/** A list and a level of it. */
export interface ListPlace {
  readonly list: string;
  readonly level: number | undefined;
}

export interface ParagraphStyle {
  /** 1–9, of headings. */
  readonly level?: number;
  readonly place?: ListPlace;
  /** The style that the list comes from. */
  readonly listStyle?: string;
  /** Whether it is an entry of the table of contents. */
  readonly contents: boolean;
}

/** An outline level as it is written, 0–8; 9 is body text. */
export const outlineLevel = (properties: XmlElement | undefined): number | "body" | undefined => {
  const value = valueAt(properties, "outlineLvl");
  if (value === undefined) return undefined;
  return /^[0-8]$/.test(value) ? Number(value) + 1 : "body";
};

/** The list of a paragraph or style; list 0 is none. */
export const listPlace = (properties: XmlElement | undefined): ListPlace | undefined => {
  const numbering = elementAt(properties, "numPr");
  const list = valueAt(numbering, "numId");
  const level = valueAt(numbering, "ilvl");
  return list === undefined && level === undefined
    ? undefined
    : { list: list ?? "", level: level === undefined ? undefined : Number(level) || 0 };
};

/** The paragraph styles of a document. */
export class Styles {
  readonly #styles: ReadonlyMap<string, XmlElement>;
  readonly #default: string | undefined;
  readonly #known = new Map<string, ParagraphStyle>();

  constructor(styles: XmlElement | undefined) {
    const all = elementsOf(styles, "style").filter(({ attributes }) => attributes["type"] === "paragraph");
    this.#styles = new Map(all.map((style) => [style.attributes["styleId"] ?? "", style]));
    this.#default = all.find(({ attributes }) => /^(?:1|true|on)$/.test(attributes["default"] ?? ""))?.attributes[
      "styleId"
    ];
  }

  /** A paragraph's style by its id, what it is based on included. */
  of(id: string | undefined): ParagraphStyle {
    const key = id ?? this.#default ?? "";
    const known = this.#known.get(key);
    if (known) return known;
    let level: number | "body" | undefined;
    let place: ListPlace | undefined;
    let listStyle: string | undefined;
    let contents = false;
    const seen = new Set<string>();
    for (let at: string | undefined = key; at !== undefined && !seen.has(at); ) {
      seen.add(at);
      const style = this.#styles.get(at);
      const name = valueAt(style, "name") ?? at;
      const properties = elementAt(style, "pPr");
      level ??= outlineLevel(properties);
      const named = /^(?:heading|标题)\s*([1-9])$/i.exec(name)?.[1];
      if (named !== undefined) level ??= Number(named);
      const own = listPlace(properties);
      if (own && (place === undefined || place.list === "")) {
        place = { list: own.list, level: place?.level ?? own.level };
        listStyle = at;
      }
      contents ||= /^(?:toc|目录)\s*[1-9]$/i.test(name);
      at = valueAt(style, "basedOn");
    }
    const style: ParagraphStyle = {
      contents,
      ...(typeof level === "number" ? { level } : {}),
      ...(place && place.list !== "" ? { place } : {}),
      ...(listStyle === undefined ? {} : { listStyle }),
    };
    this.#known.set(key, style);
    return style;
  }
}
