import type { Authenticate } from "./authenticate/authenticate.ts";
import { type Action, authorize, type Caller } from "./authenticate/caller.ts";
import { check } from "./check/check.ts";
import type { Checked } from "./check/conclude.ts";
import { renderFiles } from "./document.ts";
import { getCell } from "./form/cells.ts";
import { parseJson } from "./parse/parse.ts";
import { KeyReusedError } from "./publish/key-reused-error.ts";
import { mendPublic, type Published, publish, records } from "./publish/publish.ts";
import { canonicalJson, type Filer, type PublicationRecord, sealKey, sha256, shanghaiTime } from "./publish/record.ts";
import type { Fonts } from "./render/pdf/fonts.ts";
import { sealFrom } from "./seal.ts";
import type { Store } from "./store/store.ts";
import type { Seal } from "./typeset/signature.ts";

/** What a submission needs of the world. */
export interface Context {
  readonly store: Store;
  readonly fonts: Fonts;
  readonly now: () => Date;
  /** The program and its version, for the record. */
  readonly program: string;
}

/** What a request needs of the world before it is a submission. */
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

/** What came with a submission besides its content. */
export interface Filing {
  readonly filedBy: Filer;
  /** `Idempotency-Key`. */
  readonly idempotencyKey?: string;
}

/** The seal that an organ has left with the service, if any. */
export async function sealOption(store: Store, uscc: string): Promise<{ readonly seal?: Seal }> {
  const object = await store.get(sealKey(uscc));
  return object ? { seal: sealFrom(object.body) } : {};
}

/**
 * Keeps an organ's seal for the reports that it will publish; those already published stay as they are.
 * @throws SealError when the image will not do
 */
export async function keepSeal(store: Store, uscc: string, png: Uint8Array): Promise<Seal> {
  const seal = sealFrom(png);
  await store.put(sealKey(uscc), png, { contentType: "image/png" });
  return seal;
}

/**
 * The version that this submission became when it came before, its public files in place.
 * @throws KeyReusedError when the filer's key stands for another submission
 */
export async function findPublished(
  store: Store,
  versions: readonly PublicationRecord[],
  submission: string,
  { idempotencyKey }: Filing,
): Promise<Published | undefined> {
  await mendPublic(store, versions);
  const keyed = idempotencyKey === undefined ? undefined : versions.find((r) => r.idempotencyKey === idempotencyKey);
  if (keyed && keyed.submission !== submission) throw new KeyReusedError(keyed);
  const record = keyed ?? versions.find((r) => r.submission === submission);
  return record && { outcome: "unchanged", record };
}

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

/**
 * The one way through: who calls → what they say → whether they may → `submit`.
 * @throws AuthenticationError, IssuerUnavailableError, ParseError, ForbiddenError, KeyReusedError
 */
export async function fileReport(
  request: FilingRequest,
  context: FilingContext,
): Promise<Checked & { readonly published?: Published }> {
  const { caller, value } = await receive(request, context);
  authorizeFor(caller, "file", value);
  return submit(value, filingOf(caller, request), context);
}

/** What is known of a filing once it is known who calls. */
export const filingOf = ({ filer }: Caller, { idempotencyKey }: FilingRequest): Filing => ({
  filedBy: filer,
  ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
});

/** The right for the organ that a report names. One without a sound code names none: the checks say so, and store nothing. */
function authorizeFor(caller: Caller, action: Action, report: unknown): void {
  const uscc = getCell(report, "/organ/uscc");
  if (typeof uscc === "string" && /^[0-9A-Z]{18}$/.test(uscc)) authorize(caller, action, uscc);
}

/** A report as it is sent: checked → compared → composed → rendered → published. */
export async function submit(
  value: unknown,
  filing: Filing,
  context: Context,
): Promise<Checked & { readonly published?: Published }> {
  const { store, fonts } = context;
  const checked = await check(value, context);
  const { sound, report, explanations } = checked;
  if (!sound) return checked;
  const { uscc, name } = sound.organ;
  const said = Object.keys(explanations).length > 0;
  const submission = sha256(canonicalJson(said ? { report: sound, explanations } : sound));
  const versions = await records(store, uscc, sound.year);
  const before = await findPublished(store, versions, submission, filing);
  if (before) return { ...checked, published: before };
  if (!report) return checked;
  const latest = versions.at(-1);
  if (latest) return { ...checked, published: { outcome: "conflict", record: latest } };
  if (checked.unexplained.length > 0) return checked;
  const published = await publish(
    store,
    {
      kind: "original",
      uscc,
      year: report.year,
      edition: report.edition,
      organ: name,
      submission,
      files: await renderFiles(report, fonts, await sealOption(store, uscc)),
      findings: checked.findings,
      explanations,
      publishedAt: shanghaiTime(context.now()),
      program: context.program,
      ...filing,
    },
    [],
  );
  return { ...checked, published };
}
