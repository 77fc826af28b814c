/** The way to a publication in the browser's history: Back leads from 确认 to 核对 and from there to the form. */
import { batch, effect } from "@preact/signals";
import { hasReport } from "../contract.ts";
import { formOfDraft } from "../model/draft.ts";
import { stepsOf } from "../position.ts";
import type { Flow } from "./flow.ts";

/** What the address says of the way; the form's steps have their own words. */
const WORDS = {
  review: "#review",
  confirm: "#confirm",
  sending: "#confirm",
  conflict: "#confirm",
  receipt: "#receipt",
} as const;
const isOfWay = (hash: string): boolean => Object.values<string>(WORDS).includes(hash);

/** Whether nothing is in the way from 核对 to 确认, as far as the page knows. */
function isClear({ submission }: Flow): boolean {
  const { findings, unexplained } = submission.verdict.peek();
  return unexplained.length === 0 && findings.every(({ level }) => level !== "error");
}

/** Whether the browser can have come to an address by going back or forward; a link within a page is no step. */
const isStep = ({ form }: Flow, hash: string): boolean =>
  hash === "" || stepsOf(formOfDraft(form.report.peek())).includes(hash.slice(1));

/** Goes where the browser went within the way, or out of it. */
function goOnWay(flow: Flow, hash: string): void {
  const { submission, drafts } = flow;
  const { kind } = submission.stage.peek();
  const task = drafts.open.peek()?.task;
  // What is under way is not left by a slip.
  if (kind === "sending") history.pushState(null, "", WORDS.sending);
  else if (!isOfWay(hash) && !isStep(flow, hash)) return;
  else if (kind === "receipt" || !task || (!hasReport(task) && !isOfWay(hash))) void flow.toEntry();
  else if (hash === WORDS.review) submission.review();
  else if (hash === WORDS.confirm && isClear(flow)) submission.confirm();
  else if (!isOfWay(hash)) flow.backToForm();
  else history.replaceState(null, "", WORDS[kind]);
}

/** Goes where the browser went. */
function go(flow: Flow, hash: string): void {
  const { view, submission, drafts } = flow;
  const task = drafts.open.peek()?.task;
  if (view.peek() === "submission") goOnWay(flow, hash);
  else if (!isOfWay(hash)) return;
  else if (view.peek() === "form" && task && hasReport(task) && hash !== WORDS.receipt)
    batch(() => {
      flow.submit();
      if (hash === WORDS.confirm && isClear(flow)) submission.confirm();
    });
  else history.replaceState(null, "", location.pathname);
}

/** Keeps the address and the view together from now on. */
export function followHistory(flow: Flow): void {
  const { view, submission } = flow;
  // After a sign-in or a reload, where one was.
  if (view.peek() === "submission" && location.hash === WORDS.confirm && submission.stage.peek().kind === "review")
    submission.confirm();
  effect(() => {
    const word = view.value === "submission" ? WORDS[submission.stage.value.kind] : undefined;
    const at = location.hash;
    if (word === at || (word === undefined && !isOfWay(at))) return;
    if (word === undefined) history.pushState(null, "", view.value === "form" ? "#check" : location.pathname);
    // What was published is not confirmed again by going back.
    else if (word === WORDS.receipt && isOfWay(at)) history.replaceState(null, "", word);
    else history.pushState(null, "", word);
  });
  addEventListener("popstate", () => go(flow, location.hash));
}
