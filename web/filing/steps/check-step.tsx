import { useEffect, useLayoutEffect } from "preact/hooks";
import { Summary } from "../findings/summary.tsx";
import type { Flow } from "../flow/flow.ts";
import { isForbidden } from "../flow/permission.ts";
import { SubmissionView } from "../late.ts";
import type { Form } from "../model/form-model.ts";
import type { Position } from "../position.ts";
import { t } from "../texts.ts";

interface CheckProps {
  readonly model: Form;
  readonly flow: Flow;
  readonly position: Position;
}

/** Everything that was found of the report, and the way to its publication. */
export function CheckStep({ model, flow, position }: CheckProps) {
  const { unexplained, findings } = model.checked.value;
  const ready = unexplained.length === 0 && findings.every((finding) => finding.level !== "error");
  useEffect(() => {
    model.showAll.value = true;
    model.check();
    // What comes next, while the network is there.
    if (flow.connection.onLine()) SubmissionView.fetch();
  }, [model]);
  // Back from a cell to the line that led there.
  useLayoutEffect(() => {
    const key = position.followed.peek();
    if (key !== "") document.getElementById(`summary-${key}`)?.focus();
    position.followed.value = "";
    return () => {
      position.asked.value = 0;
    };
  }, [position]);
  const submit = (): void => {
    model.check();
    position.asked.value += 1;
    const now = model.checked.peek();
    if (now.unexplained.length === 0 && now.report) flow.submit();
  };
  return (
    <>
      <Summary
        model={model}
        focus={position.asked.value}
        onFollow={(key) => {
          position.followed.value = key;
        }}
      />
      {!isForbidden(flow, "draft") && (
        <div class="toolbar">
          <button type="button" class={ready ? "primary" : ""} onClick={submit}>
            {t("toReview")}
          </button>
        </div>
      )}
    </>
  );
}
