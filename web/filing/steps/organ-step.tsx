import { useSignal } from "@preact/signals";
import { TextField } from "../fields.tsx";
import { PartFindings } from "../findings/note.tsx";
import type { Flow } from "../flow/flow.ts";
import { Differing } from "../grid/outcome.tsx";
import { type Followed, typeCode } from "../model/follow-code.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { LastYear } from "./last-year.tsx";
import { OptionalTexts } from "./optional-texts.tsx";
import { shownFindings } from "./shown-findings.ts";
import { Year } from "./year.tsx";

/** Whose report, of which year, signed when; and what may stand before the first part. */
export function OrganStep({ model, flow }: { readonly model: Form; readonly flow: Flow }) {
  const findings = shownFindings(model, "organ");
  const followed = useSignal<Followed | undefined>(undefined);
  const onCode = async (text: string): Promise<void> => {
    followed.value = undefined;
    const now = await typeCode(model, text, (uscc) => flow.nameOf(uscc));
    if (now) followed.value = now;
  };
  return (
    <>
      {model.differing.value.length > 0 && (
        <div class="outcome">
          <Differing totals={model.differing.value} />
          <button
            type="button"
            class="plain"
            onClick={() => {
              model.differing.value = [];
            }}
          >
            {t("dismiss")}
          </button>
        </div>
      )}
      <TextField model={model} pointer="/organ/name" label={t("organName")} hint={t("organNameHint")} />
      <TextField
        model={model}
        pointer="/organ/uscc"
        label={t("uscc")}
        hint={t("usccHint")}
        size="short"
        read={(text) => text.normalize("NFKC").replace(/\s/g, "").toUpperCase()}
        onType={(text) => void onCode(text)}
      />
      <p class="hint" role="status">
        {followed.value && t(followed.value.kind, { name: followed.value.name })}
      </p>
      <Year model={model} />
      <TextField model={model} pointer="/signed" label={t("signed")} hint={t("signedHint")} type="date" size="short" />
      <LastYear model={model} flow={flow} />
      <h3>{t("preamble")}</h3>
      <OptionalTexts
        model={model}
        pointer="/preamble"
        label={t("preamble")}
        add={t("addPreamble")}
        findings={findings}
      />
      <PartFindings model={model} findings={findings.filter((f) => f.level === "warning")} place="organ" />
    </>
  );
}
