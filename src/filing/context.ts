import type { Authenticate } from "../authenticate/authenticate.ts";
import type { Caller } from "../authenticate/caller.ts";
import type { Filer } from "../basics/filer.ts";
import { parseJson } from "../check/parse.ts";
import type { Fonts } from "../fonts/fonts.ts";
import type { Review } from "../office/policy.ts";
import type { Store } from "../store/store.ts";

/** What a filing needs of the world. */
export interface Context {
  readonly store: Store;
  readonly fonts: Fonts;
  readonly now: () => Date;
  /** The program and its version, for the record. */
  readonly program: string;
  /** The review that holds where no policy is set; none without. */
  readonly review?: Review;
}

/** What a request needs of the world before it is a filing. */
export interface FilingContext extends Context {
  readonly authenticate: Authenticate;
}

/** A request, before anything is known of it. */
export interface FilingRequest {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** Reads the body; asked for once it is known who calls. */
  readonly body: () => Promise<Uint8Array>;
  readonly idempotencyKey?: string;
}

/** What came with a filing besides its content. */
export interface Sender {
  readonly filedBy: Filer;
  /** `Idempotency-Key`. */
  readonly idempotencyKey?: string;
}

/** What is known of a filing once it is known who calls. */
export const senderOf = ({ filer }: Caller, { idempotencyKey }: FilingRequest): Sender => ({
  filedBy: filer,
  ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
});

/**
 * Who calls, and what they say.
 * @throws AuthenticationError, IssuerUnavailableError, ParseError
 */
export async function receive(
  { authorization, body }: FilingRequest,
  { authenticate }: Pick<FilingContext, "authenticate">,
): Promise<{ readonly caller: Caller; readonly value: unknown }> {
  const caller = await authenticate(authorization);
  return { caller, value: parseJson(await body()) };
}
