/** Parts of the page whose scripts are fetched when they are first used, so that a first visit does not load them. */
import { type Signal, signal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { useEffect } from "preact/hooks";
import { Notice, Progress } from "./flow/parts.tsx";
import { t } from "./texts.ts";

/** A component that may not be there yet. */
export interface Later<Props> {
  (props: Props): VNode;
  /** Fetches it, unless it is there or on its way. */
  fetch(): void;
}

type State<Props> = { readonly component: ComponentType<Props> } | "failed" | "fetching" | undefined;

/** In the place of what was not fetched: the page may be older than what the service has now, so it can be opened anew. */
function NotFetched({ again }: { readonly again: () => void }) {
  return (
    <Notice kind="trouble">
      {t("notFetched")}{" "}
      <button type="button" className="flow-button" onClick={again}>
        {t("retry")}
      </button>{" "}
      <button type="button" className="flow-link" onClick={() => location.reload()}>
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
  const fetchNow = (): void => {
    if (typeof state.peek() === "object" || state.peek() === "fetching") return;
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
    useEffect(() => {
      if (state.peek() === undefined) fetchNow();
    }, []);
    if (typeof now === "object") return <now.component {...props} />;
    if (now === "failed") return <NotFetched again={fetchNow} />;
    return <Progress busy>{t("fetching")}</Progress>;
  }
  return Object.assign(Part, { fetch: fetchNow });
}
