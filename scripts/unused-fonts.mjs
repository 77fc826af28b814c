/** Stands in for fontkit and linebreak in bundles that never call them (see pdfkit.ts): a call must not go unnoticed. */
const unused = () => {
  throw new Error("fontkit and linebreak are left out of this bundle (scripts/pdfkit.ts)");
};

export const create = unused;

export default unused;
