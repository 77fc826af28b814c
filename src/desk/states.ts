/** 未开始, 草稿, 送审, 退回, 已同意, 已备案, 已签发, 已公布, 已更正, 已撤回. */
export const DESK_STATES = [
  "none",
  "draft",
  "submitted",
  "returned",
  "agreed",
  "cleared",
  "signed",
  "published",
  "corrected",
  "withdrawn",
] as const;
export type DeskState = (typeof DESK_STATES)[number];
