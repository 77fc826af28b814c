import type { Message } from "../basics/finding.ts";

/** What there is to say of a kind of file. */
export interface Format {
  /** What its files' names end in; of a format that is written, the folder here that writes it. */
  readonly name: string;
  /** Other endings that it is found under. */
  readonly aliases?: readonly string[];
  /** The first is what it is served as. */
  readonly mediaTypes: readonly [string, ...string[]];
  /** As short as it goes. */
  readonly label: Message;
  /** What somebody takes it for who does not know formats. */
  readonly title: Message;
  /** What a report is in it. */
  readonly description?: Message;
  /** Pages to be read; all that a report is, for programs; its figures and texts in rows. */
  readonly kind: "document" | "data" | "table";
  readonly binary: boolean;
  /** A report can be written in it, by `NAME/write.ts`. */
  readonly written: boolean;
  /** It is one of the files of a published version. */
  readonly published: boolean;
  /** A report can be made of it. */
  readonly imported: boolean;
}
