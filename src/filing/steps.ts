import type { Report } from "../../generated/report.ts";
import { type Checked, type Circumstances, conclude } from "../check/conclude.ts";
import { type Difference, differences } from "../check/differences.ts";
import { validate } from "../check/validate.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { type Content, composedReport } from "../formats/content.ts";
import { type Files, versionFiles } from "../formats/files.ts";
import { writeAs } from "../formats/write.ts";
import type { Seal } from "../typeset/signature.ts";

/** What a preview shows: a report that passed its checks, or one in the making. */
export interface Preview {
  readonly report: Report;
  readonly draft: boolean;
  readonly seal?: Seal;
}

/**
 * The steps of a filing that take the processor's time and need no store. What goes in and what comes out can be cloned
 * (HTML, structured clone), so that threads may do them.
 */
export interface Steps {
  /** validate → compare: what all rules say of what was sent. */
  check(value: unknown, circumstances: Circumstances): Promise<Checked>;
  /** Where a report differs from the one that it is to take the place of. */
  differences(before: Report, after: Report): Promise<readonly Difference[]>;
  /** compose → typeset → render: every file of a version. */
  render(content: Content): Promise<Files>;
  /** compose → typeset → render: a PDF marked 预览. */
  preview(preview: Preview): Promise<Uint8Array>;
}

/** The steps done where they are asked for. */
export const inProcess = (fonts: Fonts): Steps => ({
  check: async (value, circumstances) => conclude(value, validate(value), circumstances.previous, fonts, circumstances),
  differences: async (before, after) => differences(before, after),
  render: (content) => versionFiles(content, fonts),
  preview: async ({ report, draft, seal }) => {
    const sealed = seal ? { seal } : {};
    if (draft) return (await import("../formats/pdf/draft.ts")).typesetDraft(report, fonts, sealed);
    const content = composedReport({ of: "report", report, ...sealed });
    return writeAs({ name: "pdf" }, content, { fonts: () => fonts, watermark: "预览" });
  },
});
