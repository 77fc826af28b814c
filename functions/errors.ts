import { AuthenticationError, IssuerUnavailableError } from "../src/authenticate/authenticate.ts";
import { type Caller, ForbiddenError } from "../src/authenticate/caller.ts";
import { ParseError } from "../src/check/parse.ts";
import { ClockError } from "../src/filing/clock-error.ts";
import { NothingPublishedError } from "../src/filing/nothing-published-error.ts";
import { KeyReusedError } from "../src/publish/key-reused-error.ts";
import { StoreUnavailableError } from "../src/store/store.ts";
import { SealError } from "../src/typeset/seal.ts";
import { receiptFor } from "./answers.ts";
import { notFound, ProblemError } from "./problem.ts";

/** RFC 6750, 3: the challenge; its descriptions are ASCII. */
const challenge = (error = "", description = ""): Record<string, string> => ({
  "www-authenticate": `Bearer realm="nianbao"${error && `, error="${error}", error_description="${description}"`}`,
});

/** What the steps of the way through throw, as the problem that it is to whoever asked; undefined for a fault of ours. */
export function problemOf(error: unknown, publicUrl: string, caller?: Caller): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof AuthenticationError)
    return new ProblemError(
      {
        status: 401,
        title: "需要登录",
        titleEn: "Unauthorized",
        detail: error.message,
        detailEn: error.messageEn,
      },
      error.reason === "missing" ? challenge() : challenge("invalid_token", error.messageEn),
    );
  if (error instanceof ForbiddenError)
    return new ProblemError(
      { status: 403, title: "没有权限", titleEn: "Forbidden", detail: error.message, detailEn: error.messageEn },
      challenge("insufficient_scope", "The token grants no right to do this for the organ"),
    );
  if (error instanceof IssuerUnavailableError)
    return new ProblemError(
      {
        status: 503,
        title: "登录服务暂时没有回应",
        titleEn: "Service Unavailable",
        detail: "暂时无法核对令牌，没有任何内容丢失，请稍后重试",
        detailEn: "Tokens cannot be checked at the moment; nothing was lost, please try again later",
      },
      { "retry-after": "10" },
    );
  if (error instanceof StoreUnavailableError)
    return new ProblemError(
      {
        status: 503,
        title: "存储暂时没有回应",
        titleEn: "Service Unavailable",
        detail: "存储暂时不能用，已公布的不会丢失；请稍后重试，同样的内容不会公布两次",
        detailEn:
          "The store cannot be used at the moment; nothing published is lost. Please try again later: the same content is not published twice",
      },
      { "retry-after": "10" },
    );
  if (error instanceof ParseError) {
    const { line, column } = error;
    return new ProblemError({
      status: 400,
      title: "不是JSON",
      titleEn: "Not JSON",
      detail: error.messageZh,
      detailEn: error.message,
      line,
      column,
    });
  }
  if (error instanceof SealError)
    return new ProblemError({
      status: 422,
      title: "印章图片不合要求",
      titleEn: "The seal image will not do",
      detail: error.message,
      detailEn: error.messageEn,
    });
  if (error instanceof NothingPublishedError) {
    const { place, version } = error;
    return notFound(`${place.uscc}/${place.year}${version === undefined ? "" : `/v${version}`}`);
  }
  if (error instanceof ClockError)
    return new ProblemError(
      {
        status: 503,
        title: "服务的时钟不对",
        titleEn: "Service Unavailable",
        detail: `服务的时间（${error.now}）早于前一版的公布时间（${error.latest}），没有公布，也没有任何内容丢失，请稍后重试`,
        detailEn: `The service's clock (${error.now}) is behind the latest version (${error.latest}); nothing was published or lost, please try again later`,
      },
      { "retry-after": "60" },
    );
  if (error instanceof KeyReusedError)
    return new ProblemError({
      status: 422,
      title: "Idempotency-Key 已经用过",
      titleEn: "Idempotency-Key was used before",
      detail: `这个键已用于第${error.record.version}版，内容与本次提交不同；换一个键再提交`,
      detailEn: `The key stands for version ${error.record.version}, which differs from this submission`,
      receipt: receiptFor(caller, error.record, publicUrl),
    });
  return undefined;
}

/** A fault of ours, of which nothing is told. */
export const internalError = (): ProblemError =>
  new ProblemError({
    status: 500,
    title: "服务内部错误",
    titleEn: "Internal Server Error",
    detail: "没有任何内容丢失，请稍后重试",
    detailEn: "Nothing was lost; please try again later",
  });
