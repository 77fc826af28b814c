import type { Context } from "hono";
import { ACTIONS, type Caller, permits } from "../src/authenticate/caller.ts";
import type { Message } from "../src/basics/finding.ts";
import { MAX_LISTED } from "../src/basics/finding.ts";
import type { Checked } from "../src/check/conclude.ts";
import type { Published } from "../src/publish/publish.ts";
import {
  type PublicationRecord,
  type Receipt,
  type ReceiptOptions,
  type RecordKind,
  receiptOf,
} from "../src/publish/record.ts";
import { ruleIds } from "./audit.ts";
import type { Decision, Outcome } from "./decision.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { type Problem, ProblemError } from "./problem.ts";

/** What is filed, as titles speak of it. */
const SUBJECTS: Readonly<Record<RecordKind, Message>> = {
  original: { zh: "报告", en: "The report" },
  correction: { zh: "更正", en: "The correction" },
  withdrawal: { zh: "撤回", en: "The withdrawal" },
  redaction: { zh: "撤下", en: "The redaction" },
};

/** The 422 for what has errors, or warnings that nothing was said to. */
export function unprocessable(checked: Pick<Checked, "findings"> & Partial<Checked>, kind: RecordKind): ProblemError {
  const { findings, unexplained = [], comparedWithLastYear = false } = checked;
  const errors = findings.filter((f) => f.level === "error").length;
  const subject = SUBJECTS[kind];
  const some = findings.some(({ id }) => id === "S-MORE");
  if (errors === 0)
    return new ProblemError({
      status: 422,
      title: "警告需要说明",
      titleEn: "Warnings need an explanation",
      detail: `核实后改正，或在 explanations 中对${unexplained.join("、")}逐条说明，再提交；没有任何内容被保存`,
      detailEn: `Correct the report or say in explanations why it is right: ${unexplained.join(", ")}; nothing was stored`,
      unexplained,
      findings,
      comparedWithLastYear,
    });
  return new ProblemError({
    status: 422,
    title: `${subject.zh}未通过校验`,
    titleEn: `${subject.en} has errors`,
    detail: `有${some ? `${MAX_LISTED}多` : errors}处错误，改正后再提交；没有任何内容被保存`,
    detailEn: `${some ? `More than ${MAX_LISTED}` : errors} errors; nothing was stored`,
    findings,
    comparedWithLastYear,
  });
}

/** What a problem says, in both languages. */
type Wording = Required<Pick<Problem, "title" | "titleEn" | "detail" | "detailEn">>;

/** The 409 for what is not the next version of the place, with the receipt of what is published there. */
function conflict(record: PublicationRecord, kind: RecordKind, receipt: Receipt): ProblemError {
  const { organ, uscc, year, version, publishedAt } = record;
  const location = `/reports/${uscc}/${year}`;
  const latest = `${organ}${year}年度的报告最新为第${version}版（${publishedAt}）`;
  const latestEn = `The latest is version ${version}, published at ${publishedAt}`;
  const because: Readonly<Record<RecordKind, Wording>> = {
    original: {
      title: "该年度的报告已经公布",
      titleEn: "Already published",
      detail: `${latest}，内容与本次提交不同。已公布的报告不能覆盖，须走更正程序：向 ${location}/corrections 提交更正，写明所更正的版本（supersedes：${version}）和理由（reason）`,
      detailEn: `${latestEn}, and it differs from this submission. A published report is never overwritten; file a correction with supersedes ${version} and a reason at ${location}/corrections`,
    },
    correction: {
      title: "所更正的不是最新一版",
      titleEn: "Not the latest version",
      detail: `${latest}，更正没有公布。请核对最新一版，仍需更正的，以 supersedes：${version} 再提交`,
      detailEn: `${latestEn}; the correction was not published. See the latest version and correct it with supersedes ${version} if need be`,
    },
    withdrawal:
      record.kind === "withdrawal"
        ? {
            title: "报告已经撤回",
            titleEn: "Already withdrawn",
            detail: `${latest}，已是撤回说明，无须再撤回`,
            detailEn: `${latestEn}, which is a withdrawal already`,
          }
        : {
            title: "所撤回的不是最新一版",
            titleEn: "Not the latest version",
            detail: `${latest}，没有撤回。请核对最新一版，仍需撤回的，以 supersedes：${version} 再提交`,
            detailEn: `${latestEn}; nothing was withdrawn. See the latest version and withdraw it with supersedes ${version} if need be`,
          },
    redaction:
      record.kind === "redaction"
        ? {
            title: "这一版已经撤下",
            titleEn: "Already redacted",
            detail: `第${record.redacts}版的内容已于${publishedAt}撤下，理由不同，没有再次撤下`,
            detailEn: `Version ${record.redacts} was redacted at ${publishedAt} for another reason; nothing was changed`,
          }
        : {
            title: "这一版仍是最新一版",
            titleEn: "Still the latest version",
            detail: `${latest}，最新一版不能撤下。请先向 ${location}/corrections 提交更正，或向 ${location}/withdrawal 撤回，再撤下第${version}版`,
            detailEn: `${latestEn}; the latest cannot be redacted. Correct it at ${location}/corrections or withdraw it at ${location}/withdrawal first`,
          },
  };
  return new ProblemError({ status: 409, ...because[kind], receipt }, { location });
}

/** What has become of a version that no longer stands, for whoever sends it again. */
export function stateAfter({ kind, version, publishedAt, reason }: PublicationRecord) {
  const withdrawn = kind === "withdrawal";
  return {
    status: withdrawn ? "withdrawn" : "superseded",
    version,
    publishedAt,
    ...(reason === undefined ? {} : { reason }),
    message: withdrawn
      ? `报告已于${publishedAt}撤回（第${version}版），本次提交没有再次公布；要重新公布，请提交更正（supersedes：${version}）`
      : `这一版已于${publishedAt}被第${version}版取代，本次提交没有再次公布`,
    messageEn: withdrawn
      ? `The report was withdrawn at ${publishedAt} (version ${version}) and was not published again; a correction with supersedes ${version} publishes it`
      : `Version ${version} superseded this one at ${publishedAt}; it was not published again`,
  };
}

/** A record's receipt as a caller may see it: explanations are for those who may do something for the organ or its division. */
export const receiptFor = (
  caller: Caller | undefined,
  record: PublicationRecord,
  options: Omit<ReceiptOptions, "explained">,
): Receipt =>
  receiptOf(record, {
    ...options,
    explained: caller !== undefined && ACTIONS.some((action) => permits(caller, action, record.uscc)),
  });

/** What the checks say besides the receipt. */
export const remarks = ({ computed, comparedWithLastYear }: Checked) => ({
  computed,
  comparedWithLastYear,
  ...(comparedWithLastYear
    ? {}
    : {
        note: "没有查到上一年度已公布的报告，需要上年数据的规则（Y-*、T2-STOCK）未作检查",
        noteEn: "No report of last year is published here; rules that need it (Y-*, T2-STOCK) were not applied",
      }),
});

/** Notes on the request what the audit log is to say of it. */
export function note(c: Context<Env>, more: Partial<Decision>): void {
  c.set("decision", { ...c.get("decision"), ...more });
}

const CREATED: Readonly<Record<RecordKind, Outcome>> = {
  original: "published",
  correction: "corrected",
  withdrawal: "withdrawn",
  redaction: "redacted",
};

/**
 * The receipt of what was filed.
 * @throws ProblemError 409, 422 with why there is none
 */
export function receiptAnswer(
  c: Context<Env>,
  result: Checked & { readonly published?: Published },
  kind: RecordKind,
  options: Pick<AppOptions, "publicUrl" | "keepsLog">,
): Response {
  note(c, {
    findings: ruleIds(result.findings),
    ...(result.sound ? { uscc: result.sound.organ.uscc, year: result.sound.year } : {}),
  });
  if (!result.published) throw unprocessable(result, kind);
  const { outcome, record, standing } = result.published;
  const { uscc, year, version } = record;
  note(c, { uscc, year, version });
  const receipt = receiptFor(c.get("caller"), record, options);
  if (outcome === "conflict") throw conflict(record, kind, receipt);
  note(c, { outcome: outcome === "created" ? CREATED[kind] : "unchanged" });
  const remarked = record.kind === "withdrawal" || record.kind === "redaction" ? {} : remarks(result);
  const state = standing ? { state: stateAfter(standing) } : {};
  return c.json({ ...receipt, ...remarked, ...state }, outcome === "created" ? 201 : 200, {
    location: `/reports/${uscc}/${year}`,
  });
}
