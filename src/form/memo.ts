import type { EditionForm } from "./form.ts";

/** A function of a form, which never changes, worked out once for each form. */
export function memoizePerForm<T>(work: (form: EditionForm) => T): (form: EditionForm) => T {
  const done = new WeakMap<EditionForm, T>();
  return (form) => {
    const known = done.get(form);
    if (known !== undefined) return known;
    const made = work(form);
    done.set(form, made);
    return made;
  };
}
