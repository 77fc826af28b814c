import type { Report } from "../../generated/report.ts";
import type { FaceName } from "../basics/faces.ts";
import { type Finding, hasErrors, listed } from "../basics/finding.ts";
import { computedTotals } from "../form/complete.ts";
import { formOf } from "../form/forms.ts";
import { narrativeTexts } from "../form/narrative.ts";
import { compare } from "./compare.ts";
import { nameFindings, yearFindings } from "./filing-rules.ts";
import type { Validation } from "./validate.ts";

/** What the checks found. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Present when the report is sound in itself, whatever last year's report says; every total computed. */
  readonly sound?: Report;
  /** Present when no finding is an error. */
  readonly report?: Report;
  /** How the organ explained warnings, by rule. */
  readonly explanations: Readonly<Record<string, string>>;
  /** The warnings without an explanation, by rule: they keep the report from being published. */
  readonly unexplained: readonly string[];
  /** The totals that were left out, by JSON Pointer. */
  readonly computed: Readonly<Record<string, number>>;
  /** Whether last year's report was there to compare with; without it `Y-*` and `T2-STOCK` were not applied. */
  readonly comparedWithLastYear: boolean;
}

/** What a report is held against besides itself. */
export interface Circumstances {
  /** The date of filing in China, ISO 8601: without it `F-YEAR` is not applied. */
  readonly filedOn?: string;
  /** The organ's name in the version that a correction supersedes: without it `F-NAME` is not applied. */
  readonly supersededName?: string;
}

/** Which characters can be printed, and in which face. */
export interface Coverage {
  /** The characters of a text that no face has, each once. */
  missing(text: string): readonly string[];
  /** The characters of a text that 仿宋 lacks and another face sets, each once. */
  fallbacks(text: string): readonly { readonly character: string; readonly face: FaceName }[];
}

const FACE_LABELS: Readonly<Record<FaceName, string>> = {
  fangsong: "仿宋",
  kaiti: "楷体",
  heiti: "黑体",
  biaosong: "小标宋",
  songti: "宋体",
  rare: "宋体（扩展区）",
};
const nameOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** Characters that no face has are errors: never an empty box on a page. Ideographs that 仿宋 lacks are reported. */
export function glyphFindings(report: Report, fonts: Coverage): Finding[] {
  const texts = [{ pointer: "/organ/name", text: report.organ.name }, ...narrativeTexts(report)];
  return texts.flatMap(({ pointer, text }): Finding[] => [
    ...fonts.missing(text).map(
      (character): Finding => ({
        id: "F-GLYPH",
        level: "error",
        message: `字符“${character}”（${nameOf(character)}）没有可用的字形，不能印出`,
        messageEn: `No font has the character “${character}” (${nameOf(character)})`,
        cells: [{ pointer, label: "文字", value: character }],
      }),
    ),
    ...fonts
      .fallbacks(text)
      .filter(({ character }) => /\p{Script=Han}/u.test(character))
      .map(
        ({ character, face }): Finding => ({
          id: "F-FALLBACK",
          level: "information",
          message: `仿宋没有字符“${character}”（${nameOf(character)}），以${FACE_LABELS[face]}代印`,
          messageEn: `The body face lacks “${character}” (${nameOf(character)}); it is set in ${face}`,
          cells: [{ pointer, label: "文字", value: character }],
        }),
      ),
  ]);
}

/**
 * What all checks say of a submission. Needs neither a store nor fonts' files, so that the browser concludes the same.
 * @param value the submission, whose own checks are done
 * @param previous last year's report as it stands published, if it does, for the rules that compare with it
 * @param circumstances what is known where it is filed
 */
export function conclude(
  value: unknown,
  { findings, report }: Validation,
  previous: Report | undefined,
  coverage: Coverage,
  { filedOn, supersededName }: Circumstances = {},
): Checked {
  if (!report) return { findings, explanations: {}, unexplained: [], computed: {}, comparedWithLastYear: false };
  const found = [
    ...findings,
    ...(filedOn === undefined ? [] : yearFindings(report, filedOn)),
    ...(supersededName === undefined ? [] : nameFindings(report, supersededName)),
    ...(previous ? compare(report, previous) : []),
    ...glyphFindings(report, coverage),
  ];
  const all = listed(found);
  const explanations = (value as Report).explanations ?? {};
  const warnings = new Set(all.filter((f) => f.level === "warning").map((f) => f.id));
  return {
    findings: all,
    sound: report,
    ...(hasErrors(all) ? {} : { report }),
    explanations,
    unexplained: [...warnings].filter((id) => !Object.hasOwn(explanations, id)),
    computed: computedTotals(formOf(report.edition)!, value, report),
    comparedWithLastYear: previous !== undefined,
  };
}
