import { useSignal } from "@preact/signals";
import type { DraftReport } from "../contract.ts";
import type { Flow } from "../flow/flow.ts";
import type { ServiceDraftAnswer } from "../flow/office-api.ts";
import { Progress } from "../flow/parts.tsx";
import { shownTime } from "../flow/when.ts";
import { formOfDraft } from "../model/draft.ts";
import { type Differing, differing, nameAt } from "./places.ts";
import { say } from "./texts.ts";

/** So many places are listed; the rest is counted. */
const LISTED = 50;

function Table({ found, report }: { readonly found: readonly Differing[]; readonly report: DraftReport }) {
  const form = formOfDraft(report);
  return (
    // A region that scrolls must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls
    <section className="flow-scroll" tabIndex={0} aria-label={say("differsCount", { count: found.length })}>
      <table className="flow-table">
        <caption>{say("differsCount", { count: found.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{say("place")}</th>
            <th scope="col">{say("mine")}</th>
            <th scope="col">{say("theirs")}</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, LISTED).map(({ pointer, mine, theirs }) => (
            <tr key={pointer}>
              <th scope="row">{nameAt(form, pointer)}</th>
              <td>{mine ?? say("empty")}</td>
              <td>{theirs ?? say("empty")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > LISTED && <p className="flow-hint">{say("more", { count: found.length - LISTED })}</p>}
    </section>
  );
}

/** Two drafts of one report, neither of which was made from the other: whoever is here sees what differs and chooses. */
export function Differs({ flow, theirs }: { readonly flow: Flow; readonly theirs: ServiceDraftAnswer }) {
  const { form, service, language } = flow;
  const busy = useSignal(false);
  const report = form.report.value;
  const choose = (choice: () => Promise<void>) => async (): Promise<void> => {
    busy.value = true;
    await choice();
    busy.value = false;
  };
  return (
    <div className="flow-notice flow-notice-warning" role="alert">
      <h2>{say("differsTitle")}</h2>
      <p>{say("differsBody", { time: shownTime(theirs.savedAt, language.value) })}</p>
      <Table found={differing(report, theirs.submission.report)} report={report} />
      <div className="flow-actions">
        <button type="button" className="flow-button" onClick={choose(() => service.takeTheirs())}>
          {say("useTheirs")}
        </button>
        <button type="button" className="flow-button" onClick={choose(() => service.keepMine())}>
          {say("useMine")}
        </button>
        <Progress busy={busy.value}>{say("sending")}</Progress>
      </div>
    </div>
  );
}
