import { IMPORTED } from "../src/formats/registry.ts";
import type { How, Sureness } from "../src/import/account.ts";
import type { Note } from "../src/import/note.ts";
import { ref } from "./openapi-schemas.ts";
import type { Json } from "./route.ts";

/** Names of a type, which does not compile unless all of them are there. */
const all =
  <T extends string>() =>
  <const Names extends readonly T[]>(names: [T] extends [Names[number]] ? Names : never): Names =>
    names;

const formats = IMPORTED.map(({ name }) => name);
const hows = all<How>()(["read", "blank", "computed", "implied", "exact", "unread", "missing"]);
const surenesses = all<Sureness>()(["certain", "likely", "unsure"]);
const notes = all<Note>()([
  "fullWidth",
  "space",
  "separator",
  "sign",
  "dash",
  "counter",
  "decimal",
  "zeros",
  "converted",
  "unitTaken",
  "remark",
  "struck",
  "mark",
  "hidden",
]);

const string = { type: "string" };
const texts = (properties: Json, required: readonly string[]): Json => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});

const cell = texts(
  {
    pointer: { type: "string", description: "RFC 6901，report 里的位置" },
    label: string,
    labelEn: string,
    source: { type: "string", description: "文件里的文字；文件没有这一格的，没有这一项" },
    value: {
      description: "report 里的值；读不出、文件里没有的，没有这一项",
      oneOf: [{ type: "integer" }, texts({ amount: string, unit: { enum: ["元", "万元"] } }, ["amount", "unit"])],
    },
    how: {
      enum: hows,
      description:
        "read 读自文字，blank 空白作0，computed 没有写的总计由计算得出，implied 由各项之和推得，exact 取自文件所带的数据，unread 读不出，missing 文件里没有这一格",
    },
    notes: { type: "array", items: { enum: notes }, description: "文字怎样规整成数" },
    sure: { enum: surenesses, description: "certain 确定，likely 标签不尽相同或单位是推定的，unsure 没有把握" },
  },
  ["pointer", "label", "labelEn", "how", "notes", "sure"],
);

const account = texts(
  {
    format: { enum: formats },
    encoding: { type: "string", description: "文本格式读作的编码，如 gb18030" },
    edition: { type: "string", description: "标签所属的格式版本；看不出的，没有这一项" },
    cells: { type: "array", items: ref("AccountCell"), description: "表格的每一格，依次" },
    findings: { type: "array", items: ref("Finding"), description: "I-*：丢失或看不出的是错误，推定的是警告" },
    leftOut: {
      type: "array",
      items: texts({ text: string, where: string }, ["text", "where"]),
      description: "文件里没有放进报告的文字",
    },
    offers: {
      type: "array",
      items: texts({ pointer: string, value: string, source: string, sourceEn: string }, [
        "pointer",
        "value",
        "source",
        "sourceEn",
      ]),
      description: "报告里缺的、文件别处有的，须由报送人确认后采用，如网页的发布时间；没有的，没有这一项",
    },
  },
  ["format", "cells", "findings", "leftOut"],
);

/** What is answered to a file. */
export const importSchemas: Json = {
  AccountCell: cell,
  Account: account,
  Imported: texts(
    {
      report: {
        type: "object",
        description: "由文件得出的报告；文件没有说的可能缺少，因此不一定符合报告的模式",
      },
      account: ref("Account"),
      findings: { type: "array", items: ref("Finding"), description: "校验报告的结果" },
      unexplained: { type: "array", items: string, description: "还没有说明的警告" },
      computed: { type: "object", additionalProperties: { type: "integer" } },
      comparedWithLastYear: { const: false },
      note: string,
      noteEn: string,
    },
    ["report", "account", "findings", "unexplained", "computed", "comparedWithLastYear", "note", "noteEn"],
  ),
};

/** Why a file is not read, where that is another reason than a report's. */
export const importProblems: Json = Object.fromEntries(
  [
    [400, "文件读不出来：格式不识、加密、损坏，或参数不对 · not readable, or a bad parameter"],
    [413, "文件超过4 MiB · file over 4 MiB"],
    [422, "文件过于复杂，读它要的时间、内存或读出的内容超过限度 · reading it takes too much"],
    [429, "您的文件还没有读完，Retry-After 秒后重试 · files of yours are still being read"],
    [503, "暂时无法核对令牌，或许多文件在等着读，Retry-After 秒后重试 · try again after Retry-After seconds"],
  ].map(([status, description]) => [
    String(status),
    {
      description,
      ...(status === 429 || status === 503 ? { headers: { "Retry-After": { schema: { type: "integer" } } } } : {}),
      content: { "application/problem+json": { schema: ref("Problem") } },
    },
  ]),
);
