import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ProofFormat } from "../../../src/office/proof-formats.ts";
import type { Flow } from "../flow/flow.ts";
import { readProof } from "../flow/office-api.ts";
import { Notice, Progress } from "../flow/parts.tsx";
import { download } from "../flow/report-file.ts";
import { troubleText } from "../flow/trouble.ts";
import type { ReviewModel } from "./model.ts";
import { say } from "./texts.ts";

/** What was handed over as it will be printed, and to be printed or edited. */
export function Proof({
  flow,
  model,
  hash,
}: {
  readonly flow: Flow;
  readonly model: ReviewModel;
  readonly hash: string;
}) {
  const { place } = model;
  const url = useSignal<string | undefined>(undefined);
  const trouble = useSignal("");
  const busy = useSignal(true);
  const fetchProof = async (format: ProofFormat): Promise<Blob | undefined> => {
    busy.value = true;
    const answer = await readProof(flow.api, place, format, hash);
    busy.value = false;
    trouble.value = answer.kind === "ok" ? "" : troubleText(answer, flow.say, flow.language.peek() === "en");
    return answer.kind === "ok" ? answer.value : undefined;
  };
  const keep = async (format: ProofFormat): Promise<void> => {
    const proof = await fetchProof(format);
    if (proof) download(`${place.uscc}-${place.year}-proof.${format}`, proof);
  };
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void fetchProof("pdf").then((proof) => {
      if (!proof || gone) return;
      made = URL.createObjectURL(proof);
      url.value = made;
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [hash]);
  return (
    <section>
      <h3>{say("pages")}</h3>
      {trouble.value && <Notice kind="trouble">{say("proofFailed", { reason: trouble.value })}</Notice>}
      <Progress busy={busy.value}>{say("looking")}</Progress>
      <div className="flow-actions">
        <button type="button" className="flow-button" onClick={() => void keep("pdf")}>
          {say("proofPdf")}
        </button>
        <button type="button" className="flow-button" onClick={() => void keep("docx")}>
          {say("proofDocx")}
        </button>
      </div>
      {url.value && navigator.pdfViewerEnabled && (
        <iframe className="flow-proof" title={say("proofTitle")} src={`${url.value}#toolbar=0&navpanes=0`} />
      )}
    </section>
  );
}
