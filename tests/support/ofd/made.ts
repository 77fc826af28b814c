/** OFD files as small as readers open them, made of the XML that a test is about. */
import { strToU8, type Zippable, zipSync } from "fflate";

/** The parts of a file, by what is in them. */
export interface MadeOfd {
  /** The content of `Page` elements, one a page. */
  readonly pages: readonly string[];
  /** The content of `Res`. */
  readonly resources?: string;
  /** The content of `Page` elements that pages are laid on; their identifiers are 900 and up. */
  readonly templates?: readonly string[];
  /** The content of the `PageAnnot` of the first page. */
  readonly annotations?: string;
  /** More of `DocInfo` and of `CommonData`. */
  readonly info?: string;
  readonly common?: string;
  /** Parts besides, or in place of those. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

const root = (name: string, content: string, attributes = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ofd:${name} xmlns:ofd="http://www.ofdspec.org/2016"${attributes}>${content}</ofd:${name}>`;

/** The parts of a file by their names. */
export function ofdParts({
  pages,
  resources = "",
  templates = [],
  annotations,
  info = "",
  common = "",
  parts = {},
}: MadeOfd): Record<string, string | Uint8Array> {
  const list = pages.map((_, i) => `<ofd:Page ID="${100 + i}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join("");
  const laid = templates
    .map((_, i) => `<ofd:TemplatePage ID="${900 + i}" BaseLoc="Tpls/Tpl_${i}/Content.xml"/>`)
    .join("");
  return {
    "OFD.xml": root(
      "OFD",
      `<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>${info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>`,
      ' Version="1.0" DocType="OFD"',
    ),
    "Doc_0/Document.xml": root(
      "Document",
      `<ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>${laid}${common}</ofd:CommonData><ofd:Pages>${list}</ofd:Pages>${annotations === undefined ? "" : "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"}`,
    ),
    "Doc_0/PublicRes.xml": root("Res", resources, ' BaseLoc="Res"'),
    ...(annotations === undefined
      ? {}
      : {
          "Doc_0/Annots/Annotations.xml": root(
            "Annotations",
            '<ofd:Page PageID="100"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>',
          ),
          "Doc_0/Annots/Page_0/Annotation.xml": root("PageAnnot", annotations),
        }),
    ...Object.fromEntries(pages.map((page, i) => [`Doc_0/Pages/Page_${i}/Content.xml`, root("Page", page)])),
    ...Object.fromEntries(templates.map((page, i) => [`Doc_0/Tpls/Tpl_${i}/Content.xml`, root("Page", page)])),
    ...parts,
  };
}

/** Parts as a file. */
export const ofdFile = (made: MadeOfd): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(ofdParts(made)).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]),
    ) as Zippable,
  );

/** Objects as a page's only layer. */
export const layer = (objects: string, attributes = ""): string =>
  `<ofd:Content><ofd:Layer ID="1"${attributes}>${objects}</ofd:Layer></ofd:Content>`;

/** A text on one line, 4 mm high, each character as wide as it is high; its baseline is at `y`. */
export const line = (text: string, x: number, y: number, attributes = "", inner = ""): string => {
  const count = [...text].length;
  const deltas = count > 1 ? ` DeltaX="g ${count - 1} 4"` : "";
  return `<ofd:TextObject ID="2" Boundary="${x} ${y - 4} ${4 * count} 5" Font="3" Size="4"${attributes}>${inner}<ofd:TextCode X="0" Y="4"${deltas}>${text}</ofd:TextCode></ofd:TextObject>`;
};
