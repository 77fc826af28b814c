import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Flow } from "./flow.ts";
import type { Say } from "./parts.tsx";
import { Progress } from "./parts.tsx";
import type { PreviewFile, PreviewTrouble } from "./preview-model.ts";

/** Why a preview is missing, in words. */
function reasonOf(trouble: PreviewTrouble, say: Say, english: boolean): string {
  if (trouble.kind === "unreached") {
    const { reason } = trouble;
    return say(reason === "offline" ? "reasonOffline" : reason === "timeout" ? "reasonTimeout" : "reasonNetwork");
  }
  const { status, title, titleEn, detail, detailEn, findings } = trouble.problem;
  if (status === 401) return say("previewSignIn");
  if (status === 422 && findings)
    return say("previewErrors", { count: findings.filter(({ level }) => level === "error").length });
  return english ? (detailEn ?? titleEn) : (detail ?? title);
}

/** The PDF in the browser's own viewer. The next one is loaded behind the one that is seen, and takes its place when it is there. */
function Viewer({ file, page, title }: { readonly file: PreviewFile; readonly page: number; readonly title: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const next = document.createElement("iframe");
    const active = document.activeElement;
    next.title = title;
    next.className = "flow-preview-frame flow-preview-next";
    next.src = `${file.url}#page=${page}&toolbar=0&navpanes=0`;
    next.addEventListener("load", () => {
      for (const frame of box.current?.querySelectorAll("iframe") ?? []) if (frame !== next) frame.remove();
      next.className = "flow-preview-frame";
      // A viewer may take the focus when it is ready; who was typing goes on typing.
      if (document.activeElement === next && active instanceof HTMLElement && active !== next) active.focus();
    });
    box.current?.append(next);
    return () => {
      // One that never came to be seen.
      if (next.classList.contains("flow-preview-next")) next.remove();
    };
  }, [file.url, page, title]);
  return <div ref={box} className="flow-preview-viewer" />;
}

/** The true PDF of what is in the form, beside it; on narrow screens in its place. */
export function Preview({ flow }: { readonly flow: Flow }) {
  const { preview, language } = flow;
  const say = flow.say;
  const page = useSignal(1);
  const shown = flow.previewShown.value;
  useEffect(() => {
    if (!shown) return;
    preview.start();
    return () => preview.stop();
  }, [shown, preview]);
  const file = preview.file.value;
  const trouble = preview.trouble.value;
  const pages = file?.pages ?? 0;
  const at = Math.min(page.value, Math.max(1, pages));
  const reason = trouble && reasonOf(trouble, say, language.value === "en");
  return (
    <section className={`flow-preview ${shown ? "" : "flow-preview-closed"}`} aria-label={say("preview")}>
      <div className="flow-preview-bar">
        <button
          type="button"
          className="flow-button"
          aria-expanded={shown}
          onClick={() => {
            flow.previewShown.value = !shown;
          }}
        >
          {say(shown ? "previewHide" : "previewShow")}
        </button>
        {shown && pages > 1 && navigator.pdfViewerEnabled && (
          <label className="flow-preview-page">
            {say("previewPage")}
            <select
              value={at}
              onChange={(event) => {
                page.value = Number(event.currentTarget.value);
              }}
            >
              {Array.from({ length: pages }, (_, i) => (
                <option key={i} value={i + 1}>
                  {i + 1} / {pages}
                </option>
              ))}
            </select>
          </label>
        )}
        {shown && file && (
          <a className="flow-link" href={file.url} download="preview.pdf">
            {say("previewDownload")}
          </a>
        )}
        <Progress busy={shown && preview.busy.value}>{say("previewBusy")}</Progress>
      </div>
      {shown && reason && (
        <p className="flow-preview-trouble" role="status">
          {say(file ? "previewStale" : "previewNone", { reason })}{" "}
          {trouble?.kind === "problem" && trouble.problem.status === 401 ? (
            <button type="button" className="flow-link" onClick={() => void flow.session.signIn()}>
              {say("signIn")}
            </button>
          ) : (
            <button type="button" className="flow-link" onClick={() => preview.retry()}>
              {say("retry")}
            </button>
          )}
        </p>
      )}
      {shown &&
        file &&
        (navigator.pdfViewerEnabled ? (
          <Viewer file={file} page={at} title={say("previewTitle")} />
        ) : (
          <p className="flow-preview-none">{say("previewNoViewer")}</p>
        ))}
    </section>
  );
}
