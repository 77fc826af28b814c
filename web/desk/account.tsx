import { Notice, Progress } from "../filing/flow/parts.tsx";
import { useSignIn } from "../filing/flow/sign-in.ts";
import type { Desk } from "./desk.ts";
import { say } from "./texts.ts";

/** Who is signed in, and the way in and out. */
export function AccountBar({ desk: { session } }: { readonly desk: Desk }) {
  const { leaving, unreachable, signIn } = useSignIn(session);
  const state = session.state.value;
  return (
    <div class="flow-account">
      {"account" in state ? (
        <>
          <span class="flow-account-name">{say("signedInAs", { name: state.account.name })}</span>
          <button type="button" class="flow-link" onClick={() => void session.signOut()}>
            {say("signOut")}
          </button>
        </>
      ) : (
        state.kind !== "starting" && (
          <button type="button" class="flow-button" onClick={() => void signIn()}>
            {say(state.kind === "expired" ? "signInAgain" : "signIn")}
          </button>
        )
      )}
      <Progress busy={leaving.value}>{say("signingIn")}</Progress>
      {unreachable.value && <Notice kind="trouble">{say("signInUnreachable")}</Notice>}
    </div>
  );
}

/** What people must know wherever they are: the session and the connection. */
export function Notices({ desk: { session, connection } }: { readonly desk: Desk }) {
  const state = session.state.value;
  const lost = connection.lost.value;
  return (
    <div class="flow-notices">
      {state.kind === "expired" && <Notice kind="warning">{say("expired")}</Notice>}
      {state.kind === "expiring" && !state.account.renewable && (
        <Notice kind="warning">{say("expiring", { minutes: state.minutes })}</Notice>
      )}
      {state.kind === "out" && (
        <Notice>{state.trouble ? say("signInFailed", { reason: state.trouble }) : say("signedOut")}</Notice>
      )}
      {lost && <Notice kind="warning">{say(lost === "offline" ? "offline" : "unreachable")}</Notice>}
    </div>
  );
}
