import type { Finding } from "../../../src/basics/finding.ts";
import { isShown, placesOf, stepOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";

/** The findings of a step that are to be shown already. */
export function shownFindings(model: Form, step: string): Finding[] {
  const shown = { touched: model.touched.value, showAll: model.showAll.value };
  const here = (finding: Finding): boolean => placesOf(finding).some((place) => stepOf(place) === step);
  return [
    ...model.remarks.value.filter(here),
    ...model.checked.value.findings.filter((finding) => here(finding) && isShown(finding, shown)),
  ];
}
