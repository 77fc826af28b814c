import { forms } from "../form/forms.ts";
import { type FormLabels, labelsOf } from "../form/label-index.ts";
import { simplified } from "./simplified.ts";

let known: FormLabels | undefined;

/** Labels, captions, heads and titles of every edition; texts in traditional characters are taken as the form writes them. */
export const labelsOfForms = (): FormLabels => {
  known ??= withTraditional(labelsOf(forms));
  return known;
};

const withTraditional = (own: FormLabels): FormLabels => ({
  ...own,
  isLabel: (text) => own.isLabel(simplified(text)),
  isNearLabel: (text) => own.isNearLabel(simplified(text)),
  beginsLabel: (text) => own.beginsLabel(simplified(text)),
  isTitle: (text) => own.isTitle(simplified(text)),
  isNearTitle: (text) => own.isNearTitle(simplified(text)),
});
