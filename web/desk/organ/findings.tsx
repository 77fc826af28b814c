import type { Finding } from "../../../src/basics/finding.ts";
import { inLanguage, messageOf } from "../../filing/i18n.ts";
import type { Document } from "./model.ts";
import { t } from "./texts.ts";

const LEVELS = ["error", "warning", "information"] as const;

/** What the checks found, the gravest first, each warning with what the organ says to it. */
export function FindingList({ document: { findings, explanations } }: { readonly document: Document }) {
  const sorted = LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));
  const explanation = ({ id, level }: Finding) => {
    if (level !== "warning" || !explanations) return null;
    const text = explanations[id];
    return <p class={text ? "desk-said" : "desk-warned"}>{text ? t("explained", { text }) : t("unexplained")}</p>;
  };
  return (
    <section>
      <h3>{t("findings", { count: findings.length })}</h3>
      {findings.length === 0 && <p>{t("noFindings")}</p>}
      <ul class="desk-found">
        {sorted.map((finding, i) => (
          <li key={i}>
            <span class={`desk-level-${finding.level}`}>{t(finding.level)}</span> <code>{finding.id}</code>{" "}
            {messageOf(finding)}
            {finding.cells.length > 0 && (
              <span class="desk-left">
                {inLanguage(["（", " ("])}
                {finding.cells
                  .slice(0, 6)
                  .map(({ label }) => label)
                  .join(inLanguage(["、", ", "]))}
                {inLanguage(["）", ")"])}
              </span>
            )}
            {explanation(finding)}
          </li>
        ))}
      </ul>
    </section>
  );
}
