/**
 * The faces that a report is set in; `rare` has the ideographs beyond the first plane. An organ that holds other licences
 * supplies its own file of the same name.
 */
export const FACES = ["fangsong", "kaiti", "heiti", "biaosong", "songti", "rare"] as const;
export type FaceName = (typeof FACES)[number];
