import type { Flow } from "../flow/flow.ts";
import { shownTime } from "../flow/when.ts";
import { Differs } from "./differs.tsx";
import { Said } from "./history.tsx";
import { say, stateText } from "./texts.ts";
import { toReview } from "./ways.ts";

/** Above the form: that somebody else saved, what the reviewer said of it, how it stands. */
export function OfficeBar({ flow }: { readonly flow: Flow }) {
  const { service, form } = flow;
  const kept = service.kept.value;
  const office = service.office.value;
  if (kept.kind === "differs") return <Differs flow={flow} theirs={kept.theirs} />;
  if (!office || ["none", "draft", "published"].includes(office.state)) return null;
  const returned = office.state === "returned" ? office.events.findLast(({ kind }) => kind === "return") : undefined;
  return (
    <div className={`flow-notice ${returned ? "flow-notice-warning" : ""}`} role="status">
      {returned ? (
        <>
          <b>{say("returnedTitle")}</b>（{shownTime(returned.at, flow.language.value)}）
          <Said event={returned} report={form.report.value} go={(pointer) => form.reveal(pointer)} />
        </>
      ) : (
        say("underWay", { state: stateText(office.state) })
      )}{" "}
      <button type="button" className="flow-link" onClick={() => void toReview(flow, office)}>
        {say("seeReview")}
      </button>
    </div>
  );
}
