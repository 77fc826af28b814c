import { importSchemas } from "./openapi-imports.ts";
import { ref, schemas } from "./openapi-schemas.ts";
import { type Json, namesIn, PATH_PARAMETERS, type Route, type TextSchema } from "./route.ts";
import { ROUTES } from "./routes.ts";

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: "不是JSON（附行号和列号），或参数不识、重复、不对，Idempotency-Key 不对 · not JSON (with line and column), or an unknown, repeated or bad parameter",
  401: "没有令牌，或令牌无效、过期 · no token, or an invalid or expired one",
  403: "令牌没有为该机关或行政区划办理此事的权限 · the token grants no right to do this for the organ or division",
  404: "没有找到 · not found",
  405: "不支持的方法，Allow 列出可用的 · method not allowed",
  409: "该年度已公布另一份报告，或所更正、撤回的不是最新一版，或要撤下的仍是最新一版，或名录已有更新的一版，或审核规定要求的一步还没有做 · another report, or a later version, is there, or a step that the policy asks for is missing",
  412: "草稿已有更新的一份，office 为现在的 · the draft was saved by another meanwhile; office has what is there now",
  413: "正文超过1 MiB · body over 1 MiB",
  415: "媒体类型不对 · unsupported media type",
  422: "未通过校验，findings 列出问题 · errors found, listed in findings",
  428: "须写 If-Match 或 If-None-Match · a condition is required",
  429: "请求过多，Retry-After 秒后重试 · too many requests, try again after Retry-After seconds",
  500: "服务内部错误 · internal error",
  503: "暂时无法核对令牌，Retry-After 秒后重试 · tokens cannot be checked, try again after Retry-After seconds",
};
const HEADERS: Readonly<Record<number, Json>> = {
  401: { "WWW-Authenticate": { schema: { type: "string" } } },
  403: { "WWW-Authenticate": { schema: { type: "string" } } },
  405: { Allow: { schema: { type: "string" } } },
  429: { "Retry-After": { schema: { type: "integer" } } },
  503: { "Retry-After": { schema: { type: "integer" } } },
};

const bearer = [{ bearer: [] }];
const SECURITY: Readonly<Record<Route["token"], readonly Json[]>> = {
  required: bearer,
  optional: [{}, ...bearer],
  none: [],
};

const typed = (schema: TextSchema): Json => (schema.enum ? { ...schema } : { type: "string", ...schema });

function operationOf({ operation, summary, token, path, query, headers = [], body, answers, problems }: Route): Json {
  const parameters: readonly Json[] = [
    ...namesIn(path).map((name) => {
      const { schema, description } = PATH_PARAMETERS[name]!;
      return { name, in: "path", required: true, schema: typed(schema), description };
    }),
    ...query.map(({ name, schema, description }) => ({ name, in: "query", schema: typed(schema), description })),
    ...headers,
  ];
  return {
    operationId: operation,
    summary,
    security: SECURITY[token],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            ...(body.description === undefined ? {} : { description: body.description }),
            content: body.content,
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(problems.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
      ...answers,
    },
  };
}

/** The operations of each path. */
function pathsOf(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = operationOf(route);
  }
  return paths;
}

/** The OpenAPI 3.1 description, made from the published schemas. */
export const openApi = (server: string): Json => ({
  openapi: "3.1.0",
  info: {
    title: "年报 nianbao",
    version: "0.1.0",
    description: "政府信息公开工作年度报告的校验、排版和公布",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: server }],
  security: bearer,
  paths: pathsOf(ROUTES),
  components: {
    securitySchemes: {
      bearer: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        description: "OpenID Connect 签发的令牌；其中写明可为哪些机关或行政区划办理哪些事项",
      },
    },
    schemas: { ...schemas, ...importSchemas },
    responses: Object.fromEntries(
      Object.entries(DESCRIPTIONS).map(([status, description]) => [
        status,
        {
          description,
          ...(HEADERS[Number(status)] ? { headers: HEADERS[Number(status)] } : {}),
          content: { "application/problem+json": { schema: ref("Problem") } },
        },
      ]),
    ),
  },
});
