import { ExplainedError } from "../basics/explained-error.ts";
import type { Message } from "../basics/finding.ts";
import type { Review } from "./policy.ts";
import type { Missing, State } from "./state.ts";

const STEPS: Readonly<Record<Missing, Message>> = {
  submit: {
    zh: "这份内容还没有送审（送审后又改过的，要重新送审）",
    en: "this content was not handed over for review; what was changed since is to be handed over again",
  },
  agree: { zh: "本机关的审核人还没有同意", en: "a reviewer of the organ has not agreed yet" },
  clear: { zh: "上级还没有同意备案", en: "the office above has not cleared it yet" },
};

/** A policy asks for a step that was not taken with exactly the content that is to be published. */
export class NotApprovedError extends ExplainedError {
  readonly review: Review;
  readonly state: State;
  readonly missing: Missing;

  constructor(review: Review, state: State, missing: Missing) {
    const { zh, en } = STEPS[missing];
    super(
      `按审核规定现在不能公布：${zh}；没有公布任何内容`,
      `The policy does not allow it yet: ${en}; nothing was published`,
    );
    this.review = review;
    this.state = state;
    this.missing = missing;
  }
}
