/** What pages of OFD are drawn with (GB/T 33190—2016, 7.9): colour spaces, drawing parameters, images, groups. */
import { type OfdPackage, type OfdPart, partsNamed } from "./ofd-package.ts";
import { type ColorSpace, type Ink, inkOf, numberOf, RGB } from "./ofd-values.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";

/** How lines and areas are drawn where an object does not say so. */
export interface DrawParam {
  readonly fill?: Ink;
  readonly stroke?: Ink;
  readonly lineWidth?: number;
}

/** How many drawing parameters may stand on one another. */
const MOST_RELATIVES = 16;

export class Resources {
  readonly #elements = new Map<string, XmlElement>();
  #defaultSpace: string | undefined;

  constructor(document?: XmlElement) {
    this.#defaultSpace = textOf(elementAt(document, "CommonData", "DefaultCS")).trim() || undefined;
  }

  /** Takes what a resource file lists; each identifier stands once in a document. */
  add({ root }: OfdPart): void {
    for (const list of elementsOf(root))
      for (const element of elementsOf(list)) {
        const id = element.attributes["ID"];
        if (id !== undefined) this.#elements.set(`${element.name} ${id}`, element);
      }
  }

  readonly spaceOf = (id: string | undefined): ColorSpace => {
    const element = this.#elements.get(`ColorSpace ${id ?? this.#defaultSpace}`);
    if (!element) return RGB;
    return {
      type: (element.attributes["Type"] ?? "RGB").toUpperCase(),
      bits: numberOf(element.attributes["BitsPerComponent"], 8),
      palette: elementsOf(elementAt(element, "Palette"), "CV").map((value) => textOf(value)),
    };
  };

  /** The colour of a name in an element. */
  readonly ink = (element: XmlElement, name: "FillColor" | "StrokeColor"): Ink | undefined => {
    const colour = elementsOf(element, name)[0];
    return colour && inkOf(colour, this.spaceOf);
  };

  /** The drawing parameters of an identifier, with those that they stand on. */
  drawParam(id: string | undefined): DrawParam {
    let found: DrawParam = {};
    let at = id;
    for (let i = 0; i < MOST_RELATIVES && at !== undefined; i += 1) {
      const element = this.#elements.get(`DrawParam ${at}`);
      if (!element) break;
      const [fill, stroke] = [this.ink(element, "FillColor"), this.ink(element, "StrokeColor")];
      const width = element.attributes["LineWidth"];
      found = {
        ...(fill ? { fill } : {}),
        ...(stroke ? { stroke } : {}),
        ...(width === undefined ? {} : { lineWidth: numberOf(width, 0.353) }),
        ...found,
      };
      at = element.attributes["Relative"];
    }
    return found;
  }

  /** Whether an image is one through which nothing is seen: other formats may be so in parts. */
  isOpaque(id: string | undefined): boolean {
    const media = this.#elements.get(`MultiMedia ${id}`);
    const file = `${media?.attributes["Format"] ?? ""} ${textOf(elementAt(media, "MediaFile")).trim()}`;
    return /\b(?:jpe?g|bmp)\b/i.test(file);
  }

  /** What a group of objects that is drawn more than once is made of (13). */
  group(id: string | undefined): XmlElement | undefined {
    return elementAt(this.#elements.get(`CompositeGraphicUnit ${id}`), "Content");
  }
}

/** The resources of a document. */
export async function resourcesOf({ zip, document }: OfdPackage): Promise<Resources> {
  const resources = new Resources(document.root);
  const common = elementAt(document.root, "CommonData");
  for (const name of ["PublicRes", "DocumentRes"])
    for (const part of await partsNamed(zip, document, common, name)) resources.add(part);
  return resources;
}
