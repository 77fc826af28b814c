import type { Plugin } from "esbuild";

/** What pdfkit imports for laying out text and embedding fonts. Neither runs here: both are ours (decision 4). */
const UNUSED = /^(?:fontkit|linebreak)$/;

/** Throws where it is called: a path that came to use it must not go on with nothing. */
const STUB = `const unused = () => { throw new Error("fontkit and linebreak are left out of this bundle (scripts/pdfkit.ts)"); };
export const create = unused;
export default class { constructor() { unused(); } }
`;

/**
 * Leaves fontkit, linebreak and what they bring (brotli, Unicode's tries) out of a bundle: two fifths of the API's, read
 * at every cold start and never called.
 */
export const pdfkitWithoutFonts: Plugin = {
  name: "pdfkit-without-fonts",
  setup(build) {
    build.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: "unused" }));
    build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: STUB, loader: "js" }));
  },
};
