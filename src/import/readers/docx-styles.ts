/** What a paragraph's style says of it: its level as a heading, its list, how its text looks (ISO/IEC 29500-1, 17.7). */
import { type Look, lookFrom, merged } from "./docx-look.ts";
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

/** A style with what it is based on. */
interface Known {
  readonly level: number | "body" | undefined;
  readonly place: ListPlace | undefined;
  readonly listStyle: string | undefined;
  readonly contents: boolean;
  readonly look: Look;
  /** Whether its table's cells have a ground of their own. */
  readonly shaded: boolean;
}

const NOTHING: Known = {
  level: undefined,
  place: undefined,
  listStyle: undefined,
  contents: false,
  look: {},
  shaded: false,
};

/** A style over what it is based on. */
function over(id: string, style: XmlElement | undefined, base: Known): Known {
  const name = valueAt(style, "name") ?? id;
  const properties = elementAt(style, "pPr");
  const named = /^(?:heading|标题)\s*([1-9])$/i.exec(name)?.[1];
  const own = listPlace(properties);
  const takes = own !== undefined && own.list !== "";
  return {
    level: outlineLevel(properties) ?? (named === undefined ? base.level : Number(named)),
    place: own
      ? {
          list: takes ? own.list : (base.place?.list ?? ""),
          level: own.level ?? (takes ? undefined : base.place?.level),
        }
      : base.place,
    listStyle: takes || (own && !base.place) ? id : base.listStyle,
    contents: base.contents || /^(?:toc|目录)\s*[1-9]$/i.test(name),
    look: merged(base.look, lookFrom(elementAt(style, "rPr")), lookFrom(undefined, properties)),
    shaded:
      base.shaded ||
      [style, ...elementsOf(style, "tblStylePr")].some((part) =>
        /^[0-9a-f]{6}$/i.test(elementAt(part, "tcPr", "shd")?.attributes["fill"] ?? ""),
      ),
  };
}

/** The styles of a document. */
export class Styles {
  readonly #styles: ReadonlyMap<string, XmlElement>;
  readonly #default: string | undefined;
  readonly #known = new Map<string, Known>();
  /** What every text looks like without properties of its own. */
  readonly defaults: Look;

  constructor(styles: XmlElement | undefined) {
    const all = elementsOf(styles, "style");
    this.#styles = new Map(
      all.map((style) => [`${style.attributes["type"]} ${style.attributes["styleId"] ?? ""}`, style]),
    );
    this.#default = all.find(
      ({ attributes }) => attributes["type"] === "paragraph" && /^(?:1|true|on)$/.test(attributes["default"] ?? ""),
    )?.attributes["styleId"];
    this.defaults = lookFrom(elementAt(styles, "docDefaults", "rPrDefault", "rPr"));
  }

  /** A style with what it is based on: each is put together once, from the ground up. */
  #of(type: string, id: string): Known {
    const chain: string[] = [];
    const seen = new Set<string>();
    let known: Known | undefined;
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); ) {
      known = this.#known.get(`${type} ${at}`);
      if (known) break;
      seen.add(at);
      chain.push(at);
      at = valueAt(this.#styles.get(`${type} ${at}`), "basedOn");
    }
    let result = known ?? NOTHING;
    for (const at of chain.reverse()) {
      result = over(at, this.#styles.get(`${type} ${at}`), result);
      this.#known.set(`${type} ${at}`, result);
    }
    return result;
  }

  /** A paragraph's style by its id, what it is based on included. */
  of(id: string | undefined): ParagraphStyle {
    const { level, place, listStyle, contents } = this.#of("paragraph", id ?? this.#default ?? "");
    return {
      contents,
      ...(typeof level === "number" ? { level } : {}),
      ...(place && place.list !== "" ? { place } : {}),
      ...(listStyle === undefined ? {} : { listStyle }),
    };
  }

  /** How a style's text looks. */
  lookOf(type: "paragraph" | "character" | "table", id: string | undefined): Look {
    const key = id ?? (type === "paragraph" ? this.#default : undefined);
    return key === undefined ? {} : this.#of(type, key).look;
  }

  /** Whether a table style gives cells a ground. */
  isShaded(id: string | undefined): boolean {
    return id !== undefined && this.#of("table", id).shaded;
  }
}
