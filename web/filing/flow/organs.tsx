import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Flow } from "./flow.ts";

/** So many organs are offered; who files for more looks them up. */
const OFFERED = 12;

/** The organs that the account names, to be chosen instead of typing their codes. */
export function Organs({ flow, onChoose }: { readonly flow: Flow; readonly onChoose: (uscc: string) => void }) {
  const { say, api, session } = flow;
  const state = session.state.value;
  const organs = "account" in state ? state.account.organs.slice(0, OFFERED) : [];
  const names = useSignal<Readonly<Record<string, string>>>({});
  const all = organs.join();
  useEffect(() => {
    for (const uscc of organs)
      void api.organ(uscc).then((name) => {
        if (name !== undefined) names.value = { ...names.value, [uscc]: name };
      });
  }, [all]);
  if (organs.length === 0) return null;
  return (
    <fieldset className="flow-organs">
      <legend>{say("yourOrgans")}</legend>
      {organs.map((uscc) => (
        <button key={uscc} type="button" className="flow-link" onClick={() => onChoose(uscc)}>
          {names.value[uscc]} {uscc}
        </button>
      ))}
    </fieldset>
  );
}
