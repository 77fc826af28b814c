import type { Write } from "../write.ts";

/** The data themselves, which a PDF carries too. */
export const write: Write = ({ source }) => source;
