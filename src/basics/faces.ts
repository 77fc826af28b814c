/** The faces that a report is set in. An organ that holds other licences supplies its own file of the same name. */
export const FACES = ["fangsong", "kaiti", "heiti", "biaosong", "songti"] as const;
export type FaceName = (typeof FACES)[number];
