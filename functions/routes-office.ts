/** The routes of drafts, their steps to publication, policies, and the desk of the office above. */

import { FORMATS } from "../src/formats/registry.ts";
import { PROOF_FORMATS } from "../src/office/proof-formats.ts";
import { JSON_BODY } from "./body-rule.ts";
import { ref } from "./openapi-schemas.ts";
import type { Json, Route } from "./route.ts";
import { idempotencyKey, json, location, READING_OWN, readingOwn, SECURED, writing } from "./route-parts.ts";

const etag: Json = { ETag: { schema: { type: "string" }, description: "草稿的版本，供下一次保存作 If-Match" } };
const condition = (name: string, description: string): Json => ({
  name,
  in: "header",
  schema: { type: "string" },
  description,
});
const ifMatch = condition("If-Match", "据以修改的草稿的 ETag");
const ifNoneMatch = condition("If-None-Match", "还没有草稿时写 *");

const MEDIA = Object.fromEntries(FORMATS.map(({ name, mediaTypes: [type] }) => [name, type]));
const PLACE = "/drafts/{uscc}/{year}";

export const OFFICE_ROUTES = [
  {
    ...readingOwn,
    operation: "getMe",
    path: "/me",
    summary: "查自己的账号：可为哪些机关、行政区划办理哪些事项",
    action: "read",
    answers: { "200": { description: "账号", content: json(ref("Me")) } },
    problems: READING_OWN.filter((status) => status !== 403),
  },
  {
    ...readingOwn,
    operation: "getDraft",
    path: PLACE,
    summary: "查一份报告的草稿、状态、经过，以及自己现在可以做什么",
    action: "read",
    answers: { "200": { description: "草稿和状态", headers: etag, content: json(ref("Office")) } },
  },
  {
    ...writing,
    operation: "putDraft",
    method: "PUT",
    path: PLACE,
    summary: "保存草稿；据以修改的一份已经不是最新时不保存，答以最新的一份",
    action: "draft",
    headers: [ifMatch, ifNoneMatch],
    body: { ...JSON_BODY, content: json(ref("DraftRequest")) },
    answers: {
      "200": { description: "已保存", headers: etag, content: json(ref("SavedDraft")) },
      "201": { description: "已保存，原来没有", headers: { ...etag, ...location }, content: json(ref("SavedDraft")) },
    },
    problems: [412, 422, 428, ...SECURED],
  },
  {
    ...writing,
    operation: "deleteDraft",
    method: "DELETE",
    path: PLACE,
    summary: "丢弃草稿；送审过的内容和经过保留",
    action: "draft",
    headers: [ifMatch],
    answers: { "204": { description: "已丢弃" } },
    problems: [404, 412, 428, ...SECURED],
  },
  {
    ...readingOwn,
    operation: "getContent",
    path: `${PLACE}/contents/{sha256}`,
    summary: "查一份送审的内容和校验结果",
    action: "read",
    answers: { "200": { description: "送审的内容", content: json(ref("HandedOver")) } },
    problems: [404, ...READING_OWN],
  },
  {
    ...readingOwn,
    operation: "getProof",
    path: `${PLACE}/proof`,
    summary: "取送审稿（PDF或DOCX），没有水印，供在纸上传阅；不写 content 就是保存的草稿",
    action: "read",
    rate: "preview",
    query: [
      {
        name: "format",
        schema: { enum: [...PROOF_FORMATS] },
        description: "格式，不写就是PDF",
        expected: { zh: "pdf 或 docx", en: "pdf or docx" },
      },
      {
        name: "content",
        schema: { pattern: "^[0-9a-f]{64}$" },
        description: "送审的内容",
        expected: { zh: "送审内容的SHA-256", en: "the SHA-256 of a content that was handed over" },
      },
    ],
    answers: {
      "200": {
        description: "送审稿",
        content: Object.fromEntries(PROOF_FORMATS.map((format) => [MEDIA[format], {}])),
      },
    },
    problems: [404, 422, ...READING_OWN],
  },
  {
    ...writing,
    operation: "addEvent",
    method: "POST",
    path: `${PLACE}/events`,
    summary: "送审、撤回送审、退回、同意、备案同意、批注；签发即公布，由公布报告记下",
    action: "draft",
    headers: [condition("If-Match", "送审时可写：所送的草稿的 ETag")],
    body: { ...JSON_BODY, content: json(ref("EventRequest")) },
    answers: {
      "200": { description: "已经记下过", content: json(ref("AddedEvent")) },
      "201": { description: "已记下", content: json(ref("AddedEvent")) },
    },
    problems: [409, 412, 422, ...SECURED],
  },
  {
    ...readingOwn,
    operation: "getPolicy",
    path: "/policies/{place}",
    summary: "查一个机关或行政区划的审核规定：本身的，和现在适用的",
    action: "read",
    answers: { "200": { description: "审核规定", content: json(ref("Policy")) } },
  },
  {
    ...writing,
    operation: "putPolicy",
    method: "PUT",
    path: "/policies/{place}",
    summary: "设定审核规定：none 不审核，organ 本机关审核，superior 审核后由上级先看；version 为据以修改的一版",
    action: "oversee",
    body: { ...JSON_BODY, content: json(ref("PolicyRequest")) },
    answers: {
      "200": { description: "与最新一版相同", content: json(ref("Policy")) },
      "201": { description: "已设定", headers: location, content: json(ref("Policy")) },
    },
    problems: [409, 422, ...SECURED],
  },
  {
    ...readingOwn,
    operation: "getDesk",
    path: "/desk/{division}/{year}",
    summary: "主管部门的工作台：名录里每个机关的报告到了哪一步",
    action: "oversee",
    answers: { "200": { description: "各机关的状态", content: json(ref("Desk")) } },
    problems: [404, ...READING_OWN],
  },
  {
    ...readingOwn,
    operation: "getReminders",
    path: "/reminders/{division}/{year}",
    summary: "查发过的催报",
    action: "oversee",
    answers: { "200": { description: "催报，先发的在前", content: json(ref("Reminders")) } },
  },
  {
    ...writing,
    operation: "remind",
    method: "POST",
    path: "/reminders/{division}/{year}",
    summary: "催报：记下对哪些机关说了什么",
    action: "oversee",
    headers: [idempotencyKey("重试用的键：同一个键只催一次")],
    body: { ...JSON_BODY, content: json(ref("ReminderRequest")) },
    answers: {
      "200": { description: "这个键已经催过", content: json(ref("Reminder")) },
      "201": { description: "已记下", content: json(ref("Reminder")) },
    },
    problems: [422, ...SECURED],
  },
] as const satisfies readonly Route[];
