import type { Delivery } from "../../../src/office/deliver.ts";
import type { Reminder } from "../../../src/office/reminders.ts";
import type { Desk } from "../desk.ts";
import { say } from "../texts.ts";
import { t } from "./texts.ts";

/** A reminder as the service answers it. */
export type Kept = Pick<Reminder, "version" | "at" | "text" | "organs"> & {
  readonly deliveries?: readonly Delivery[];
};

function Deliveries({ deliveries = [] }: Pick<Kept, "deliveries">) {
  if (deliveries.length === 0) return <p class="flow-hint">{t("nowhere")}</p>;
  return (
    <ul class="desk-found">
      {deliveries.map(({ webhook, outcome, reason = "", at }) => (
        <li key={webhook} class={outcome === "delivered" ? "" : "desk-warned"}>
          {t(outcome, { webhook, reason })} <time dateTime={at}>{at.slice(0, 16).replace("T", " ")}</time>
        </li>
      ))}
    </ul>
  );
}

/** What was sent before, the latest first. */
export function History(props: {
  readonly desk: Desk;
  readonly reminders: readonly Kept[];
  readonly look: () => Promise<void>;
}) {
  const { desk, reminders, look } = props;
  return (
    <section class="flow-no-print">
      <h3>{t("history", { count: reminders.length })}</h3>
      {reminders.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <button type="button" class="flow-link" onClick={() => void look()}>
          {say("reload")}
        </button>
      )}
      {reminders
        .toSorted((a, b) => b.version - a.version)
        .map(({ version, at, text, organs, deliveries }) => (
          <details key={version}>
            <summary>
              {t("number", { number: version })} <time dateTime={at}>{at.slice(0, 16).replace("T", " ")}</time>{" "}
              {t("reminded", { count: organs.length })}
            </summary>
            <p class="desk-said">{text}</p>
            <p>{organs.map((uscc) => desk.row(uscc)?.name ?? uscc).join("、")}</p>
            <Deliveries {...(deliveries ? { deliveries } : {})} />
          </details>
        ))}
    </section>
  );
}
