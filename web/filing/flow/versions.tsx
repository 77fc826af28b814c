import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Receipt } from "../../../src/publish/record.ts";
import type { PublishedVersion } from "./api.ts";
import type { Flow } from "./flow.ts";
import { may } from "./session.ts";
import { shownTime } from "./when.ts";

const STATES = {
  current: "statusCurrent",
  superseded: "statusSuperseded",
  withdrawn: "statusWithdrawn",
  redacted: "statusRedacted",
} as const;

/** One version: what became of it, and the way to take it out of the public where it no longer stands. */
function Version({
  flow,
  version,
  redact,
}: {
  readonly flow: Flow;
  readonly version: PublishedVersion;
  readonly redact: (() => void) | undefined;
}) {
  const { say, language } = flow;
  const { version: number, status, publishedAt, reason, redaction } = version;
  const time = (instant: string): string => shownTime(instant, language.value);
  return (
    <li>
      <b>{say("versionN", { version: number })}</b> <span className="flow-hint">{time(publishedAt)}</span>{" "}
      <span className={`flow-status flow-status-${status}`}>{say(STATES[status])}</span>
      {reason !== undefined && <span className="flow-hint"> {say("because", { reason })}</span>}
      {redaction && (
        <span className="flow-hint">
          {" "}
          {say("redactedAt", { time: time(redaction.publishedAt), reason: redaction.reason })}
        </span>
      )}
      {redact && (
        <button type="button" className="flow-link" onClick={redact}>
          {say("startRedaction", { version: number })}
        </button>
      )}
    </li>
  );
}

/** Every version of what is published, once there is more than one. */
export function Versions({ flow, receipt }: { readonly flow: Flow; readonly receipt: Receipt }) {
  const { say, api, session } = flow;
  const { uscc, year, version } = receipt;
  const versions = useSignal<readonly PublishedVersion[]>([]);
  useEffect(() => {
    void api.versions({ uscc, year }).then((answer) => {
      if (answer.kind === "ok") versions.value = answer.value.versions;
    });
  }, [uscc, year, version]);
  if (versions.value.length < 2) return null;
  const state = session.state.value;
  const allowed = "account" in state && may(state.account, "withdraw", uscc);
  return (
    <section className="flow-versions">
      <h3>{say("versions")}</h3>
      <ul>
        {versions.value.map((one) => (
          <Version
            key={one.version}
            flow={flow}
            version={one}
            redact={allowed && one.status === "superseded" ? () => void flow.redact(receipt, one.version) : undefined}
          />
        ))}
      </ul>
      {allowed && versions.value.some(({ status }) => status === "superseded") && (
        <p className="flow-hint">{say("redactionHint")}</p>
      )}
    </section>
  );
}
