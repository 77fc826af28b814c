import { getCell } from "../../../src/form/cells.ts";
import type { NarrativeSection } from "../../../src/form/form.ts";
import { missingTopics } from "../../../src/rules/topics.ts";
import { PartFindings, toldBelow } from "../findings/note.tsx";
import { inLanguage, labelOf } from "../i18n.ts";
import type { Form } from "../model/form-model.ts";
import { Editor } from "../narrative/editor.tsx";
import { itemsOf } from "../narrative/items.ts";
import { SplitOffer } from "../narrative/split-offer.tsx";
import { t } from "../texts.ts";
import { BesideLastYearText } from "./last-year-text.tsx";
import { SectionHelp } from "./section-help.tsx";
import { shownFindings } from "./shown-findings.ts";

/** A part of text. */
export function NarrativeStep({ model, section }: { readonly model: Form; readonly section: NarrativeSection }) {
  const pointer = `/${section.key}/body`;
  const items = itemsOf(getCell(model.report.value, pointer));
  const missing = missingTopics(items, section.topics ?? []);
  const findings = shownFindings(model, section.key);
  const told = toldBelow(findings, section.key, (place) => place.startsWith(`${pointer}/`));
  return (
    <>
      <SectionHelp section={section} />
      {section.topics && (
        <aside class="topics" aria-label={t("topics")}>
          <b>{t("topics")}</b>
          <ul>
            {section.topics.map((topic) => {
              const there = !missing.includes(topic);
              return (
                <li key={topic.key} class={there ? "there" : ""}>
                  <span aria-hidden="true">{there ? "✓" : "○"}</span> {labelOf(topic)}
                  <span class="hidden">{t(there ? "topicThere" : "topicMissing")}</span>
                </li>
              );
            })}
          </ul>
        </aside>
      )}
      {section.mentions && (
        <p class="hint">{t("mentions", { words: section.mentions.join(inLanguage(["、", ", "])) })}</p>
      )}
      <SplitOffer model={model} section={section} />
      <BesideLastYearText model={model} pointer={pointer}>
        <Editor model={model} pointer={pointer} label={labelOf(section)} headings {...{ findings, told }} />
      </BesideLastYearText>
      <PartFindings model={model} told={told} place={section.key} />
    </>
  );
}
