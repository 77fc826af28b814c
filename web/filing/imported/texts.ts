import { MESSAGES } from "../flow/messages.ts";
import { messages } from "../i18n.ts";

/** The texts about a file that was read, and those of all pages. */
export const say = messages({
  ...MESSAGES,
  // Drafts
  importOffer: ["成文日期取{date}（{source}）", "Take {date} as the date of signing ({source})"],
  importTitle: ["“{name}”读出来的内容", "What was read of “{name}”"],
  importedTitle: ["“{name}”的导入说明", "How “{name}” was imported"],
  importEditionOf: ["{edition}年版格式", "form of {edition}"],
  importCells: ["表格{all}格，读出{count}格。", "{count} of the {all} figures of the form were read."],
  importLost: [
    "有{errors}处错误，{count}格没有读出或没有把握：采用后这些格须对照原件补填、核对。",
    "{errors} errors; {count} figures were not read or are not sure: fill them in and check them against the original.",
  ],
  importErrors: ["有{errors}处错误，采用后须补填、改正。", "{errors} errors: fill in or correct after taking it."],
  importMore: ["等{count}处，都在下面的表里", "and more, {count} in all: see the tables below"],
  importWhole: ["每一格都读出来了。采用前请对照原件核对。", "Every figure was read. Check them against the original."],
  importFindings: ["导入中的问题（{count}）", "What the import found ({count})"],
  importChecks: ["按规则校验的结果（{count}）", "What the checks found ({count})"],
  importChecksHint: [
    "采用后可在表里改正；与上一年度的比对在填报页另作。",
    "Correct them in the form; last year's report is compared there.",
  ],
  importAttend: ["须补填、核对的格（{count}）", "To be filled in or checked ({count})"],
  importAssumed: ["空白作0、计算得出或推定的格（{count}）", "Blank as 0, computed or assumed ({count})"],
  importNormalized: ["作了规整的格（{count}）", "Normalised ({count})"],
  importAsIs: ["照原样读出的格（{count}）", "Read as they are ({count})"],
  importSource: ["文件里的文字", "In the file"],
  importValue: ["读作", "Read as"],
  importHow: ["怎样得来", "How"],
  importNoCell: ["（没有这一格）", "(no such cell)"],
  importBlank: ["（空白）", "(blank)"],
  howRead: ["读出", "read"],
  howBlank: ["空白，作0", "blank, taken as 0"],
  howComputed: ["没有写，由各项相加", "left out, summed up"],
  howImplied: ["没有这一格，由总计推得", "no such cell, follows from the total"],
  howExact: ["文件所带的数据", "from the data in the file"],
  howUnread: ["读不出数", "no figure"],
  howMissing: ["没有读到", "not found"],
  sureLikely: ["大致有把握", "likely"],
  sureUnsure: ["没有把握，请核对", "not sure, please check"],
  importLeft: ["没有放进报告的内容（{count}）", "Left out of the report ({count})"],
  importLeftOutHint: ["需要的请自己补进报告。", "Add what is needed to the report yourself."],
  importInto: [
    "可以放进草稿“{draft}”：文件里有的代替草稿里的，没有的保留，可以撤销。",
    "It can go into the draft “{draft}”: what the file has takes the place of the draft's, what it has not stays; this can be undone.",
  ],
  importOther: [
    "草稿是“{draft}”，文件是“{file}”，不是同一份报告。放进草稿会改变它的机关或年度，可以撤销。",
    "The draft is “{draft}”, the file “{file}”: not the same report. Putting it into the draft changes its organ or year; this can be undone.",
  ],
  importNotOf: [
    "正在更正“{draft}”，文件是“{file}”，不是同一份报告，不能放进这份更正。",
    "“{draft}” is being corrected and the file is “{file}”: not the same report, and it cannot go into the correction.",
  ],
  importAccept: ["放进草稿“{draft}”", "Put it into “{draft}”"],
  importAcceptNew: ["采用为新的草稿", "Use it as a new draft"],
  importCancel: ["不采用", "Discard it"],
  importCancelForm: ["不采用，返回填报", "Discard it and go back"],
});
