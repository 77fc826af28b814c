import { ACTIONS } from "../src/authenticate/caller.ts";
import { DESK_STATES } from "../src/desk/states.ts";
import { KINDS, ROLES } from "../src/office/event.ts";
import { REVIEWS } from "../src/office/policy.ts";
import { STATES } from "../src/office/state.ts";
import { KINDS as ORGAN_KINDS } from "../src/roster/schema.ts";
import type { Json } from "./route.ts";

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const string = { type: "string" };
const integer = { type: "integer" };
const time = { type: "string", format: "date-time" };
const date = { type: "string", format: "date" };
const hash = { type: "string", pattern: "^[0-9a-f]{64}$", description: "SHA-256, RFC 8785" };
const strings = { type: "array", items: string };
const filer = { type: "object", required: ["issuer", "subject"], properties: { issuer: string, subject: string } };
const base = { type: ["integer", "null"], description: "所更正的版本；第一版为 null" };
const remark = {
  type: "object",
  required: ["pointer", "text"],
  properties: { pointer: { type: "string", description: "RFC 6901，指向报告里的格或正文" }, text: string },
};
const said = { comment: string, comments: { type: "array", items: remark } };
const review = { enum: [...REVIEWS] };
const state = { enum: [...STATES] };

const submission = {
  type: "object",
  required: ["report"],
  properties: {
    report: { type: "object", description: "填报中的报告，与提交公布时一样，说明（explanations）在其中" },
    reason: { type: "string", description: "更正理由" },
  },
  additionalProperties: true,
};

const event = {
  type: "object",
  required: ["number", "kind", "at", "role", "base"],
  properties: {
    number: integer,
    kind: { enum: [...KINDS] },
    at: time,
    by: { ...filer, description: "只给本机关的" },
    role: { enum: [...ROLES] },
    base,
    content: hash,
    found: { type: "object", properties: { warnings: integer, information: integer } },
    ...said,
  },
};

const effective = {
  type: "object",
  required: ["review"],
  properties: {
    review,
    place: { type: "string", description: "由哪里设定；没有就是运行者的" },
    version: integer,
  },
};

/** What drafts, their steps and policies look like. */
export const officeSchemas: Json = {
  Me: {
    type: "object",
    required: ["issuer", "subject", "organs", "divisions", "actions"],
    properties: {
      issuer: string,
      subject: string,
      organs: strings,
      divisions: strings,
      actions: { type: "array", items: { enum: [...ACTIONS] } },
    },
  },
  Draft: {
    type: "object",
    required: ["submission", "base", "savedAt", "savedBy", "etag"],
    properties: { submission, base, savedAt: time, savedBy: filer, etag: string },
  },
  DraftRequest: {
    type: "object",
    additionalProperties: false,
    required: ["submission", "base"],
    properties: { submission, base },
  },
  SavedDraft: { type: "object", required: ["draft"], properties: { draft: ref("Draft") } },
  OfficeEvent: event,
  Office: {
    type: "object",
    required: ["uscc", "year", "draft", "state", "policy", "base", "events", "may", "roles"],
    properties: {
      uscc: string,
      year: integer,
      draft: { anyOf: [ref("Draft"), { type: "null" }], description: "只给本机关的" },
      state,
      policy: effective,
      base,
      content: { ...hash, description: "送审中的内容" },
      events: { type: "array", items: ref("OfficeEvent") },
      may: { type: "array", items: { enum: [...KINDS] }, description: "现在可以做的" },
      roles: { type: "array", items: { enum: [...ROLES] } },
    },
  },
  HandedOver: {
    type: "object",
    required: ["sha256", "report", "explanations", "findings", "unexplained", "request"],
    properties: {
      sha256: hash,
      report: { type: "object" },
      explanations: { type: "object", additionalProperties: string },
      supersedes: integer,
      reason: string,
      sources: { type: "object" },
      findings: { type: "array", items: ref("Finding") },
      unexplained: strings,
      request: {
        type: "object",
        description: "签发：向 path 提交 body，公布的就是这份内容",
        required: ["path", "body"],
        properties: { path: string, body: { type: "object" } },
      },
    },
  },
  EventRequest: {
    type: "object",
    additionalProperties: false,
    required: ["kind", "after"],
    properties: {
      kind: { enum: KINDS.filter((kind) => kind !== "sign") },
      after: { type: "integer", minimum: 0, description: "所见的最后一个编号；没有就是0" },
      content: { ...hash, description: "同意、备案同意时：所看的内容" },
      ...said,
    },
  },
  AddedEvent: {
    type: "object",
    required: ["event", "state", "may"],
    properties: { event: ref("OfficeEvent"), state, may: { type: "array", items: { enum: [...KINDS] } } },
  },
  Desk: {
    type: "object",
    required: ["division", "year", "today", "rosters", "rows"],
    properties: {
      division: string,
      year: integer,
      today: date,
      rosters: { type: "array", items: { type: "object", properties: { division: string, version: integer } } },
      rows: { type: "array", items: ref("DeskRow") },
    },
  },
  DeskRow: {
    type: "object",
    required: ["uscc", "name", "division", "state", "due", "late", "review"],
    properties: {
      uscc: string,
      name: string,
      division: string,
      kind: { enum: [...ORGAN_KINDS], description: "不在名录里的没有" },
      superior: string,
      state: { enum: [...DESK_STATES] },
      next: { ...state, description: "已公布的，下一版（更正）到了哪一步" },
      due: { ...date, description: "公布期限" },
      daysLeft: { type: "integer", description: "没有公布的，离期限的天数；过了的小于0" },
      late: { type: "boolean", description: "逾期公布，或逾期没有公布" },
      version: integer,
      publishedAt: time,
      at: { ...time, description: "最近一步的时间" },
      found: {
        type: "object",
        description: "校验的警告数、提示数、说明数：公布时的，没有公布的是送审时的",
        properties: { warnings: integer, information: integer, explained: integer },
      },
      review,
      reminded: { ...time, description: "最近一次催报" },
    },
  },
  Reminder: {
    type: "object",
    required: ["version", "organs", "text", "at"],
    properties: {
      version: integer,
      organs: strings,
      text: string,
      at: time,
      deliveries: {
        type: "array",
        description: "发往运行者所设的各个 webhook 的情况",
        items: {
          type: "object",
          required: ["webhook", "outcome", "tries", "at"],
          properties: {
            webhook: string,
            outcome: { enum: ["delivered", "failed", "givenUp"] },
            tries: integer,
            at: time,
            reason: string,
          },
        },
      },
    },
  },
  Checks: {
    type: "object",
    required: ["organs"],
    properties: {
      organs: {
        type: "array",
        items: {
          type: "object",
          required: ["uscc", "name", "version", "findings", "explained"],
          properties: {
            uscc: string,
            name: string,
            version: integer,
            findings: { type: "array", items: ref("Finding") },
            explained: { ...strings, description: "已说明的规则" },
          },
        },
      },
      next: { type: "string", description: "还有的，从这个代码之后取（after）" },
    },
  },
  Reminders: {
    type: "object",
    required: ["reminders"],
    properties: { reminders: { type: "array", items: ref("Reminder") } },
  },
  ReminderRequest: {
    type: "object",
    additionalProperties: false,
    required: ["organs", "text"],
    properties: { organs: { ...strings, minItems: 1 }, text: string },
  },
  PolicyRequest: {
    type: "object",
    additionalProperties: false,
    required: ["review"],
    properties: { review, version: { type: "integer", minimum: 0 } },
  },
  Policy: {
    type: "object",
    required: ["place", "own", "effective"],
    properties: {
      place: string,
      own: {
        anyOf: [
          { type: "object", required: ["review", "version", "at"], properties: { review, version: integer, at: time } },
          { type: "null" },
        ],
      },
      effective,
    },
  },
};
