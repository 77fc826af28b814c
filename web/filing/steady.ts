/**
 * What would move the page waits while the mouse is pressed. A browser clicks what is under the pointer both when it goes
 * down and when it is let go: a link that moved in between, since a field that was left says something, is not clicked.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

let pressed = false;
let waiting: readonly (() => void)[] = [];

function settle(): void {
  pressed = false;
  const acts = waiting;
  waiting = [];
  for (const act of acts) act();
}

/** Follows the mouse from now on. */
export function watchPresses(): void {
  const press = (): void => {
    pressed = true;
  };
  // A finger has its pointer up before the browser presses the mouse in its stead.
  for (const kind of ["pointerdown", "mousedown"]) addEventListener(kind, press, { capture: true });
  for (const kind of ["pointerup", "mouseup", "pointercancel"])
    addEventListener(kind, () => setTimeout(settle), { capture: true });
  addEventListener("click", settle);
  addEventListener("blur", settle);
}

/** Acts now, or once the mouse is let go. */
export function whenSteady(act: () => void): void {
  if (pressed) waiting = [...waiting, act];
  else act();
}

/** A value as it was while the mouse is pressed, and as it is otherwise. */
export function useSteady<T>(value: T): T {
  const shown = useSignal(value);
  useEffect(
    () =>
      whenSteady(() => {
        shown.value = value;
      }),
    [value],
  );
  return shown.value;
}
