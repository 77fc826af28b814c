/** What a page's charts and reports can be taken away as: pictures, data, a frame for another page, a citation. */
import { csv } from "../../src/formats/csv/csv.ts";
import { pictureOf, pngOf } from "./chart-picture.ts";
import { citeBlock } from "./cite-block.ts";
import { download, element, t } from "./page.ts";

/** The figures behind a chart, as its table has them: digits without the commas between them. */
const rowsOf = (figure: HTMLElement): string[][] =>
  [...figure.querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent!.trim().replace(/(?<=\d),(?=\d{3})/g, "")),
  );

/** The address of a chart by itself. */
function embedAddress(figure: HTMLElement): string | undefined {
  const of = figure.closest<HTMLElement>("[data-embed]")?.dataset["embed"];
  return of === undefined ? undefined : new URL(`${of}&chart=${figure.id}`, location.href).href;
}

/** The element that another page shows a chart by, folded until it is asked for. */
function frameCode(figure: HTMLElement): HTMLElement | "" {
  const address = embedAddress(figure);
  if (address === undefined) return "";
  const title = figure.querySelector("figcaption")!.textContent!;
  const frame = element("iframe", { src: address, title, width: "400", height: "420", loading: "lazy" });
  const code = element("code", {}, frame.outerHTML);
  const box = element("pre", { tabIndex: 0 }, code);
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", t(`嵌入的代码：${title}`, `Code to embed: ${title}`));
  return element("details", { className: "frame" }, element("summary", {}, t("嵌入", "Embed")), box);
}

function addTools(figure: HTMLElement): void {
  const name = `${document.title.split(/[ –]/)[0]}-${figure.id}`;
  const title = figure.querySelector("figcaption")!.textContent!;
  const tool = (label: string, take: () => void): HTMLElement => {
    const button = element("button", { type: "button" }, label, element("span", { className: "vh" }, ` ${title}`));
    button.addEventListener("click", take);
    return button;
  };
  const picture = () => pictureOf(figure, `${t("来源：", "Source: ")}${location.origin}${location.pathname}`);
  const tools = figure.querySelector<HTMLElement>(".tools");
  tools?.append(
    tool("SVG", () => download(`${name}.svg`, "image/svg+xml", picture().svg)),
    tool("PNG", () => void pngOf(picture()).then((blob) => download(`${name}.png`, "image/png", blob))),
    tool("CSV", () =>
      download(`${name}.csv`, "text/csv;charset=utf-8", csv(rowsOf(figure)) as Uint8Array<ArrayBuffer>),
    ),
    frameCode(figure),
  );
  if (tools) tools.hidden = false;
}

/** Citations are there as lines; here they get the day of today, and files. */
function addCitation(item: HTMLElement): void {
  const { uscc = "", year, version, published: publishedAt = "", organ = "", title = "", url = "" } = item.dataset;
  item.replaceChildren(
    citeBlock({ uscc, year: Number(year), version: Number(version), publishedAt, organ, title, url }, `${year}`),
  );
}

document.querySelectorAll<HTMLElement>("figure.chart").forEach(addTools);
document.querySelectorAll<HTMLElement>("[data-published]").forEach(addCitation);
