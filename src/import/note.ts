/** What was done to a text before it was a figure, or what was left out beside it. */
export type Note =
  | "fullWidth"
  | "space"
  | "separator"
  | "sign"
  | "dash"
  | "counter"
  | "decimal"
  | "zeros"
  | "converted"
  | "unitTaken"
  | "remark"
  | Unseen;

/** Why a text in a cell is plainly none of its figure. */
export type Unseen = "struck" | "mark" | "hidden";
