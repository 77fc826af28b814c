import { type Signal, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { EditionForm } from "../../src/form/form.ts";
import { labelOf, language } from "./i18n.ts";
import { stepOf } from "./model/findings.ts";
import type { Form } from "./model/form-model.ts";
import { t } from "./texts.ts";

/** Where in the form the page is: a step, and the line of the summary that was followed to it. */
export interface Position {
  readonly step: Signal<string>;
  readonly followed: Signal<string>;
  /** How often the report was to be submitted. */
  readonly asked: Signal<number>;
}

/** The steps of a form, by key. */
export const stepsOf = (form: EditionForm): string[] => ["organ", ...form.sections.map((s) => s.key), "check"];

/** What a step is called. */
export const titleOf = (form: EditionForm, step: string): string => {
  const section = form.sections.find((s) => s.key === step);
  if (section) return language.value === "en" ? labelOf(section) : `${section.number}、${section.label}`;
  return t(step === "check" ? "stepCheck" : "stepOrgan");
};

/** The element that stands for a place: itself, the first in it, or what it lies in. */
function elementAt(pointer: string): HTMLElement | null {
  const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = find(`[data-pointer="${CSS.escape(at)}"]`) ?? find(`[data-pointer^="${CSS.escape(`${at}/`)}"]`);
    if (found) return found;
  }
  return null;
}

/** The step in the address, followed as it changes; `come` is called when another is come to by it. */
export function usePosition(model: Form, come: () => void): Position {
  const position = useMemo<Position>(
    () => ({ step: signal(location.hash.slice(1)), followed: signal(""), asked: signal(0) }),
    [],
  );
  useEffect(() => {
    const onHash = (): void => {
      const [before, to] = [position.step.peek(), location.hash.slice(1)];
      // Already there, since a place was revealed and has the focus; or no step, as the link to the content.
      if (before === to || !(to === "" || stepsOf(model.form.peek()).includes(to))) return;
      position.step.value = to;
      // A part that was left has been seen: what it lacks as a whole may be said.
      model.touch(`/${before}/body`);
      if (position.followed.peek() === "" || to !== "check") come();
    };
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, [model, position]);
  return position;
}

/** Goes to a place that was asked for: first to its step, then to its element. */
export function useRevealing(model: Form, position: Position, step: string): void {
  const revealed = model.revealed.value;
  useLayoutEffect(() => {
    if (!revealed) return;
    const target = stepOf(revealed.pointer);
    const explained = revealed.pointer.startsWith("/explanations");
    if (target !== step && !explained && stepsOf(model.form.peek()).includes(target)) {
      location.hash = target;
      position.step.value = target;
      return;
    }
    const element = elementAt(revealed.pointer);
    element?.focus();
    element?.scrollIntoView({ block: "center", inline: "nearest" });
    model.revealed.value = undefined;
  }, [revealed, step]);
}
