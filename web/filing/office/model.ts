import { type Signal, signal } from "@preact/signals";
import type { Place } from "../../../src/basics/place.ts";
import type { Kind } from "../../../src/office/event.ts";
import type { Flow } from "../flow/flow.ts";
import {
  addStep,
  type ContentAnswer,
  type OfficeAnswer,
  officeIn,
  readContent,
  readOffice,
  signOff,
} from "../flow/office-api.ts";
import { troubleText } from "../flow/trouble.ts";
import { kindText, say } from "./texts.ts";

/** A remark that is being written. */
export interface WrittenRemark {
  readonly pointer: string;
  readonly text: string;
}

/** What is said after something was done, or why it was not. */
export interface Outcome {
  readonly kind: "success" | "trouble";
  readonly text: string;
}

/** The review of one report: how it stands, what was handed over, what is being said of it. */
export class ReviewModel {
  readonly #flow: Flow;
  readonly place: Place;
  readonly office = signal<OfficeAnswer | undefined>(undefined);
  readonly content = signal<ContentAnswer | undefined>(undefined);
  readonly remarks: Signal<readonly WrittenRemark[]> = signal<readonly WrittenRemark[]>([]);
  readonly comment = signal("");
  readonly busy = signal(false);
  readonly outcome = signal<Outcome | undefined>(undefined);
  /** Of a signature: one publication, however often it is sent. */
  readonly #key = crypto.randomUUID();

  constructor(flow: Flow, place: Place) {
    this.#flow = flow;
    this.place = place;
  }

  /** Fetches how it stands, and what was handed over where that may be read. */
  async look(): Promise<void> {
    const { api, say: speak, language } = this.#flow;
    this.busy.value = true;
    const answer = await readOffice(api, this.place);
    if (answer.kind === "ok") await this.#take(answer.value);
    else this.outcome.value = { kind: "trouble", text: troubleText(answer, speak, language.peek() === "en") };
    this.busy.value = false;
  }

  remarkOn(pointer: string): void {
    if (!this.remarks.peek().some((remark) => remark.pointer === pointer))
      this.remarks.value = [...this.remarks.peek(), { pointer, text: "" }];
  }

  write(pointer: string, text: string | undefined): void {
    this.remarks.value = this.remarks
      .peek()
      .flatMap((remark) => (remark.pointer !== pointer ? remark : text === undefined ? [] : { pointer, text }));
  }

  /** Takes a step with what was written. */
  async take(kind: Exclude<Kind, "sign" | "submit">): Promise<void> {
    const office = this.office.peek();
    if (!office || this.busy.peek()) return;
    const comment = this.comment.peek().trim();
    const comments = this.remarks.peek().map(({ pointer, text }) => ({ pointer, text: text.trim() }));
    const { content } = office;
    this.busy.value = true;
    this.outcome.value = undefined;
    const answer = await addStep(this.#flow.api, this.place, {
      kind,
      after: office.events.at(-1)?.number ?? 0,
      ...(comment === "" ? {} : { comment }),
      ...(comments.length > 0 ? { comments } : {}),
      ...((kind === "agree" || kind === "clear") && content !== undefined ? { content } : {}),
    });
    this.busy.value = false;
    if (answer.kind === "ok") {
      this.comment.value = "";
      this.remarks.value = [];
      await this.look();
      this.outcome.value = { kind: "success", text: say("done", { kind: kindText(kind) }) };
      return;
    }
    const now = answer.kind === "problem" && answer.problem.status === 409 ? officeIn(answer.problem) : undefined;
    // What was written stays; how things stand is shown anew.
    if (now) await this.#take(now);
    const { say: speak, language } = this.#flow;
    const text = now ? say("somebodyElse") : troubleText(answer, speak, language.peek() === "en");
    this.outcome.value = { kind: "trouble", text };
  }

  /** Publishes what was approved. */
  async sign(): Promise<void> {
    const content = this.content.peek();
    if (!content || this.busy.peek()) return;
    this.busy.value = true;
    this.outcome.value = undefined;
    const answer = await signOff(this.#flow.api, content, this.#key);
    this.busy.value = false;
    if (answer.kind === "ok") {
      this.#flow.showReceipt(answer.value);
      return;
    }
    await this.look();
    const { say: speak, language } = this.#flow;
    this.outcome.value = { kind: "trouble", text: troubleText(answer, speak, language.peek() === "en") };
  }

  async #take(office: OfficeAnswer): Promise<void> {
    const { content } = office;
    if (content !== this.content.peek()?.sha256) {
      const answer = content === undefined ? undefined : await readContent(this.#flow.api, this.place, content);
      this.content.value = answer?.kind === "ok" ? answer.value : undefined;
    }
    this.office.value = office;
  }
}
