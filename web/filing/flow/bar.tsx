import { useSignal } from "@preact/signals";
import type { Flow } from "./flow.ts";
import { Notice } from "./parts.tsx";
import { download, fileNameOf } from "./report-file.ts";

/** Who is signed in, and how to become so. */
export function AccountBar({ flow }: { readonly flow: Flow }) {
  const { say, session } = flow;
  const state = session.state.value;
  const unreachable = useSignal(false);
  const signIn = async (): Promise<void> => {
    unreachable.value = !(await session.signIn());
  };
  const account = state.kind === "in" || state.kind === "expiring" ? state.account : undefined;
  return (
    <div className="flow-account">
      {account ? (
        <>
          <span className="flow-account-name">{say("signedInAs", { name: account.name })}</span>
          <button type="button" className="flow-link" onClick={() => void session.signOut()}>
            {say("signOut")}
          </button>
        </>
      ) : (
        state.kind !== "starting" && (
          <button type="button" className="flow-button" onClick={signIn}>
            {say(state.kind === "expired" ? "signInAgain" : "signIn")}
          </button>
        )
      )}
      {unreachable.value && <Notice kind="trouble">{say("signInUnreachable")}</Notice>}
    </div>
  );
}

/** What people must know wherever they are: the session, the connection, the draft, other tabs. */
export function Notices({ flow }: { readonly flow: Flow }) {
  const { say, session, connection, drafts } = flow;
  const state = session.state.value;
  const lost = connection.lost.value;
  const elsewhere = drafts.elsewhere.value;
  const leftOut = flow.leftOut.value;
  const signIn = (label: "signIn" | "signInAgain" | "renew") => (
    <button type="button" className="flow-link" onClick={() => void session.signIn()}>
      {say(label)}
    </button>
  );
  return (
    <div className="flow-notices">
      {state.kind === "expired" && (
        <Notice kind="warning">
          {say("expired")} {signIn("signInAgain")}
        </Notice>
      )}
      {state.kind === "expiring" && !state.account.renewable && (
        <Notice kind="warning">
          {say("expiring", { minutes: state.minutes })} {signIn("renew")}
        </Notice>
      )}
      {state.kind === "out" && (
        <Notice>{state.trouble ? say("signInFailed", { reason: state.trouble }) : say("signedOut")}</Notice>
      )}
      {lost && <Notice kind="warning">{say(lost === "offline" ? "offline" : "unreachable")}</Notice>}
      {drafts.saving.value === "failed" && <Notice kind="trouble">{say("saveFailed")}</Notice>}
      {elsewhere?.kind === "open" && <Notice>{say("elsewhere")}</Notice>}
      {elsewhere?.kind === "forked" && (
        <Notice kind="warning">
          {say("forked")}{" "}
          <button type="button" className="flow-link" onClick={() => drafts.dismiss()}>
            {say("keep")}
          </button>
        </Notice>
      )}
      {elsewhere?.kind === "newer" && (
        <Notice kind="warning">
          {say("newer")}{" "}
          <button type="button" className="flow-link" onClick={() => void flow.takeNewer()}>
            {say("takeNewer")}
          </button>
        </Notice>
      )}
      {leftOut && (
        <Notice kind={leftOut.length > 0 ? "warning" : "success"}>
          {leftOut.length > 0 ? say("importLeftOut", { keys: leftOut.slice(0, 20).join("、") }) : say("imported")}
        </Notice>
      )}
    </div>
  );
}

/** How the open draft is kept, and its file. */
export function DraftBar({ flow }: { readonly flow: Flow }) {
  const { say, drafts, form, language } = flow;
  const saving = drafts.saving.value;
  return (
    <div className="flow-draft">
      <span className={`flow-saving flow-saving-${saving}`}>
        {say(saving === "failed" ? "saveFailed" : saving === "saving" ? "saving" : "saved")}
      </span>
      <button
        type="button"
        className="flow-link"
        onClick={() => {
          const report = form.report.peek();
          const text = `${JSON.stringify(report, null, 2)}\n`;
          download(fileNameOf(report, language.peek()), new Blob([text], { type: "application/json" }));
        }}
      >
        {say("download")}
      </button>
      <button type="button" className="flow-link" onClick={() => void flow.toEntry()}>
        {say("toEntry")}
      </button>
    </div>
  );
}
