import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { useSteady } from "../steady.ts";
import type { Flow } from "./flow.ts";
import { ImportButton } from "./import-button.tsx";
import { Notice, Progress } from "./parts.tsx";
import { fileNameOf } from "./report-file.ts";
import { saveFile } from "./save-file.ts";
import { useSignIn } from "./sign-in.ts";
import { shownTime } from "./when.ts";

/** Asks what is to become of the drafts, which outlast the session. Keeping them has the focus. */
function SignOut({ flow, onCancel }: { readonly flow: Flow; readonly onCancel: () => void }) {
  const { say, drafts } = flow;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="flow-dialog" aria-labelledby={title} onClose={onCancel}>
      <h2 id={title}>{say("signOutTitle", { count: drafts.list.value.length })}</h2>
      <p>{say("signOutBody")}</p>
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" onClick={() => void flow.signOut(true)}>
          {say("signOutKeep")}
        </button>
        <button type="button" className="flow-button" onClick={() => void flow.signOut(false)}>
          {say("signOutDelete")}
        </button>
        <button type="button" className="flow-link" onClick={() => dialog.current?.close()}>
          {say("signOutCancel")}
        </button>
      </div>
    </dialog>
  );
}

/** Who is signed in, and how to become so. */
export function AccountBar({ flow }: { readonly flow: Flow }) {
  const { say, session } = flow;
  const state = session.state.value;
  const { leaving, unreachable, signIn } = useSignIn(session);
  const asking = useSignal(false);
  const signOut = async (): Promise<void> => {
    await flow.drafts.refresh();
    if (flow.drafts.list.peek().length > 0) asking.value = true;
    else await flow.signOut(true);
  };
  const account = state.kind === "in" || state.kind === "expiring" ? state.account : undefined;
  return (
    <div className="flow-account">
      {account ? (
        <>
          <span className="flow-account-name">{say("signedInAs", { name: account.name })}</span>
          <button type="button" className="flow-link" onClick={() => void signOut()}>
            {say("signOut")}
          </button>
          {asking.value && (
            <SignOut
              flow={flow}
              onCancel={() => {
                asking.value = false;
              }}
            />
          )}
        </>
      ) : (
        state.kind !== "starting" && (
          <button type="button" className="flow-button" onClick={signIn}>
            {say(state.kind === "expired" ? "signInAgain" : "signIn")}
          </button>
        )
      )}
      <Progress busy={leaving.value}>{say("signingIn")}</Progress>
      {unreachable.value && <Notice kind="trouble">{say("signInUnreachable")}</Notice>}
    </div>
  );
}

/** What people must know of the open draft: how it is kept, and what others do with it. */
function DraftNotices({ flow }: { readonly flow: Flow }) {
  const { say, drafts, service } = flow;
  const elsewhere = drafts.elsewhere.value;
  return (
    <>
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
      {service.taken.value && (
        <Notice>
          {say("keptTaken", { time: shownTime(service.taken.value, flow.language.value) })}{" "}
          <button type="button" className="flow-link" onClick={() => service.dismiss()}>
            {say("keep")}
          </button>
        </Notice>
      )}
    </>
  );
}

/** What people must know wherever they are: the session, the connection, the draft, other tabs. */
export function Notices({ flow }: { readonly flow: Flow }) {
  const { say, session, connection } = flow;
  const state = session.state.value;
  const lost = connection.lost.value;
  const leftOut = flow.leftOut.value;
  const imported = flow.imported.value;
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
      <DraftNotices flow={flow} />
      {imported?.accepted && imported.account && flow.view.value === "form" && (
        <Notice kind="success">
          {say("importAccepted", { name: imported.name })}{" "}
          <button
            type="button"
            className="flow-link"
            onClick={() => {
              flow.view.value = "import";
            }}
          >
            {say("importAccount")}
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

/** How the service's copy stands. */
const KEPT = { saved: "keptSaved", saving: "keptSaving", away: "keptAway", differs: "keptDiffers" } as const;

/** How the open draft is kept, and its file. */
export function DraftBar({ flow }: { readonly flow: Flow }) {
  const { say, drafts, form, language, service } = flow;
  const saving = useSteady(drafts.saving.value);
  const kept = useSteady(service.kept.value);
  return (
    <div className="flow-draft">
      <span className={`flow-saving flow-saving-${saving}`}>
        {say(saving === "failed" ? "unsaved" : saving === "saving" ? "saving" : "saved")}
      </span>
      {kept.kind !== "off" && (
        <span
          className={`flow-saving flow-saving-${kept.kind === "saved" || kept.kind === "saving" ? kept.kind : "failed"}`}
        >
          {say(KEPT[kept.kind])}
        </span>
      )}
      <button
        type="button"
        className="flow-link"
        onClick={() => {
          const report = form.report.peek();
          const text = `${JSON.stringify(report, null, 2)}\n`;
          saveFile(fileNameOf(report, language.peek()), new Blob([text], { type: "application/json" }));
        }}
      >
        {say("download")}
      </button>
      <button type="button" className="flow-link" onClick={() => void flow.toEntry()}>
        {say("toEntry")}
      </button>
      <ImportButton flow={flow} className="flow-link" />
    </div>
  );
}
