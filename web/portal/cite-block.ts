/** A version to be cited: a line to copy, and files for programs that keep references. */
import { bibtex, type Cited, citation, cslJson } from "../../src/portal/cite.ts";
import { download, element, t, today } from "./page.ts";

/** What shows how a version is cited, folded. @param of what stands before it, where there are several */
export function citeBlock(given: Cited, of = ""): HTMLElement {
  const cited: Cited = { ...given, accessed: today() };
  const name = `${cited.uscc}-${cited.year}-v${cited.version}`;
  const save = (label: string, file: string, type: string, text: string): HTMLElement => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => download(file, type, text));
    return button;
  };
  return element(
    "details",
    { className: "cite" },
    element("summary", {}, t(`引用${of}第${cited.version}版`, `Cite ${of} version ${cited.version}`)),
    element("p", { lang: "zh-CN" }, citation(cited)),
    element(
      "p",
      {},
      save("BibTeX", `${name}.bib`, "application/x-bibtex", bibtex(cited)),
      " ",
      save("CSL-JSON", `${name}.json`, "application/vnd.citationstyles.csl+json", cslJson(cited)),
    ),
  );
}
