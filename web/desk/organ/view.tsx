import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { DeskRow } from "../../../src/desk/rows.ts";
import { Field, Notice, Progress, StepHeading } from "../../filing/flow/parts.tsx";
import { later } from "../../filing/later.tsx";
import type { Desk } from "../desk.ts";
import { goTo, hashOf, route } from "../route.ts";
import { Due, State } from "../table.tsx";
import { say } from "../texts.ts";
import { FindingList } from "./findings.tsx";
import { type Document, OrganModel } from "./model.ts";
import { Pages } from "./pages.tsx";
import { Steps } from "./steps.tsx";
import { t } from "./texts.ts";

const BesideLastYear = later(async () => (await import("./beside.tsx")).BesideLastYear);

/** Returning what was handed over, with reasons, or clearing it: what of that this account may do now. */
function Decide({ model }: { readonly model: OrganModel }) {
  const reason = useSignal("");
  const missing = useSignal(false);
  const busy = useSignal(false);
  const may = model.office.value?.may ?? [];
  if (!may.includes("return") && !may.includes("clear")) return null;
  const decide = async (kind: "return" | "clear"): Promise<void> => {
    const comment = reason.value.trim();
    missing.value = kind === "return" && comment === "";
    if (missing.value || busy.value) return;
    busy.value = true;
    await model.decide(kind, comment);
    busy.value = false;
    reason.value = "";
  };
  return (
    <section class="flow-choices">
      <h3>{t("decide")}</h3>
      <Field
        label={t("reason")}
        hint={t("reasonHint")}
        rows={3}
        maxLength={2000}
        value={reason.value}
        error={missing.value ? t("reasonMissing") : undefined}
        onInput={(text) => {
          reason.value = text;
        }}
      />
      <div class="flow-actions">
        {may.includes("clear") && (
          <button type="button" class="flow-button flow-primary" onClick={() => void decide("clear")}>
            {t("doClear")}
          </button>
        )}
        {may.includes("return") && (
          <button type="button" class="flow-button" onClick={() => void decide("return")}>
            {t("doReturn")}
          </button>
        )}
        <Progress busy={busy.value}>{t("looking")}</Progress>
      </div>
    </section>
  );
}

const nameOf = ({ kind, version = 0 }: Document): string =>
  kind === "handedOver" ? t("handedOver") : t("published", { version });

/** The documents, one at a time: pages, findings, last year's beside it. */
function Documents({ model, documents }: { readonly model: OrganModel; readonly documents: readonly Document[] }) {
  const at = useSignal(0);
  const document = documents[Math.min(at.value, documents.length - 1)];
  if (!document) return <p>{t("nothingYet")}</p>;
  return (
    <>
      {documents.length > 1 && (
        <fieldset class="desk-groups">
          <legend class="hidden">{t("lookedAt")}</legend>
          {documents.map((each, i) => (
            <button
              key={each.kind}
              type="button"
              class="desk-group"
              aria-pressed={each === document}
              onClick={() => {
                at.value = i;
              }}
            >
              {nameOf(each)}
            </button>
          ))}
        </fieldset>
      )}
      <Pages key={document.kind} model={model} document={document} name={nameOf(document)} />
      <FindingList document={document} />
      {document.report && <BesideLastYear key={`beside ${document.kind}`} model={model} report={document.report} />}
    </>
  );
}

function Head({ model, row }: { readonly model: OrganModel; readonly row: DeskRow }) {
  return (
    <>
      <p>
        <a href={hashOf({ ...route.value, view: "list" })}>{say("back")}</a>
      </p>
      <StepHeading>{row.name}</StepHeading>
      <p class="desk-facts">
        <span class="desk-code">{row.uscc}</span> {model.desk.divisionName(row.division)} <State row={row} />{" "}
        <Due row={row} />
      </p>
      {row.version === undefined && (
        <p>
          <button
            type="button"
            class="flow-link"
            onClick={() => {
              model.desk.chosen.value = new Set([row.uscc]);
              goTo({ ...route.peek(), view: "remind" });
            }}
          >
            {t("remindOne")}
          </button>
        </p>
      )}
    </>
  );
}

/** One organ: its report or draft as far as one may see it, and what one may do about it. */
function Organ({ desk, row }: { readonly desk: Desk; readonly row: DeskRow }) {
  const model = useMemo(() => new OrganModel(desk, row), []);
  const [busy, setBusy] = useState(true);
  useEffect(() => {
    void model.load().finally(() => setBusy(false));
  }, [model]);
  const { documents, trouble, done, office } = model;
  return (
    <>
      <Head model={model} row={desk.row(row.uscc) ?? row} />
      {done.value && <Notice kind="success">{done.value}</Notice>}
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <Progress busy={busy}>{t("looking")}</Progress>
      <Decide model={model} />
      {documents.value && <Documents model={model} documents={documents.value} />}
      {office.value && <Steps events={office.value.events} />}
    </>
  );
}

export function OrganView({ desk, uscc }: { readonly desk: Desk; readonly uscc: string }) {
  const row = desk.row(uscc);
  if (!row) return <Notice kind="trouble">{say("none")}</Notice>;
  return <Organ desk={desk} row={row} />;
}
