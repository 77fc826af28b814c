import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/**
 * The address of a file while it is shown.
 * @param fetchFile fetches it, once for each of `inputs`; without a file there is no address
 */
export function useBlobUrl(
  fetchFile: () => Promise<Blob | undefined>,
  inputs: readonly unknown[],
): ReadonlySignal<string | undefined> {
  const url = useSignal<string | undefined>(undefined);
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void fetchFile().then((file) => {
      if (!file || gone) return;
      made = URL.createObjectURL(file);
      url.value = made;
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, inputs);
  return url;
}
