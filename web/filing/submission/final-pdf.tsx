import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Answer } from "../flow/api.ts";
import type { Flow } from "../flow/flow.ts";
import { pageCount } from "../flow/page-count.ts";
import { Notice, Progress } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { Viewer } from "../flow/viewer.tsx";
import { say } from "./texts.ts";

/** The PDF that would be published now. */
interface FinalPdf {
  /** blob:; good while it is shown. */
  readonly url: string;
  readonly pages: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

async function finalPdf(blob: Blob): Promise<FinalPdf> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { url: URL.createObjectURL(blob), pages: await pageCount(bytes), sha256 };
}

/** The very PDF that is about to be published, as the service makes it: the same bytes. */
export function FinalPdfView({ flow }: { readonly flow: Flow }) {
  const { submission, session, language } = flow;
  const pdf = useSignal<FinalPdf | undefined>(undefined);
  const trouble = useSignal<Answer<unknown> | undefined>(undefined);
  const busy = useSignal(true);
  const tries = useSignal(0);
  const signedIn = "account" in session.state.value;
  useEffect(() => {
    // What is there stays when a session ends.
    if (pdf.peek()) return;
    const running = new AbortController();
    busy.value = true;
    trouble.value = undefined;
    void submission.pdf(running.signal).then(async (answer) => {
      const made = answer?.kind === "ok" ? await finalPdf(answer.value) : undefined;
      if (running.signal.aborted) return;
      busy.value = false;
      pdf.value = made;
      trouble.value = made ? undefined : answer;
    });
    return () => running.abort();
  }, [tries.value, signedIn]);
  useEffect(
    () => () => {
      if (pdf.peek()) URL.revokeObjectURL(pdf.peek()!.url);
    },
    [],
  );
  const file = pdf.value;
  return (
    <>
      <Progress busy={busy.value}>{say("finalBusy")}</Progress>
      {trouble.value && !signedIn && <p className="flow-hint">{say("finalSignIn")}</p>}
      {trouble.value && signedIn && (
        <Notice kind="warning">
          {say("finalNone", { reason: troubleText(trouble.value, say, language.value === "en") })}{" "}
          <button
            type="button"
            className="flow-link"
            onClick={() => {
              tries.value += 1;
            }}
          >
            {say("retry")}
          </button>
        </Notice>
      )}
      {file && (
        <>
          <p>
            <a href={file.url} target="_blank" rel="noreferrer">
              {say("finalOpen", { pages: file.pages })}
            </a>
            <code className="flow-hash">SHA-256 {file.sha256}</code>
          </p>
          {navigator.pdfViewerEnabled && <Viewer file={file} page={1} title={say("finalPdf")} />}
        </>
      )}
    </>
  );
}
