import type { FormLabels } from "../../form/label-index.ts";
import type { ExactDocument, SourceDocument } from "../document.ts";

/** What a reader is given besides the file: what it knows of the form, it knows from here. */
export interface ReadOptions {
  /** The file's name. */
  readonly name?: string | undefined;
  readonly labels: FormLabels;
}

/**
 * Makes of a file what is in it, in reading order, or the report that it carries.
 * @throws ImportError when there is nothing to be read in it
 * @throws OwnFileError when it is a file of this system that carries no report any more
 */
export type Read = (
  bytes: Uint8Array,
  options: ReadOptions,
) => SourceDocument | ExactDocument | Promise<SourceDocument | ExactDocument>;

/** A reader of one kind of file. */
export interface Reader {
  /** What `sniff` calls the kind, or a name of its own. */
  readonly kind: string;
  /** Of a kind that `sniff` does not know: whether a file is of it. */
  readonly claims?: (bytes: Uint8Array, name: string) => boolean;
  /** Loads it: a file is there that needs it. */
  readonly load: () => Promise<Read>;
}
