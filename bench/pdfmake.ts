import { readFileSync } from "node:fs";
import { join } from "node:path";
import pdfmake from "pdfmake";
import type { Content } from "pdfmake/interfaces.js";
import type { Engine } from "./engine.ts";

const FACES = ["fangsong", "kaiti", "heiti", "biaosong", "songti"];
const mm = (length: number): number => (length * 72) / 25.4;

/** The library as its guide shows it: a document definition, its own line breaking, its own tables. */
export const engine: Engine = {
  async start(directory) {
    for (const name of FACES)
      pdfmake.virtualfs.writeFileSync(`${name}.ttf`, readFileSync(join(directory, `${name}.ttf`)));
    pdfmake.setFonts(Object.fromEntries(FACES.map((name) => [name, { normal: `${name}.ttf` }])));
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy(() => false);
    return {
      render: (content) =>
        pdfmake
          .createPdf({
            pageSize: "A4",
            pageMargins: [mm(28), mm(37), mm(26), mm(35)],
            defaultStyle: { font: "fangsong", fontSize: 16, lineHeight: 1.6 },
            // The library fills in what it is given: it gets a copy.
            content: structuredClone(content) as Content,
            footer: (page: number) => ({
              text: `— ${page} —`,
              font: "songti",
              fontSize: 14,
              alignment: page % 2 === 1 ? "right" : "left",
              margin: [mm(28) + 14, mm(4), mm(26) + 14, 0],
            }),
          })
          .getBuffer(),
    };
  },
};
