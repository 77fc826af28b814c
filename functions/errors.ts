import { AuthenticationError, IssuerUnavailableError } from "../src/authenticate/authenticate.ts";
import { type Caller, ForbiddenError } from "../src/authenticate/caller.ts";
import { ParseError } from "../src/check/parse.ts";
import { ClockError } from "../src/filing/clock-error.ts";
import { NothingPublishedError } from "../src/filing/nothing-published-error.ts";
import { NotApprovedError } from "../src/office/not-approved-error.ts";
import { KeyReusedError } from "../src/publish/key-reused-error.ts";
import { StoreUnavailableError } from "../src/store/store.ts";
import { SealError } from "../src/typeset/seal.ts";
import { receiptFor } from "./answers.ts";
import { notFound, ProblemError } from "./problem.ts";

/** RFC 6750, 3: the challenge; its descriptions are ASCII. */
const challenge = (error = "", description = ""): Record<string, string> => ({
  "www-authenticate": `Bearer realm="nianbao"${error && `, error="${error}", error_description="${description}"`}`,
});

/** The 401: no token, or none that is good. */
const unauthorized = ({ reason, message, messageEn }: AuthenticationError): ProblemError =>
  new ProblemError(
    { status: 401, title: "需要登录", titleEn: "Unauthorized", detail: message, detailEn: messageEn },
    reason === "missing" ? challenge() : challenge("invalid_token", messageEn),
  );

/** The 403: a good token that grants no right to this. */
const forbidden = ({ message, messageEn }: ForbiddenError): ProblemError =>
  new ProblemError(
    { status: 403, title: "没有权限", titleEn: "Forbidden", detail: message, detailEn: messageEn },
    challenge("insufficient_scope", "The token grants no right to do this for the organ"),
  );

/** A 503 for what passes by itself. @param seconds after which to try again */
const unavailable = (title: string, detail: string, detailEn: string, seconds: number): ProblemError =>
  new ProblemError(
    { status: 503, title, titleEn: "Service Unavailable", detail, detailEn },
    { "retry-after": String(seconds) },
  );

const issuerUnavailable = (): ProblemError =>
  unavailable(
    "登录服务暂时没有回应",
    "暂时无法核对令牌，没有任何内容丢失，请稍后重试",
    "Tokens cannot be checked at the moment; nothing was lost, please try again later",
    10,
  );

const storeUnavailable = (): ProblemError =>
  unavailable(
    "存储暂时没有回应",
    "存储暂时不能用，已公布的不会丢失；请稍后重试，同样的内容不会公布两次",
    "The store cannot be used at the moment; nothing published is lost. Please try again later: the same content is not published twice",
    10,
  );

const clockBehind = ({ now, latest }: ClockError): ProblemError =>
  unavailable(
    "服务的时钟不对",
    `服务的时间（${now}）早于前一版的公布时间（${latest}），没有公布，也没有任何内容丢失，请稍后重试`,
    `The service's clock (${now}) is behind the latest version (${latest}); nothing was published or lost, please try again later`,
    60,
  );

const notJson = ({ messageZh, message, line, column }: ParseError): ProblemError =>
  new ProblemError({
    status: 400,
    title: "不是JSON",
    titleEn: "Not JSON",
    detail: messageZh,
    detailEn: message,
    line,
    column,
  });

const unfitSeal = ({ message, messageEn }: SealError): ProblemError =>
  new ProblemError({
    status: 422,
    title: "印章图片不合要求",
    titleEn: "The seal image will not do",
    detail: message,
    detailEn: messageEn,
  });

const nothingPublished = ({ place: { uscc, year }, version }: NothingPublishedError): ProblemError =>
  notFound(`${uscc}/${year}${version === undefined ? "" : `/v${version}`}`);

const keyReused = ({ record }: KeyReusedError, publicUrl: string, caller: Caller | undefined): ProblemError =>
  new ProblemError({
    status: 422,
    title: "Idempotency-Key 已经用过",
    titleEn: "Idempotency-Key was used before",
    detail: `这个键已用于第${record.version}版，内容与本次提交不同；换一个键再提交`,
    detailEn: `The key stands for version ${record.version}, which differs from this submission`,
    receipt: receiptFor(caller, record, { publicUrl }),
  });

const notApproved = ({ message, messageEn, missing, state, review }: NotApprovedError): ProblemError =>
  new ProblemError({
    status: 409,
    title: "还没有同意公布",
    titleEn: "Not approved",
    detail: message,
    detailEn: messageEn,
    code: "not-approved",
    missing,
    state,
    review,
  });

/** What filing and reading throw, as the problem document that answers it; undefined for a fault of ours. */
export function problemOf(error: unknown, publicUrl: string, caller?: Caller): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof AuthenticationError) return unauthorized(error);
  if (error instanceof ForbiddenError) return forbidden(error);
  if (error instanceof IssuerUnavailableError) return issuerUnavailable();
  if (error instanceof StoreUnavailableError) return storeUnavailable();
  if (error instanceof ParseError) return notJson(error);
  if (error instanceof SealError) return unfitSeal(error);
  if (error instanceof NothingPublishedError) return nothingPublished(error);
  if (error instanceof NotApprovedError) return notApproved(error);
  if (error instanceof ClockError) return clockBehind(error);
  if (error instanceof KeyReusedError) return keyReused(error, publicUrl, caller);
  return undefined;
}

/** The 500 for a fault of ours, whose cause is in the log alone. */
export const internalError = (): ProblemError =>
  new ProblemError({
    status: 500,
    title: "服务内部错误",
    titleEn: "Internal Server Error",
    detail: "没有任何内容丢失，请稍后重试",
    detailEn: "Nothing was lost; please try again later",
  });
