import { useMemo } from "preact/hooks";
import { keepDrawnUp } from "../filing/flow/drawn-up.ts";
import { say as sayFlow } from "../filing/flow/messages.ts";
import { StepHeading } from "../filing/flow/parts.tsx";
import { language } from "../filing/i18n.ts";
import { drawnUpOf } from "../filing/oversee/drawn-up.ts";
import type { RollupHost } from "../filing/oversee/host.ts";
import { RollupView } from "../filing/oversee/rollup-view.tsx";
import type { Desk } from "./desk.ts";
import { hashOf, route } from "./route.ts";
import { say } from "./texts.ts";

/** What a roll-up needs of the page that it is on. Its draft is gone on with on the filing page. */
function hostOf({ api }: Desk): RollupHost {
  let reading: AbortController | undefined;
  return {
    api,
    language,
    say: (key, values) => sayFlow(language.value, key, values),
    startReading: () => {
      reading?.abort();
      reading = new AbortController();
      return reading.signal;
    },
    begin: async (rollup) => {
      keepDrawnUp(drawnUpOf(rollup));
      location.assign("/filing/");
    },
  };
}

/** The report of the division's government, drawn up from its organs'. */
export function RollupPart({ desk }: { readonly desk: Desk }) {
  const { division, year } = desk.data.value!;
  const host = useMemo(() => hostOf(desk), [desk]);
  return (
    <>
      <p>
        <a href={hashOf({ ...route.value, view: "list" })}>{say("back")}</a>
      </p>
      <StepHeading>{say("deskOf", { name: desk.divisionName(division), division, year })}</StepHeading>
      <RollupView flow={host} division={division} year={year} />
    </>
  );
}
