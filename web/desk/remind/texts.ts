import { messages } from "../../filing/i18n.ts";

export const t = messages({
  title: ["提醒", "Remind"],
  nobody: [
    "没有选中机关。回到列表选中要提醒的，或者直接提醒逾期的。",
    "No organ is chosen. Choose those to remind in the list, or remind those that are late.",
  ],
  chooseLate: ["选中逾期未公布的{count}个", "Choose the {count} that are late"],
  text: ["提醒的内容", "What they are told"],
  textHint: [
    "发出以后不能再改；机关名单和期限附在后面",
    "It cannot be changed once sent; the organs and their last days follow it",
  ],
  textMissing: ["请写明提醒的内容", "Write what they are told"],
  proposed: [
    "你单位{year}年度政府信息公开工作年度报告尚未公布。请依照《中华人民共和国政府信息公开条例》第四十九条、第五十条，在所列期限前（已逾期的，请立即）完成填报、审核和公布；有困难的，请与我单位联系。",
    "Your annual report on open government information of {year} is not published yet. Please file, review and publish it by the day given (at once, where that is over); if you cannot, please contact us.",
  ],
  organs: ["要提醒的机关（{count}）", "The organs to be reminded ({count})"],
  send: ["记下并发送", "Keep and send it"],
  sending: ["正在发送……", "Sending…"],
  copy: ["复制", "Copy"],
  copied: ["已复制。", "Copied."],
  notCopied: [
    "浏览器没有允许复制，请选中文字自行复制。",
    "The browser did not allow copying; select the text and copy it.",
  ],
  print: ["打印", "Print"],
  sent: ["已记下第{number}次提醒（{count}个机关）。", "Reminder {number} was kept ({count} organs)."],
  notSent: ["没有记下：{reason}", "Not kept: {reason}"],
  history: ["提醒过的（{count}）", "Reminders so far ({count})"],
  none: ["这一年度还没有提醒过。", "Nobody was reminded for this year yet."],
  number: ["第{number}次", "No. {number}"],
  reminded: ["{count}个机关", "{count} organs"],
  delivered: ["已送到 {webhook}", "delivered to {webhook}"],
  failed: ["没有送到 {webhook}，还会再试（{reason}）", "not delivered to {webhook} yet ({reason})"],
  givenUp: ["没有送到 {webhook}，不再试（{reason}）", "given up for {webhook} ({reason})"],
  nowhere: ["没有发往任何地方；可以打印或复制", "sent nowhere; print or copy it"],
  due: ["期限", "Due"],
  name: ["机关", "Organ"],
  code: ["统一社会信用代码", "Credit code"],
  looking: ["正在取……", "Fetching…"],
});
