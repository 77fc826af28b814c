import { forms } from "../form/forms.ts";
import { type FormLabels, labelsOf } from "../form/label-index.ts";

let known: FormLabels | undefined;

/** Labels, captions, heads and titles of every edition. */
export const labelsOfForms = (): FormLabels => {
  known ??= labelsOf(forms);
  return known;
};
