/** What stands between a filing and its record where a policy asks for review: what was approved is what is published. */
import type { Filer } from "../basics/filer.ts";
import type { Place } from "../basics/place.ts";
import type { Approval, PublicationRecord } from "../publish/record.ts";
import type { Store } from "../store/store.ts";
import { append } from "./append.ts";
import { type OfficeEvent, events as readEvents } from "./event.ts";
import { NotApprovedError } from "./not-approved-error.ts";
import { baseOf } from "./open.ts";
import { type Effective, policyOf, type Review } from "./policy.ts";
import { hashOf } from "./series.ts";
import { fold, missingFor, type Standing } from "./state.ts";

/** Times that a signature is tried while others add events before it. */
const ATTEMPTS = 5;

interface World {
  readonly store: Store;
  /** The operator's policy. */
  readonly review?: Review;
}

/** How a place stands when something of it is to be published. */
interface Approved {
  readonly policy: Effective;
  readonly events: readonly OfficeEvent[];
  readonly standing: Standing;
}

/** The approval that a signature completes. */
function approvalBy(sign: OfficeEvent, { policy, standing: { submit, agree, clear } }: Approved): Approval {
  const steps = [submit, agree, clear, sign].filter((event) => event !== undefined);
  return {
    policy,
    events: sign.number,
    hash: hashOf(sign),
    steps: steps.map(({ kind, role, by, at }) => ({ kind, role, by, at })),
  };
}

/** The gate before one publication: of a place, after the records found, with one content. */
export class Gate {
  readonly #world: World;
  readonly #place: Place;
  readonly #base: number | null;
  readonly #content: string;
  #open = false;

  /** @param content SHA-256 (hex) of what is to be published, as its record has it */
  constructor(world: World, place: Place, found: readonly PublicationRecord[], content: string) {
    this.#world = world;
    this.#place = place;
    this.#base = baseOf(found);
    this.#content = content;
  }

  /**
   * How things stand, where nothing is missing; undefined where no policy asks for anything.
   * @throws NotApprovedError
   */
  async expectApproval(): Promise<Approved | undefined> {
    const { store, review: otherwise = "none" } = this.#world;
    const policy = await policyOf(store, this.#place.uscc, otherwise);
    this.#open = policy.review === "none";
    if (this.#open) return undefined;
    const events = await readEvents(store, this.#place);
    const standing = fold(events, this.#base, undefined);
    const missing = missingFor(policy.review, standing, this.#content);
    if (missing) throw new NotApprovedError(policy.review, standing.state, missing);
    return { policy, events, standing };
  }

  /**
   * Signs what is approved: the next event, so that nothing can be returned before it unseen. A signature of an attempt
   * that ended before its record is taken up again.
   * @throws NotApprovedError, and what the store threw
   */
  async sign(by: Filer, at: string): Promise<Approval | undefined> {
    for (let attempt = 1; !this.#open; attempt += 1) {
      const approved = await this.expectApproval();
      if (!approved) break;
      const { standing, events } = approved;
      if (standing.sign) return approvalBy(standing.sign, approved);
      const event = { kind: "sign", at, by, role: "publish", base: this.#base, content: this.#content } as const;
      const { created, standing: written } = await append(this.#world.store, this.#place, events, event);
      if (created) return approvalBy(written, approved);
      if (attempt === ATTEMPTS) throw new Error(`others keep adding events to ${this.#place.uscc} ${this.#place.year}`);
    }
    return undefined;
  }
}
