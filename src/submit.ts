import type { Report } from "../generated/report.ts";
import { formOf } from "../schemas/forms.ts";
import { compare } from "./compare/compare.ts";
import { reportFile, typeset } from "./document.ts";
import { type Finding, hasErrors } from "./finding.ts";
import { findPublished, latestRecord, type Published, publish, publishedReport } from "./publish/publish.ts";
import { artefactKey, canonicalJson, sealKey, sha256, shanghaiTime } from "./publish/record.ts";
import type { Fonts } from "./render/pdf/fonts.ts";
import { computedTotals } from "./report/complete.ts";
import { narrativeTexts } from "./report/narrative.ts";
import { sealFrom } from "./seal.ts";
import type { Store } from "./store/store.ts";
import type { FaceName } from "./typeset/page.ts";
import type { Seal } from "./typeset/signature.ts";
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

const FACE_LABELS: Readonly<Record<FaceName, string>> = {
  fangsong: "仿宋",
  kaiti: "楷体",
  heiti: "黑体",
  biaosong: "小标宋",
  songti: "宋体",
};
const nameOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** Characters that no face has are errors: never an empty box on a page. Ideographs that 仿宋 lacks are told of. */
export function glyphFindings(report: Report, fonts: Fonts): Finding[] {
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
  const key = artefactKey(sha256(png));
  await store.create(key, png, { contentType: "image/png" });
  await store.copy(key, sealKey(uscc), { contentType: "image/png" });
  return seal;
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
        "report.pdf": await typeset(report, context.fonts, await sealOption(context.store, report.organ.uscc)),
        "report.json": reportFile(report),
      },
      findings: checked.findings,
      publishedAt: shanghaiTime(context.now()),
      program: context.program,
    }));
  return { ...checked, published };
}
