import type { Finding } from "../../../src/basics/finding.ts";
import { isShown, placesOf, stepOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";

/** The findings of a step that are to be shown already. */
export function shownFindings(model: Form, step: string): Finding[] {
  const shown = { touched: model.touched.value, showAll: model.showAll.value };
  return model.checked.value.findings.filter(
    (finding) => placesOf(finding).some((place) => stepOf(place) === step) && isShown(finding, shown),
  );
}
