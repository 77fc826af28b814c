import type { Report } from "../generated/report.ts";
import { formOf } from "../schemas/forms.ts";
import { compare } from "./compare/compare.ts";
import { reportFile, typeset } from "./document.ts";
import { type Finding, hasErrors } from "./finding.ts";
import { findPublished, latestRecord, type Published, publish, publishedReport } from "./publish/publish.ts";
import { canonicalJson, sha256, shanghaiTime } from "./publish/record.ts";
import type { Fonts } from "./render/pdf/fonts.ts";
import { computedTotals } from "./report/complete.ts";
import { narrativeTexts } from "./report/narrative.ts";
import type { Store } from "./store/store.ts";
import { validate } from "./validate/validate.ts";

/** What a submission needs of the world. */
export interface Context {
  readonly store: Store;
  readonly fonts: Fonts;
  readonly now: () => Date;
  /** The program and its version, for the record. */
  readonly program: string;
}

/** What the checks found. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Present when no finding is an error; every total computed. */
  readonly report?: Report;
  /** The totals that were left out, by JSON Pointer. */
  readonly computed: Readonly<Record<string, number>>;
  /** Whether last year's report was there to compare with; without it `Y-*` and `T2-STOCK` were not applied. */
  readonly comparedWithLastYear: boolean;
}

/** Characters that no face has, each a finding: never an empty box on a page. */
export function glyphFindings(report: Report, fonts: Fonts): Finding[] {
  return [{ pointer: "/organ/name", text: report.organ.name }, ...narrativeTexts(report)].flatMap(({ pointer, text }) =>
    fonts.missing(text).map((character): Finding => {
      const name = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
      return {
        id: "F-GLYPH",
        level: "error",
        message: `字符“${character}”（${name}）没有可用的字形，不能印出`,
        messageEn: `No font has the character “${character}” (${name})`,
        cells: [{ pointer, label: "文字", value: character }],
      };
    }),
  );
}

/** Every check: the schema and rules of the form, last year's report, the fonts. */
export async function check(value: unknown, { store, fonts }: Pick<Context, "store" | "fonts">): Promise<Checked> {
  const { findings, report } = validate(value);
  if (!report) return { findings, computed: {}, comparedWithLastYear: false };
  const last = await latestRecord(store, report.organ.uscc, report.year - 1);
  const all = [
    ...findings,
    ...(last ? compare(report, await publishedReport(store, last)) : []),
    ...glyphFindings(report, fonts),
  ];
  return {
    findings: all,
    ...(hasErrors(all) ? {} : { report }),
    computed: computedTotals(formOf(report.edition)!, value, report),
    comparedWithLastYear: last !== undefined,
  };
}

/** The one way through: checked → compared → composed → rendered → published. */
export async function submit(value: unknown, context: Context): Promise<Checked & { readonly published?: Published }> {
  const checked = await check(value, context);
  const { report } = checked;
  if (!report) return checked;
  const submission = sha256(canonicalJson(report));
  const published =
    (await findPublished(context.store, report.organ.uscc, report.year, submission)) ??
    (await publish(context.store, {
      report,
      submission,
      files: {
        "report.pdf": await typeset(report, context.fonts),
        "report.json": reportFile(report),
      },
      findings: checked.findings,
      publishedAt: shanghaiTime(context.now()),
      program: context.program,
    }));
  return { ...checked, published };
}
