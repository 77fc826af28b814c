import { useSignal } from "@preact/signals";
import { useBlobUrl } from "../../filing/flow/blob-url.ts";
import { Notice, Progress } from "../../filing/flow/parts.tsx";
import type { Document, OrganModel } from "./model.ts";
import { t } from "./texts.ts";

/** The typeset pages, in the browser's own viewer. */
export function Pages(props: { readonly model: OrganModel; readonly document: Document; readonly name: string }) {
  const { model, document, name } = props;
  const trouble = useSignal("");
  const url = useBlobUrl(async () => {
    const answer = await document.pdf();
    if (answer.kind === "ok") return answer.value;
    trouble.value = t("notFetched", { reason: model.desk.why(answer) });
    return undefined;
  }, [document]);
  return (
    <section>
      <h3>{t("pagesTitle")}</h3>
      <p class="desk-links">
        {url.value && (
          <a href={url.value} target="_blank" rel="noopener">
            {t("pdfOpen")}
          </a>
        )}
        {document.page && (
          <a href={document.page} target="_blank" rel="noopener">
            {t("readingPage")}
          </a>
        )}
      </p>
      <Progress busy={!url.value && !trouble.value}>{t("looking")}</Progress>
      {trouble.value && <Notice kind="warning">{trouble.value}</Notice>}
      {url.value &&
        (navigator.pdfViewerEnabled ? (
          <iframe class="desk-pdf" src={`${url.value}#navpanes=0`} title={t("pdfOf", { name })} />
        ) : (
          <p>{t("noViewer")}</p>
        ))}
    </section>
  );
}
