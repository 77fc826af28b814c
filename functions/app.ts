import { Hono, type Context as HonoContext } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { reportSchemas } from "../generated/schemas.ts";
import { correct, withdraw } from "../src/amend.ts";
import { check } from "../src/check/check.ts";
import type { Checked } from "../src/check/conclude.ts";
import { typeset } from "../src/document.ts";
import { latestRecord, type Published } from "../src/publish/publish.ts";
import { receiptOf } from "../src/publish/record.ts";
import { SealError } from "../src/seal.ts";
import { type Context, type Filing, KeyReusedError, keepSeal, sealOption, submit } from "../src/submit.ts";
import { readBytes, readJson } from "./body.ts";
import { openApi } from "./openapi.ts";
import { problem } from "./problem.ts";
import { filingPages } from "./web.ts";

/** What the app needs besides the context of a submission. */
export interface AppOptions extends Context {
  /** Where the published prefix is read, without a slash at the end. */
  readonly publicUrl: string;
  /** Told of what should not happen; gets no report text. */
  readonly onError?: (error: Error, method: string, path: string) => void;
}

/** Which methods each path takes; for 405 and its Allow. */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^\/reports$/, "POST"],
  [/^\/reports\/preview$/, "POST"],
  [/^\/reports\/[^/]+\/[^/]+$/, "GET, HEAD"],
  [/^\/reports\/[^/]+\/[^/]+\/(corrections|withdrawal)$/, "POST"],
  [/^\/organs\/[^/]+\/seal$/, "PUT"],
  [/^\/healthz$/, "GET, HEAD"],
  [/^\/openapi\.json$/, "GET, HEAD"],
  [/^\/schemas\/[^/]+$/, "GET, HEAD"],
];

const unprocessable = ({ findings, unexplained, comparedWithLastYear }: Checked): Response => {
  const errors = findings.filter((f) => f.level === "error").length;
  if (errors === 0)
    return problem({
      status: 422,
      title: "警告需要说明",
      titleEn: "Warnings need an explanation",
      detail: `核实后改正，或在 explanations 中对${unexplained.join("、")}逐条说明，再提交；没有任何内容被保存`,
      detailEn: `Correct the report or say in explanations why it is right: ${unexplained.join(", ")}; nothing was stored`,
      unexplained,
      findings,
      comparedWithLastYear,
    });
  return problem({
    status: 422,
    title: "报告未通过校验",
    titleEn: "The report has errors",
    detail: `有${errors}处错误，改正后再提交；没有任何内容被保存`,
    detailEn: `${errors} errors; nothing was stored`,
    findings,
    comparedWithLastYear,
  });
};

/** What the checks say besides the receipt. */
const remarks = ({ computed, comparedWithLastYear }: Checked) => ({
  computed,
  comparedWithLastYear,
  ...(comparedWithLastYear
    ? {}
    : {
        note: "没有查到上一年度已公布的报告，需要上年数据的规则（Y-*、T2-STOCK）未作检查",
        noteEn: "No report of last year is published here; rules that need it (Y-*, T2-STOCK) were not applied",
      }),
});

const USCC = /^[0-9A-Z]{18}$/;
const YEAR = /^\d{4}$/;

/** What came in the headers. A key that is no short printable ASCII is left out of account. */
const filingOf = (c: HonoContext): Filing => {
  const key = c.req.header("idempotency-key");
  const filedBy = { issuer: "", subject: "" };
  return key !== undefined && /^[\x21-\x7e]{1,255}$/.test(key) ? { filedBy, idempotencyKey: key } : { filedBy };
};

/** The HTTP API: the same app on Lambda, on a plain server and in the tests. */
export function createApp(options: AppOptions): Hono {
  const { store, publicUrl } = options;
  const app = new Hono();
  app.use(secureHeaders({ crossOriginResourcePolicy: "cross-origin" }));

  const notFound = (path: string): Response =>
    problem({
      status: 404,
      title: "没有找到",
      titleEn: "Not Found",
      detail: `没有${path.slice(0, 200)}`,
      detailEn: `There is no ${path.slice(0, 200)}`,
    });

  app.notFound((c) => {
    const allow = METHODS.find(([path]) => path.test(c.req.path))?.[1];
    if (!allow || allow.split(", ").includes(c.req.method)) return notFound(c.req.path);
    return problem(
      {
        status: 405,
        title: "不支持的方法",
        titleEn: "Method Not Allowed",
        detail: `这里可用的方法：${allow}`,
        detailEn: `Allowed here: ${allow}`,
      },
      { allow },
    );
  });
  app.onError((error, c) => {
    if (error instanceof KeyReusedError)
      return problem({
        status: 422,
        title: "Idempotency-Key 已经用过",
        titleEn: "Idempotency-Key was used before",
        detail: `这个键已用于第${error.record.version}版，内容与本次提交不同；换一个键再提交`,
        detailEn: `The key stands for version ${error.record.version}, which differs from this submission`,
        receipt: receiptOf(error.record, publicUrl),
      });
    options.onError?.(error, c.req.method, c.req.path);
    return problem({
      status: 500,
      title: "服务内部错误",
      titleEn: "Internal Server Error",
      detail: "没有任何内容丢失，请稍后重试",
      detailEn: "Nothing was lost; please try again later",
    });
  });

  /** The receipt, or why there is none. */
  const answer = (c: HonoContext, result: Checked & { readonly published?: Published }): Response => {
    if (!result.published) return unprocessable(result);
    const { outcome, record } = result.published;
    const receipt = receiptOf(record, publicUrl);
    const location = `/reports/${record.uscc}/${record.year}`;
    if (outcome === "conflict") {
      const { organ, year, version, publishedAt } = record;
      const path = `${location}/corrections`;
      return problem(
        {
          status: 409,
          title: "该年度的报告已经公布",
          titleEn: "Already published",
          detail: `${organ}${year}年度的报告已有第${version}版（${publishedAt}），内容与本次提交不同。已公布的报告不能覆盖，须走更正程序：向 ${path} 提交更正，写明所更正的版本（supersedes：${version}）和理由（reason）`,
          detailEn: `Version ${version} was published at ${publishedAt} and differs from this submission. A published report is never overwritten; file a correction with supersedes ${version} and a reason at ${path}`,
          receipt,
        },
        { location },
      );
    }
    const remarked = record.kind === "withdrawal" ? {} : remarks(result);
    return c.json({ ...receipt, ...remarked }, outcome === "created" ? 201 : 200, { location });
  };

  app.post("/reports", async (c: HonoContext) => {
    const body = await readJson(c.req.raw);
    if ("problem" in body) return body.problem;
    const dryRun = c.req.query("dryRun");
    if (dryRun !== undefined && dryRun !== "true" && dryRun !== "false")
      return problem({
        status: 400,
        title: "参数不对",
        titleEn: "Bad parameter",
        detail: "dryRun 应为 true 或 false",
        detailEn: "dryRun must be true or false",
      });
    if (dryRun === "true") {
      const checked = await check(body.value, options);
      return checked.report
        ? c.json({ valid: true, findings: checked.findings, unexplained: checked.unexplained, ...remarks(checked) })
        : unprocessable(checked);
    }
    return answer(c, await submit(body.value, filingOf(c), options));
  });

  const amend = (kind: "correction" | "withdrawal") => async (c: HonoContext) => {
    const { uscc = "", year = "" } = c.req.param();
    if (!USCC.test(uscc) || !YEAR.test(year)) return notFound(c.req.path);
    const body = await readJson(c.req.raw);
    if ("problem" in body) return body.problem;
    const change = kind === "correction" ? correct : withdraw;
    const result = await change(body.value, { uscc, year: Number(year) }, filingOf(c), options);
    return result ? answer(c, result) : notFound(`${uscc}/${year}`);
  };
  app.post("/reports/:uscc/:year/corrections", amend("correction"));
  app.post("/reports/:uscc/:year/withdrawal", amend("withdrawal"));

  app.post("/reports/preview", async (c: HonoContext) => {
    const body = await readJson(c.req.raw);
    if ("problem" in body) return body.problem;
    const checked = await check(body.value, options);
    if (!checked.report) return unprocessable(checked);
    const pdf = await typeset(checked.report, options.fonts, {
      watermark: "预览",
      ...(await sealOption(store, checked.report.organ.uscc)),
    });
    return c.body(new Uint8Array(pdf), 200, { "content-type": "application/pdf", "cache-control": "no-store" });
  });

  app.put("/organs/:uscc/seal", async (c) => {
    const { uscc } = c.req.param();
    if (!USCC.test(uscc)) return notFound(c.req.path);
    const body = await readBytes(c.req.raw, "image/png");
    if ("problem" in body) return body.problem;
    try {
      const { width, height } = await keepSeal(store, uscc, body.bytes);
      return c.json({ uscc, width, height });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return problem({
        status: 422,
        title: "印章图片不合要求",
        titleEn: "The seal image will not do",
        detail: error.message,
        detailEn: error.messageEn,
      });
    }
  });

  app.get("/reports/:uscc/:year", async (c) => {
    const { uscc, year } = c.req.param();
    if (!USCC.test(uscc) || !YEAR.test(year)) return notFound(c.req.path);
    const record = await latestRecord(store, uscc, Number(year));
    return record ? c.json(receiptOf(record, publicUrl)) : notFound(c.req.path);
  });
  app.route("/filing", filingPages(options));
  app.get("/healthz", (c) => c.json({ status: "ok", program: options.program }));
  app.get("/openapi.json", (c) => c.json(openApi(publicUrl)));
  app.get("/schemas/:file", (c) => {
    const edition = /^report-(\d{4})\.schema\.json$/.exec(c.req.param("file"))?.[1] ?? "";
    const schema = reportSchemas[edition];
    if (!schema) return notFound(c.req.path);
    return c.json(schema, 200, {
      "content-type": "application/schema+json; charset=utf-8",
      "access-control-allow-origin": "*",
    });
  });
  return app;
}
