/** A chart as a picture of its own: its title and legend drawn into it, its looks written into it, nothing left to a page. */

const SVG = "http://www.w3.org/2000/svg";
/** What a style sheet says of a chart, as attributes that need none. */
const LOOKS = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "text-anchor"] as const;
const [LINE, MARGIN] = [20, 12];

function make<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
  text = "",
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** A copy whose elements look as those they are copied from do on the page. */
function copyWithLooks(from: SVGElement): SVGElement {
  const copy = from.cloneNode(true) as SVGElement;
  const originals = [from, ...from.querySelectorAll<SVGElement>("*")];
  for (const [i, element] of [copy, ...copy.querySelectorAll<SVGElement>("*")].entries()) {
    const looks = getComputedStyle(originals[i]!);
    for (const name of LOOKS)
      if (!/^url/.test(element.getAttribute(name) ?? "")) element.setAttribute(name, looks.getPropertyValue(name));
    element.removeAttribute("class");
  }
  return copy;
}

const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (c > "\u00ff" ? 12 : 7), 0);

/** The lines of a text in a width. */
function lines(text: string, width: number): string[] {
  const all = [""];
  for (const character of text) {
    if (widthOf(all.at(-1)! + character) > width) all.push("");
    all[all.length - 1] += character;
  }
  return all;
}

/** The legend's kinds, as many in a row as fit; and how high that is. */
function legendOf(
  figure: HTMLElement,
  width: number,
  top: number,
): { readonly parts: SVGElement[]; readonly height: number } {
  const parts: SVGElement[] = [];
  let [x, y] = [0, top];
  for (const item of figure.querySelectorAll<HTMLElement>(".legend li")) {
    const label = item.textContent!.trim();
    const wide = 20 + widthOf(label) + 14;
    if (x > 0 && x + wide > width) [x, y] = [0, y + LINE];
    const kind = copyWithLooks(item.querySelector("svg")!);
    for (const [name, value] of [
      ["x", x],
      ["y", y - 11],
      ["width", 14],
      ["height", 14],
    ] as const)
      kind.setAttribute(name, String(value));
    parts.push(kind, make("text", { x: x + 20, y, "font-size": 12 }, label));
    x += wide;
  }
  return { parts, height: parts.length > 0 ? y - top + LINE : 0 };
}

/** A figure's chart as a whole picture. @param source a line under it: where the figures are from */
export function pictureOf(
  figure: HTMLElement,
  source: string,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const chart = figure.querySelector<SVGSVGElement>(":scope > svg")!;
  const { width, height } = chart.viewBox.baseVal;
  const { color, backgroundColor, fontFamily } = getComputedStyle(document.documentElement);
  const title = lines(figure.querySelector("figcaption")!.textContent!, width);
  const top = title.length * LINE + 8;
  const body = copyWithLooks(chart);
  for (const [name, value] of [
    ["x", 0],
    ["y", top],
    ["width", width],
    ["height", height],
  ] as const)
    body.setAttribute(name, String(value));
  const legend = legendOf(figure, width, top + height + LINE);
  const below = lines(source, width);
  const bottom = top + height + legend.height + LINE;
  const all = bottom + below.length * 16;
  const [wide, high] = [width + 2 * MARGIN, all + 2 * MARGIN];
  const picture = make("svg", {
    xmlns: SVG,
    viewBox: `${-MARGIN} ${-MARGIN} ${wide} ${high}`,
    width: wide,
    height: high,
    "font-family": fontFamily,
    fill: color,
  });
  const defs = document.querySelector<SVGElement>("svg.defs defs");
  picture.append(
    ...(defs ? [copyWithLooks(defs)] : []),
    make("rect", { x: -MARGIN, y: -MARGIN, width: wide, height: high, fill: backgroundColor }),
    ...title.map((line, i) => make("text", { x: 0, y: 14 + i * LINE, "font-size": 14, "font-weight": "bold" }, line)),
    body,
    ...legend.parts,
    ...below.map((line, i) => make("text", { x: 0, y: bottom + 12 + i * 16, "font-size": 10 }, line)),
  );
  return { svg: new XMLSerializer().serializeToString(picture), width: wide, height: high };
}

/** A picture in pixels, three for each unit: sharp in print as well. */
export async function pngOf({ svg, width, height }: ReturnType<typeof pictureOf>): Promise<Blob> {
  const href = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = href;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * 3, height: Math.ceil(height * 3) });
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(href);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}
