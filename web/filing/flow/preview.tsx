import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Flow, NARROW } from "./flow.ts";
import type { Say } from "./parts.tsx";
import { Progress } from "./parts.tsx";
import type { PreviewTrouble } from "./preview-model.ts";
import { Viewer } from "./viewer.tsx";

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

/**
 * Whether the form and the preview stand one at a time. A preview beside the form closes when there is no room for it, since
 * zooming in opens no dialog, and is there again when there is room.
 */
function useNarrow(previewShown: Signal<boolean>): boolean {
  const narrow = useSignal(matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    let beside = narrow.peek() || previewShown.peek();
    const look = (): void => {
      // By what was drawn last: a window that is dragged may be wide again before it is heard that it was narrow.
      if (!narrow.peek()) beside = previewShown.peek();
      previewShown.value = !query.matches && beside;
      narrow.value = query.matches;
    };
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, [narrow, previewShown]);
  return narrow.value;
}

/** The true PDF of what is in the form, beside it; on narrow screens a step of its own. */
export function Preview({ flow }: { readonly flow: Flow }) {
  const { preview, say, previewShown } = flow;
  const shown = previewShown.value;
  const narrow = useNarrow(previewShown);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!shown) return;
    preview.start();
    return () => preview.stop();
  }, [shown, preview]);
  useEffect(() => {
    if (narrow && shown) dialog.current?.showModal();
  }, [narrow, shown]);
  const toggle = (
    <button
      type="button"
      className="flow-button"
      aria-expanded={shown}
      onClick={() => {
        previewShown.value = !shown;
      }}
    >
      {say(shown ? "previewHide" : "previewShow")}
    </button>
  );
  if (!shown)
    return (
      <section className="flow-preview flow-preview-closed" aria-label={say("preview")}>
        <div className="flow-preview-bar">{toggle}</div>
      </section>
    );
  return narrow ? (
    <dialog
      ref={dialog}
      className="flow-preview-dialog"
      aria-label={say("preview")}
      onClose={() => {
        previewShown.value = false;
      }}
    >
      <Pages flow={flow} toggle={toggle} />
    </dialog>
  ) : (
    <Pages flow={flow} toggle={toggle} />
  );
}

/** The pages, and how they stand. */
function Pages({ flow, toggle }: { readonly flow: Flow; readonly toggle: ComponentChildren }) {
  const { preview, language, say } = flow;
  const page = useSignal(1);
  const file = preview.file.value;
  const trouble = preview.trouble.value;
  const pages = file?.pages ?? 0;
  const at = Math.min(page.value, Math.max(1, pages));
  const reason = trouble && reasonOf(trouble, say, language.value === "en");
  return (
    <section className="flow-preview" aria-label={say("preview")}>
      <div className="flow-preview-bar">
        {toggle}
        {pages > 1 && navigator.pdfViewerEnabled && (
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
        {file && (
          <a className="flow-link" href={file.url} download="preview.pdf">
            {say("previewDownload")}
          </a>
        )}
        <Progress busy={preview.busy.value}>{say("previewBusy")}</Progress>
      </div>
      {reason && (
        <p className="flow-preview-trouble" role="status">
          {say(file ? "previewStale" : "previewNone", { reason })}{" "}
          {trouble.kind === "problem" && trouble.problem.status === 401 ? (
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
      {file &&
        (navigator.pdfViewerEnabled ? (
          <Viewer file={file} page={at} title={say("previewTitle")} />
        ) : (
          <p className="flow-preview-none">{say("previewNoViewer")}</p>
        ))}
    </section>
  );
}
