import type { Report } from "../../generated/report.ts";
import { type Checked, type Circumstances, conclude } from "../check/conclude.ts";
import { type Difference, differences } from "../check/differences.ts";
import { validate } from "../check/validate.ts";
import type { Correction, Redaction, Withdrawal } from "../compose/notices.ts";
import {
  type DocumentOptions,
  type Files,
  renderFiles,
  renderRedaction,
  renderWithdrawal,
  typeset,
} from "../document.ts";
import { typesetDraft } from "../draft.ts";
import type { Fonts } from "../fonts/fonts.ts";
import type { Seal } from "../typeset/signature.ts";

/** What the files of a version are made of. */
export type Content =
  | { readonly of: "report"; readonly report: Report; readonly seal?: Seal; readonly correction?: Correction }
  | { readonly of: "withdrawal"; readonly uscc: string; readonly withdrawal: Withdrawal }
  | {
      readonly of: "redaction";
      readonly uscc: string;
      readonly redaction: Redaction;
      /** Whether the version has a `correction.json`. */
      readonly withCorrection: boolean;
    };

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
  render: (content) => {
    switch (content.of) {
      case "report":
        return renderFiles(content.report, fonts, documentOptions(content));
      case "withdrawal":
        return renderWithdrawal(content.uscc, content.withdrawal, fonts);
      case "redaction":
        return renderRedaction(content.uscc, content.redaction, content.withCorrection, fonts);
    }
  },
  preview: ({ report, draft, seal }) => {
    const sealed = seal ? { seal } : {};
    return draft ? typesetDraft(report, fonts, sealed) : typeset(report, fonts, { watermark: "预览", ...sealed });
  },
});

const documentOptions = ({ seal, correction }: Extract<Content, { of: "report" }>): DocumentOptions => ({
  ...(seal ? { seal } : {}),
  ...(correction ? { correction } : {}),
});
