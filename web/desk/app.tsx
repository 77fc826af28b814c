import { Notice, Progress } from "../filing/flow/parts.tsx";
import { mayOversee } from "../filing/flow/session.ts";
import { LanguageButton } from "../filing/language-button.tsx";
import { AccountBar, Notices } from "./account.tsx";
import { Choose } from "./choose.tsx";
import type { Desk } from "./desk.ts";
import { ChecksView, OrganView, RemindView, RollupPart } from "./late.ts";
import { ListView } from "./list.tsx";
import { route } from "./route.ts";
import { say } from "./texts.ts";

function Header({ desk }: { readonly desk: Desk }) {
  return (
    <header class="top">
      <h1 class="brand">
        <b>{say("brand")}</b> <span>{say("title")}</span>
      </h1>
      <div class="top-tools">
        <a href="/filing/">{say("toFiling")}</a>
        <LanguageButton label={say("switchLanguage")} />
        <AccountBar desk={desk} />
      </div>
    </header>
  );
}

/** What the address asks for, once the rows are there. */
function Content({ desk }: { readonly desk: Desk }) {
  const { at, view, uscc } = route.value;
  if (!at) return <Choose desk={desk} />;
  if (!desk.data.value)
    return (
      <>
        {desk.trouble.value && <Notice kind="trouble">{say("nothing", { reason: desk.trouble.value })}</Notice>}
        <Progress busy={desk.busy.value}>{say("looking")}</Progress>
        {desk.trouble.value && <Choose desk={desk} />}
      </>
    );
  switch (view) {
    case "organ":
      return <OrganView key={uscc} desk={desk} uscc={uscc ?? ""} />;
    case "remind":
      return <RemindView desk={desk} />;
    case "checks":
      return <ChecksView desk={desk} />;
    case "rollup":
      return <RollupPart desk={desk} />;
    default:
      return <ListView desk={desk} />;
  }
}

/** The whole page. */
export function App({ desk }: { readonly desk: Desk }) {
  const state = desk.session.state.value;
  return (
    <>
      <a class="skip" href="#content">
        {say("skip")}
      </a>
      <Header desk={desk} />
      <Notices desk={desk} />
      <main id="content" class="single desk" tabIndex={-1}>
        {"account" in state &&
          (mayOversee(state) ? <Content desk={desk} /> : <Notice kind="warning">{say("mayNot")}</Notice>)}
      </main>
    </>
  );
}
