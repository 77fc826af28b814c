import { useSignal } from "@preact/signals";
import { zipSync } from "fflate";
import type { CheckedOrgan } from "../../../src/desk/checks.ts";
import { Notice, Progress } from "../../filing/flow/parts.tsx";
import { saveFile } from "../../filing/flow/save-file.ts";
import type { ChecksModel } from "./model.ts";
import { t } from "./texts.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** A name as every file system takes it; the code makes it one of its own. */
const fileNameOf = ({ name, uscc }: CheckedOrgan): string => `${name.replace(/[/\\:*?"<>|\p{C}]/gu, "_")}-${uscc}`;

/** Makes notices, one or all, and hands them to the browser. */
function useNotices(model: ChecksModel) {
  const trouble = useSignal("");
  const making = useSignal<{ readonly done: number; readonly all: number } | undefined>(undefined);
  const made = async (organ: CheckedOrgan, format: "docx" | "html"): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const path = model.noticePath(organ.uscc, format);
    const read = async (response: Response): Promise<Uint8Array<ArrayBuffer>> =>
      new Uint8Array(await response.arrayBuffer());
    const answer = await model.desk.api.ask("GET", path, undefined, read);
    if (answer.kind === "ok") return answer.value;
    trouble.value = t("notMade", { reason: model.desk.why(answer) });
    return undefined;
  };
  const one = async (organ: CheckedOrgan, format: "docx" | "html"): Promise<void> => {
    trouble.value = "";
    const bytes = await made(organ, format);
    if (bytes)
      saveFile(`${fileNameOf(organ)}.${format}`, new Blob([bytes], { type: format === "docx" ? DOCX : "text/html" }));
  };
  const all = async (): Promise<void> => {
    if (making.value) return;
    trouble.value = "";
    const organs = model.noticed.peek();
    const files: Record<string, Uint8Array> = {};
    for (const [done, organ] of organs.entries()) {
      making.value = { done, all: organs.length };
      const bytes = await made(organ, "docx");
      if (!bytes) break;
      files[`${fileNameOf(organ)}.docx`] = bytes;
    }
    making.value = undefined;
    // They are compressed already.
    if (!trouble.peek())
      saveFile(`${t("notice")}.zip`, new Blob([zipSync(files, { level: 0 })], { type: "application/zip" }));
  };
  return { trouble, making, one, all };
}

/** The notices to those who have something to correct or to explain, as the batch writes them. */
export function Notices({ model }: { readonly model: ChecksModel }) {
  const { trouble, making, one, all } = useNotices(model);
  const organs = model.noticed.value;
  const warnings = ({ findings }: CheckedOrgan): number => findings.filter(({ level }) => level === "warning").length;
  const title = t("notices", { count: organs.length });
  return (
    <section>
      <h3>{title}</h3>
      <p class="flow-hint">{t("noticesHint")}</p>
      {organs.length === 0 && model.done.value && <p>{t("noNotices")}</p>}
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      {organs.length > 0 && (
        <>
          <div class="flow-actions">
            <button type="button" class="flow-button" onClick={() => void all()}>
              {t("allNotices")}
            </button>
            <Progress busy={making.value !== undefined}>{making.value && t("making", making.value)}</Progress>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */}
          <section class="flow-scroll" tabIndex={0} aria-label={title}>
            <table class="flow-table">
              <thead>
                <tr>
                  <th scope="col">{t("one")}</th>
                  <th scope="col">{t("warnings")}</th>
                  <th scope="col">{t("notice")}</th>
                </tr>
              </thead>
              <tbody>
                {organs.map((organ) => (
                  <tr key={organ.uscc}>
                    <th scope="row">{organ.name}</th>
                    <td>{warnings(organ)}</td>
                    <td>
                      {(["docx", "html"] as const).map((format) => (
                        <button
                          key={format}
                          type="button"
                          class="flow-link desk-file"
                          aria-label={t(format, { name: organ.name })}
                          onClick={() => void one(organ, format)}
                        >
                          {format.toUpperCase()}
                        </button>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </section>
  );
}
