/** What writes a format: its folder's, loaded when it is first asked for. */
import type { Fonts } from "../fonts/fonts.ts";
import type { Composed } from "./content.ts";
import type { Format } from "./format.ts";

/** What a file needs besides what it says. */
export interface Surroundings {
  /** Opens the faces; asked for by what sets pages. */
  readonly fonts: () => Fonts;
  /** The formats of the files that will lie beside it; none of a file that stands alone. */
  readonly beside?: readonly Format[];
  /** Printed across every page. */
  readonly watermark?: string;
}

/** Writes a report or a notice in a format. The same content gives the same bytes. */
export type Write = (content: Composed, surroundings: Surroundings) => Uint8Array | Promise<Uint8Array>;

/** Writes in a format of the list that is `written`. */
export async function writeAs(
  { name }: Pick<Format, "name">,
  content: Composed,
  surroundings: Surroundings,
): Promise<Uint8Array> {
  const { write } = (await import(`./${name}/write.ts`)) as { readonly write: Write };
  return write(content, surroundings);
}
