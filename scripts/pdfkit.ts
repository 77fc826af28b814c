import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

/** What pdfkit imports for laying out text and embedding fonts. Neither runs here: both are ours (decision 4). */
const UNUSED = /^(?:fontkit|linebreak)$/;

/**
 * Leaves fontkit, linebreak and what they bring (brotli, Unicode's tries) out of a bundle: two fifths of the API's, read
 * at every cold start and never called.
 */
export const pdfkitWithoutFonts: Plugin = {
  name: "pdfkit-without-fonts",
  setup(build) {
    const path = fileURLToPath(new URL("unused-fonts.mjs", import.meta.url));
    build.onResolve({ filter: UNUSED }, () => ({ path }));
  },
};
