/** Parts of the page whose scripts are fetched when they are first used, so that a first visit does not load them. */
import { type Signal, signal, useSignal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { useEffect } from "preact/hooks";
import { openAnew } from "./anew.ts";
import { Notice, Progress } from "./flow/parts.tsx";
import { t } from "./texts.ts";

/** A component that may not be there yet. */
export interface Later<Props> {
  (props: Props): VNode;
  /** Fetches it, unless that was begun. */
  fetch(): void;
}

type State<Props> = { readonly component: ComponentType<Props> } | "failed" | "fetching" | undefined;

/** In the place of what was not fetched: the network failed, or the page is older than what the service has now. */
function NotFetched() {
  const away = useSignal(false);
  const tryAgain = async (): Promise<void> => {
    away.value = !(await openAnew());
  };
  return (
    <Notice kind="trouble">
      {t(away.value ? "stillAway" : "notFetched")}{" "}
      <button type="button" className="flow-button" onClick={() => void tryAgain()}>
        {t("openAnew")}
      </button>
    </Notice>
  );
}

/**
 * A component of a module that is fetched when it is first drawn, or before when that is foreseen.
 * @param load imports the module and picks the component
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const state: Signal<State<Props>> = signal(undefined);
  const fetchOnce = (): void => {
    if (state.peek() !== undefined) return;
    state.value = "fetching";
    load().then(
      (component) => {
        state.value = { component };
      },
      () => {
        state.value = "failed";
      },
    );
  };
  function Part(props: Props): VNode {
    const now = state.value;
    useEffect(fetchOnce, []);
    if (typeof now === "object") return <now.component {...props} />;
    return now === "failed" ? <NotFetched /> : <Progress busy>{t("fetching")}</Progress>;
  }
  return Object.assign(Part, { fetch: fetchOnce });
}
