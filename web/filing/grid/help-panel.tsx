import { useLayoutEffect, useRef } from "preact/hooks";
import { inLanguage, labelOf } from "../i18n.ts";
import { t } from "../texts.ts";
import type { Help } from "./help.ts";
import type { GridState } from "./state.ts";

/** Opens what there is to say of a row or a column; beside its label. In a cell, F1 does the same. */
export function HelpButton({
  grid,
  help,
  describedBy,
}: {
  readonly grid: GridState;
  readonly help: readonly Help[];
  /** The element that has the label. */
  readonly describedBy: string;
}) {
  return (
    <button
      type="button"
      class="help-mark"
      tabIndex={-1}
      aria-label={t("help")}
      aria-describedby={describedBy}
      aria-expanded={grid.help.value === help}
      onClick={() => grid.showHelp(help)}
      onKeyDown={(event) => {
        if (event.key === "Escape") grid.help.value = undefined;
      }}
    >
      ?
    </button>
  );
}

/**
 * The help that was asked for, over the window's lower edge: nothing moves when it comes. Its place is always there, so
 * that a screen reader hears what comes into it.
 */
export function HelpPanel({ grid }: { readonly grid: GridState }) {
  const help = grid.help.value;
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (help) opener.current = document.activeElement;
  }, [help]);
  const close = (): void => {
    grid.help.value = undefined;
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  return (
    <div class="help-anchor">
      <div role="status" class={help ? "help-panel" : ""}>
        {help && (
          <>
            <dl>
              {help.map((one) => (
                <div key={one.label}>
                  <dt>{labelOf(one)}</dt>
                  <dd>{inLanguage([one.text.zh, one.text.en])}</dd>
                </div>
              ))}
            </dl>
            <button type="button" class="plain" onClick={close}>
              {t("helpClose")}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
