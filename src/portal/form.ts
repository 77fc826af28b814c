import { forms } from "../form/forms.ts";
import { formRows } from "./rows.ts";
import { singledRows } from "./singled.ts";

/** The rows of every edition. */
export const FORM = formRows(forms);

/** The rows that pages single out. */
export const ROWS = singledRows(FORM);
