import { useSignal } from "@preact/signals";
import type { Finding } from "../../../src/basics/finding.ts";
import { TextField } from "../fields.tsx";
import { PartFindings, toldBelow } from "../findings/note.tsx";
import type { Flow } from "../flow/flow.ts";
import { Differing } from "../grid/outcome.tsx";
import { differingNow } from "../model/draft.ts";
import { type Followed, typeCode } from "../model/follow-code.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { LastYear } from "./last-year.tsx";
import { OptionalTexts } from "./optional-texts.tsx";
import { shownFindings } from "./shown-findings.ts";
import { Year } from "./year.tsx";

/** What a correction has from the version that it corrects. */
const FIXED = ["/organ/uscc", "/year", "/edition"];

/** Whose report of which year a correction is of: that is not changed by it. */
function Place({ model }: { readonly model: Form }) {
  const { organ, year } = model.report.value as { readonly organ?: { readonly uscc?: string }; readonly year?: number };
  return (
    <>
      <dl class="fixed">
        <dt>{t("uscc")}</dt>
        <dd data-pointer="/organ/uscc" tabIndex={-1}>
          {organ?.uscc}
        </dd>
        <dt>{t("year")}</dt>
        <dd data-pointer="/year" tabIndex={-1}>
          {year}
        </dd>
      </dl>
      <p class="hint">{t("fixedHint")}</p>
    </>
  );
}

/** Whose report of which year it is, to be filled in. */
function PlaceFields({
  model,
  flow,
  told,
}: {
  readonly model: Form;
  readonly flow: Flow;
  readonly told: ReadonlyMap<Finding, string>;
}) {
  const followed = useSignal<Followed | undefined>(undefined);
  const onCode = async (text: string): Promise<void> => {
    followed.value = undefined;
    const now = await typeCode(model, text, (uscc) => flow.nameOf(uscc));
    if (now) followed.value = now;
  };
  return (
    <>
      <TextField
        model={model}
        told={told}
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
    </>
  );
}

/** Whose report, of which year, signed when; and what may stand before the first part. */
export function OrganStep({ model, flow }: { readonly model: Form; readonly flow: Flow }) {
  const fixed = flow.drafts.open.value?.task.kind === "correct";
  const findings = shownFindings(model, "organ");
  // What is wrong with last year's file stands beside that.
  const told = toldBelow(
    findings.filter((finding) => finding !== model.lastYearFile.value?.flawed),
    "organ",
    (pointer) => !(fixed && FIXED.includes(pointer)),
  );
  // Of those that were mended since nothing is said.
  const differing = differingNow(model.form.value, model.report.value, model.differing.value);
  return (
    <>
      {differing.length > 0 && (
        <div class="outcome">
          <Differing totals={differing} />
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
      <TextField model={model} told={told} pointer="/organ/name" label={t("organName")} hint={t("organNameHint")} />
      {fixed ? <Place model={model} /> : <PlaceFields model={model} flow={flow} told={told} />}
      <TextField
        model={model}
        told={told}
        pointer="/signed"
        label={t("signed")}
        hint={t("signedHint")}
        type="date"
        size="short"
      />
      <LastYear model={model} flow={flow} />
      <h3>{t("preamble")}</h3>
      <OptionalTexts
        model={model}
        pointer="/preamble"
        label={t("preamble")}
        add={t("addPreamble")}
        findings={findings}
        told={told}
      />
      <PartFindings model={model} told={told} place="organ" />
    </>
  );
}
