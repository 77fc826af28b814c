import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** What pdf.js looks for in a native package, to draw pages with: here it only reads, and only the names must be there. */
const CANVAS = "{ DOMMatrix: class DOMMatrix {}, ImageData: class ImageData {}, Path2D: class Path2D {} }";
const LOADED = 'canvas = require("@napi-rs/canvas");';

/** Bundles pdf.js without the native canvas that it asks for when it is loaded, and complains of when it is not there. */
export const pdfjsWithoutCanvas: Plugin = {
  name: "pdfjs-without-canvas",
  setup(build) {
    build.onLoad({ filter: /pdfjs-dist[\\/]legacy[\\/]build[\\/]pdf\.mjs$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      if (!code.includes(LOADED)) throw new Error(`${path}: it no longer loads its canvas as it did`);
      return { contents: code.replace(LOADED, `canvas = ${CANVAS};`), loader: "js" };
    });
  },
};
