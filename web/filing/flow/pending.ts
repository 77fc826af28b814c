import { useEffect, useState } from "preact/hooks";

/** ms that something may take before it needs to be shown. */
export const NOTICEABLE = 250;

/** Whether something has been going on for so long that it is shown. */
export function useNoticeable(busy: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!busy) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), NOTICEABLE);
    return () => clearTimeout(timer);
  }, [busy]);
  return busy && shown;
}

/** Settles after so many ms, or at the signal. */
export const rest = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
