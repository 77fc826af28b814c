/**
 * Prepares the faces that a report is set in, with their licences, into `dist/fonts`.
 * `node scripts/fonts.ts FROM TO` does the same for an organ's own files: FROM holds fangsong, kaiti, heiti, biaosong and
 * songti as .ttf or .otf, and rare where the organ has one.
 */
import { prepareFonts } from "./prepare-fonts.ts";

const [from, to] = process.argv.slice(2);
await prepareFonts(from && to ? { from, to } : {});
