import type { Kind, Role } from "../../../src/office/event.ts";
import type { Review } from "../../../src/office/policy.ts";
import type { State } from "../../../src/office/state.ts";
import { MESSAGES } from "../flow/messages.ts";
import { inLanguage, messages, type Pair } from "../i18n.ts";

const STATES: Readonly<Record<State, Pair>> = {
  none: ["未开始", "Not begun"],
  draft: ["草稿", "Draft"],
  submitted: ["已送审，待审核", "Handed over, to be reviewed"],
  returned: ["已退回，待修改", "Returned, to be revised"],
  agreed: ["审核已同意", "Agreed to by the reviewer"],
  cleared: ["上级已同意备案", "Cleared by the superior office"],
  signed: ["已签发，正在公布", "Signed, being published"],
  published: ["已公布", "Published"],
};
const KINDS: Readonly<Record<Kind, Pair>> = {
  submit: ["送审", "Handed over"],
  recall: ["撤回送审", "Recalled"],
  return: ["退回", "Returned"],
  agree: ["审核同意", "Agreed"],
  clear: ["同意备案", "Cleared"],
  sign: ["签发", "Signed"],
  comment: ["批注", "Comment"],
};
const ROLES: Readonly<Record<Role, Pair>> = {
  draft: ["起草人", "drafter"],
  review: ["审核人", "reviewer"],
  publish: ["签发人", "signatory"],
  oversee: ["上级机关", "superior office"],
};
const REVIEWS: Readonly<Record<Review, Pair>> = {
  none: ["不需要审核，填报人直接公布。", "No review is asked for."],
  organ: [
    "公布前须由本机关另一人审核同意，再签发。",
    "Before publication another person of the organ reviews it; then it is signed.",
  ],
  superior: [
    "公布前须由本机关另一人审核同意，并经上级机关同意备案，再签发。",
    "Before publication another person of the organ reviews it and the superior office clears it; then it is signed.",
  ],
};

export const stateText = (state: State): string => inLanguage(STATES[state]);
export const kindText = (kind: Kind): string => inLanguage(KINDS[kind]);
export const roleText = (role: Role): string => inLanguage(ROLES[role]);
export const policyText = (review: Review): string => inLanguage(REVIEWS[review]);

/** The texts of review, and those of all pages. */
export const say = messages({
  ...MESSAGES,
  title: ["审核：{organ}{year}年度报告", "Review: {organ}, report of {year}"],
  titleCorrection: [
    "审核：{organ}{year}年度报告的更正（第{version}版）",
    "Review: {organ}, correction of {year} (version {version})",
  ],
  standing: ["现在：{state}", "State: {state}"],
  looking: ["正在取办理情况……", "Fetching…"],
  nothingHandedOver: ["还没有送审，或者您不能看送审的内容。", "Nothing was handed over that you may read."],
  pages: ["送审的报告", "The report handed over"],
  proofPdf: ["下载送审稿（PDF）", "Download the proof (PDF)"],
  proofDocx: ["下载送审稿（Word）", "Download the proof (Word)"],
  proofTitle: ["送审稿的版面", "Pages of the proof"],
  proofFailed: ["送审稿没有取到：{reason}", "The proof could not be fetched: {reason}"],
  findings: ["校验发现的问题（{count}）", "What the checks found ({count})"],
  noFindings: ["校验没有发现问题。", "The checks found nothing."],
  saidToIt: ["说明：{text}", "Explained: {text}"],
  reason: ["更正理由：{text}", "Reason for the correction: {text}"],
  besideLastYear: ["与上年对照", "Beside last year"],
  lastYearLooking: ["正在取上年的报告……", "Fetching last year's report…"],
  lastYearNone: [
    "上年的报告没有在这里公布，只列本年的。",
    "Last year's report is not published here; only this year's is listed.",
  ],
  figuresOf: ["{section}的数据", "Figures of {section}"],
  noFigures: ["两年都没有数据，或都是零。", "No figures in either year, or all are zero."],
  figure: ["项目", "Figure"],
  ofYear: ["{year}年", "{year}"],
  textOf: ["{section}的文字", "Text of {section}"],
  repeatedHint: ["与上年相同的句子已标出。", "Sentences that last year's report has too are marked."],
  remark: ["批注", "Comment"],
  remarkOn: ["批注“{place}”", "Comment on {place}"],
  remarks: ["批注", "Comments"],
  remarkText: ["对“{place}”的批注", "Comment on {place}"],
  removeRemark: ["去掉对“{place}”的批注", "Remove the comment on {place}"],
  toDecision: ["直接到办理", "Skip to the decision"],
  decision: ["办理", "Decision"],
  comment: ["意见", "Comment"],
  commentHint: ["退回须写意见，或至少一条批注。", "To return it, say why: here or by a comment on a place."],
  commentMissing: ["退回须写明意见或批注", "Say why it is returned"],
  remarkMissing: ["写出批注，或者去掉它", "Write the comment or remove it"],
  agree: ["同意", "Agree"],
  clear: ["同意备案", "Clear it"],
  return: ["退回", "Return it"],
  recall: ["撤回送审", "Recall it"],
  addComment: ["只留意见", "Comment only"],
  sign: ["签发并公布", "Sign and publish"],
  signUnderstood: [
    "我已看过全部内容，知道公布是公开的、永久的",
    "I have read all of it and know that publication is public and permanent",
  ],
  signMissing: ["签发前请先勾选", "Tick the box before signing"],
  sending: ["正在提交……", "Sending…"],
  done: ["已办理：{kind}。", "Done: {kind}."],
  somebodyElse: [
    "别人刚刚办理过，没有提交您的；请看过最新情况再办理。",
    "Somebody came before you and yours was not sent; look at how it stands now.",
  ],
  notYours: ["这份报告现在不由您办理。", "Nothing here is for you to decide now."],
  ownWork: ["送审的人不能自己审核同意。", "Who handed it over cannot agree to it."],
  history: ["办理经过", "History"],
  noHistory: ["还没有办理经过。", "Nothing has happened yet."],
  eventOf: ["{time}　{kind}（{role}）", "{time} – {kind} ({role})"],
  eventBy: ["{time}　{kind}（{role}：{who}）", "{time} – {kind} ({role}: {who})"],
  openDraft: ["打开草稿修改", "Open the draft"],
  goToPlace: ["去修改“{place}”", "Go to {place}"],
  refresh: ["重新取", "Refresh"],
  handOverTitle: ["送审", "Hand over for review"],
  handOverLead: [
    "将送审：{organ}{year}年度报告。审核人看到的就是现在的内容，送审后再改须重新送审。",
    "To be handed over: {organ}, report of {year}. The reviewer sees it as it is now; if it is changed afterwards it must be handed over again.",
  ],
  handOver: ["送审", "Hand over"],
  handOverAgain: ["重新送审", "Hand over again"],
  handedOverSame: ["现在的内容已经送审。", "This content is handed over already."],
  handOverComment: ["给审核人的话（可不填）", "A word to the reviewer (optional)"],
  notSaved: [
    "草稿没有存到服务，不能送审：{reason}",
    "The draft could not be saved with the service and was not handed over: {reason}",
  ],
  notSavedDiffers: ["服务上有别人保存的另一份，请先选定", "somebody saved another one there; choose first"],
  notSavedAway: ["服务暂时连不上", "the service cannot be reached"],
  notSavedOff: ["您没有起草的权限", "you may not draft for this organ"],
  seeReview: ["查看办理情况", "See how it stands"],
  atService: ["服务上的草稿（{time}保存）", "The service's draft (saved at {time})"],
  goOnThere: ["打开服务上的草稿（{time}）", "Open the service's draft of {time}"],
  underWay: ["办理情况：{state}", "How it stands: {state}"],
  awaiting: ["正在办理的报告", "Reports under way"],
  awaitingYou: ["等您办理", "waiting for you"],
  awaitingName: ["{organ}{year}年度", "{organ}, {year}"],
  awaitingOpen: ["查看{name}的办理情况", "See how {name} stands"],
  returnedTitle: ["已退回，请按意见修改后重新送审", "Returned: revise it and hand it over again"],
  differsTitle: ["服务上有另一份草稿，与这里的不同", "The service has another draft that differs from yours"],
  differsBody: [
    "{time}有人保存了另一份。两份不同的地方列在下面；选定以前，这里的改动只存在本机。",
    "Somebody saved another one at {time}. What differs is listed below; until you choose, your changes stay on this device.",
  ],
  differsCount: ["有{count}处不同", "{count} differences"],
  place: ["位置", "Place"],
  mine: ["这里的", "Yours"],
  theirs: ["服务上的", "The service's"],
  useTheirs: ["用服务上的（这里的另存在本机）", "Use the service's (yours is kept on this device)"],
  useMine: ["用这里的，取代服务上的", "Use yours in the place of the service's"],
  more: ["还有{count}处", "{count} more"],
});
