import { useSignal } from "@preact/signals";
import type { ProofFormat } from "../../../src/office/proof-formats.ts";
import { useBlobUrl } from "../flow/blob-url.ts";
import type { Flow } from "../flow/flow.ts";
import { readProof } from "../flow/office-api.ts";
import { Notice, Progress } from "../flow/parts.tsx";
import { saveFile } from "../flow/save-file.ts";
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
    if (proof) saveFile(`${place.uscc}-${place.year}-proof.${format}`, proof);
  };
  const url = useBlobUrl(() => fetchProof("pdf"), [hash]);
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
