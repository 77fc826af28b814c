import type { Report } from "../../generated/report.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { composedReport } from "../formats/content.ts";
import { writeAs } from "../formats/write.ts";
import type { Seal } from "../typeset/signature.ts";

/** What a preview shows: a report that passed its checks, or one in the making. */
export interface Preview {
  readonly report: Report;
  readonly draft: boolean;
  readonly seal?: Seal;
}

/** compose → typeset → render: a PDF marked 预览. */
export async function preview({ report, draft, seal }: Preview, fonts: Fonts): Promise<Uint8Array> {
  const content = draft
    ? (await import("../formats/draft.ts")).composedDraft(report, fonts, seal)
    : composedReport({ of: "report", report, ...(seal ? { seal } : {}) });
  return writeAs({ name: "pdf" }, content, { fonts: () => fonts, watermark: "预览" });
}
