import { check } from "./check/check.ts";
import type { Checked } from "./check/conclude.ts";
import { renderFiles } from "./document.ts";
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

/** What came with a submission besides its content. */
export interface Filing {
  readonly filedBy: Filer;
  /** `Idempotency-Key`. */
  readonly idempotencyKey?: string;
}

/** A filer's key that was used for something else. */
export class KeyReusedError extends Error {
  readonly record: PublicationRecord;

  constructor(record: PublicationRecord) {
    super("Idempotency-Key was used for another submission");
    this.name = "KeyReusedError";
    this.record = record;
  }
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

/** The one way through: checked → compared → composed → rendered → published. */
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
