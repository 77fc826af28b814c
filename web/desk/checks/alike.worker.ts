/** Reads what is published and compares each with each, apart from the page. */
import type { Report } from "../../../generated/report.ts";
import { alikePairs, type Narrative, narrativeOf } from "../../../src/check/alike.ts";

export interface AlikeQuestion {
  readonly publicUrl: string;
  readonly year: number;
  readonly organs: readonly { readonly uscc: string; readonly version: number }[];
}

export type AlikeAnswer =
  | { readonly kind: "read"; readonly done: number; readonly all: number }
  | {
      readonly kind: "pairs";
      readonly pairs: readonly { readonly a: string; readonly b: string; readonly share: number }[];
      /** Reports that could not be read. */
      readonly unread: number;
    };

/** So many reports are asked for at a time. */
const AT_ONCE = 16;
const tell = (answer: AlikeAnswer): void => postMessage(answer);

async function narrativesOf({ publicUrl, year, organs }: AlikeQuestion): Promise<readonly Narrative[]> {
  const found: Narrative[] = [];
  let done = 0;
  const rest = organs.values();
  const reader = async (): Promise<void> => {
    for (const { uscc, version } of rest) {
      const response = await fetch(`${publicUrl}/${uscc}/${year}/v${version}/report.json`).catch(() => undefined);
      const report = response?.ok ? ((await response.json()) as Partial<Report>) : undefined;
      // In the place of what was withdrawn or redacted is a notice.
      if (report?.organ) found.push(narrativeOf(report as Report));
      done += 1;
      if (done % 20 === 0 || done === organs.length) tell({ kind: "read", done, all: organs.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  // In one order, whoever answered first.
  return found.sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

addEventListener("message", async ({ data }: MessageEvent<AlikeQuestion>) => {
  const narratives = await narrativesOf(data);
  const pairs = alikePairs(narratives).map(({ a, b, share }) => ({
    a: narratives[a]!.uscc,
    b: narratives[b]!.uscc,
    share,
  }));
  tell({ kind: "pairs", pairs, unread: data.organs.length - narratives.length });
});
