import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import type { ImportedFile } from "../flow/importing.ts";
import { Notice } from "../flow/parts.tsx";
import { inLanguage } from "../i18n.ts";
import { say } from "./texts.ts";

/** Values that the file has beside the report, to be taken by whoever imports it. */
function Offers({ flow, file }: { readonly flow: Flow; readonly file: ImportedFile }) {
  return (
    <>
      {file.account?.offers?.map(
        ({ value, source, sourceEn }) =>
          file.report["signed"] !== value && (
            <p key={value}>
              <button
                type="button"
                className="flow-button"
                onClick={() => {
                  flow.imported.value = { ...file, report: { ...file.report, signed: value } };
                }}
              >
                {say("importOffer", { date: value, source: inLanguage([source, sourceEn]) })}
              </button>
            </p>
          ),
      )}
    </>
  );
}

/** What can be done with a file that was read: nothing is in a draft before one of these. */
export function Choices({ flow, file }: { readonly flow: Flow; readonly file: ImportedFile }) {
  const into = flow.draftForFile;
  const open = flow.drafts.open.value !== undefined;
  const [theirs, mine] = [placeOf(file.report), placeOf(into?.report ?? {})];
  const other =
    into &&
    ((theirs.year !== undefined && theirs.year !== mine.year) ||
      (theirs.organ !== undefined && mine.organ !== undefined && theirs.organ !== mine.organ));
  // A correction keeps its organ and year.
  const fits = !(other && into?.task.kind === "correct");
  const draft = say("draftOf", { organ: mine.organ ?? mine.uscc ?? say("unnamed"), year: mine.year ?? "" });
  const named = say("draftOf", { organ: theirs.organ ?? say("unnamed"), year: theirs.year ?? "" });
  return (
    <>
      <Offers flow={flow} file={file} />
      {into && (
        <Notice kind={other ? "warning" : "information"}>
          {say(fits ? (other ? "importOther" : "importInto") : "importNotOf", { draft, file: named })}
        </Notice>
      )}
      <div className="flow-actions">
        {into && fits && (
          <button
            type="button"
            className={`flow-button ${other ? "" : "flow-primary"}`}
            onClick={() => void flow.accept(into)}
          >
            {say("importAccept", { draft })}
          </button>
        )}
        <button
          type="button"
          className={`flow-button ${into && !other ? "" : "flow-primary"}`}
          onClick={() => void flow.accept(undefined)}
        >
          {say("importAcceptNew")}
        </button>
        <button type="button" className="flow-link" onClick={() => flow.leaveImport()}>
          {say(open ? "importCancelForm" : "importCancel")}
        </button>
      </div>
    </>
  );
}
