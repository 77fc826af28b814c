import type { Section } from "../../../src/form/form.ts";
import { inLanguage } from "../i18n.ts";
import { t } from "../texts.ts";

/** What the edition says of a part as a whole, to be opened. */
export function SectionHelp({ section: { help } }: { readonly section: Section }) {
  if (!help) return null;
  return (
    <details class="section-help">
      <summary>{t("sectionHelp")}</summary>
      <p>{inLanguage([help.zh, help.en])}</p>
    </details>
  );
}
