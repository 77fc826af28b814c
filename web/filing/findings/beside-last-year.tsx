import { useSignal } from "@preact/signals";
import type { Finding } from "../../../src/basics/finding.ts";
import { later } from "../later.tsx";
import { t } from "../texts.ts";
import { pairsOf, type TwoYears } from "./pairs.ts";

const SideBySide = later(async () => (await import("./side-by-side.tsx")).SideBySide);

/** Opens this year's and last year's words or figures beside each other, where a finding is about several of them. */
export function BesideLastYear({ model, finding }: { readonly model: TwoYears; readonly finding: Finding }) {
  const open = useSignal(false);
  const { texts, figures } = pairsOf(finding);
  if (texts.length + figures.length === 0 || !model.previous.value) return null;
  return (
    <details
      class="beside-last-year"
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>{t(texts.length > 0 ? "besideTexts" : "besideFigures")}</summary>
      {open.value && <SideBySide model={model} finding={finding} />}
    </details>
  );
}
