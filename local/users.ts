/** Who may be chosen at the local issuer. */
export interface User {
  readonly name: string;
  readonly says: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

const EXAMPLES = ["11371500MB28560185", "11330100002489015P"];

/** The demonstration users. */
export const USERS: Readonly<Record<string, User>> = {
  clerk: {
    name: "填报人",
    says: "为两个示例机关公布、更正、撤回报告，留存印章",
    claims: { nianbao_organs: EXAMPLES },
  },
  // The three of an office in which nobody publishes alone, for policies that ask for review.
  drafter: {
    name: "起草人",
    says: "为两个示例机关起草报告、送审，不能公布",
    claims: { nianbao_organs: EXAMPLES, nianbao_actions: ["draft"] },
  },
  reviewer: {
    name: "审核人",
    says: "为两个示例机关审核报告：同意，或者退回",
    claims: { nianbao_organs: EXAMPLES, nianbao_actions: ["review"] },
  },
  leader: {
    name: "签发人",
    says: "为两个示例机关签发报告：审核同意的，签发即公布",
    claims: { nianbao_organs: EXAMPLES, nianbao_actions: ["publish"] },
  },
  // The office that checks: what it finds wrong it may take back, but what a report says stays the organ's own.
  superior: {
    name: "主管部门",
    says: "查看、预览；管理山东、浙江的名录和汇总，规定怎样审核，先看报告；可以撤回两省各机关的报告，不代为填报",
    claims: { nianbao_divisions: ["37", "33"], nianbao_actions: ["withdraw", "oversee"] },
  },
};
