/** A paragraph or a heading of a narrative, as a report has it. */
export type ScaffoldItem =
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "heading"; readonly level: 2 | 3 | 4; readonly text: string };

/**
 * What the narratives of a region's report begin with, to be rewritten: `{pointer}` stands for the figure there. The
 * files are `schemas/scaffolds/*.json`, apart from the editions since pages that fill in a form do not need them.
 */
export interface Scaffold {
  readonly edition: string;
  /** By the key of the section. */
  readonly sections: Readonly<Record<string, readonly ScaffoldItem[]>>;
}
