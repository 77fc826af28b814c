import { sealKey } from "../publish/record.ts";
import type { Store } from "../store/store.ts";
import { sealFrom } from "../typeset/seal.ts";
import type { Seal } from "../typeset/signature.ts";

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
