import * as editions from "../../generated/editions.ts";
import type { EditionForm } from "./form.ts";

/** Every edition that has a file in `schemas/editions/`, oldest first. */
export const forms: readonly EditionForm[] = editions.forms;

/** The form of an edition, or undefined. */
export const formOf = (edition: unknown): EditionForm | undefined => forms.find((form) => form.edition === edition);

/** The edition that a report year is to be filed on, the latest of several that is for it; undefined for years before the first. */
export const formForYear = (year: number, of: readonly EditionForm[] = forms): EditionForm | undefined =>
  of.findLast((form) => year >= form.firstYear && (form.lastYear === null || year <= form.lastYear));
