import { check as textFindings } from "../schemas/vocabulary/plain-text.ts";
import { check } from "./check/check.ts";
import type { Checked } from "./check/conclude.ts";
import { renderFiles, renderWithdrawal } from "./document.ts";
import type { Finding } from "./finding.ts";
import { type Published, publish, publishedReport, records } from "./publish/publish.ts";
import { canonicalJson, type PublicationRecord, sha256, shanghaiTime } from "./publish/record.ts";
import { differences } from "./report/differences.ts";
import type { Store } from "./store/store.ts";
import { type Context, type Filing, findPublished, sealOption } from "./submit.ts";

/** A correction (更正) has the whole report as it should be; a withdrawal (撤回) has none. */
export interface Amendment {
  /** The version that it takes the place of: the latest. */
  readonly supersedes: number;
  readonly reason: string;
  readonly report?: unknown;
}

/** (organ, year). */
export interface Place {
  readonly uscc: string;
  readonly year: number;
}

export type Amended = Checked & { readonly published?: Published };

const KEYS = { correction: ["supersedes", "reason", "report"], withdrawal: ["supersedes", "reason"] } as const;
const MAX_REASON = 500;
const LABELS: Readonly<Record<string, string>> = {
  supersedes: "所更正或撤回的版本",
  reason: "理由",
  report: "更正后的报告",
};

const error = (id: string, pointer: string, message: string, messageEn: string): Finding => ({
  id,
  level: "error",
  message,
  messageEn,
  cells: [{ pointer, label: LABELS[pointer.slice(1)] ?? "提交内容" }],
});
const refused = (findings: readonly Finding[]): Checked => ({
  findings,
  explanations: {},
  unexplained: [],
  computed: {},
  comparedWithLastYear: false,
});

/** What is wrong with the frame of an amendment; the report in it has its own checks. */
export function frameFindings(value: unknown, kind: "correction" | "withdrawal"): Finding[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [error("S-TYPE", "", "提交内容应为对象", "the body must be an object")];
  const found: Finding[] = [];
  const known: readonly string[] = KEYS[kind];
  for (const key of known)
    if (!Object.hasOwn(value, key))
      found.push(error("S-REQUIRED", `/${key}`, `缺少${LABELS[key]}（/${key}）`, `/${key} is missing`));
  for (const key of Object.keys(value))
    if (!known.includes(key)) {
      const shown = key.slice(0, 40);
      found.push(
        error(
          "S-UNKNOWN",
          `/${shown}`,
          `没有“${shown}”这一项；可用的有${known.join("、")}`,
          `no property “${shown}”; known are ${known.join(", ")}`,
        ),
      );
    }
  const { supersedes, reason } = value as { readonly supersedes?: unknown; readonly reason?: unknown };
  if (supersedes !== undefined && !(Number.isSafeInteger(supersedes) && (supersedes as number) >= 1))
    found.push(
      error("S-TYPE", "/supersedes", "所更正或撤回的版本应为从1起的整数", "/supersedes must be an integer from 1"),
    );
  if (reason !== undefined) {
    if (typeof reason !== "string" || reason.trim() === "" || [...reason].length > MAX_REASON)
      found.push(
        error(
          "S-LENGTH",
          "/reason",
          `理由应为1至${MAX_REASON}字的文字`,
          `/reason must have 1 to ${MAX_REASON} characters`,
        ),
      );
    else found.push(...textFindings(reason).map((f) => ({ ...f, cells: [{ pointer: "/reason", label: "理由" }] })));
  }
  return found;
}

const conflict = (record: PublicationRecord): Published => ({ outcome: "conflict", record });

/** Findings of a report inside an amendment, their pointers made the body's. */
const inside = (findings: readonly Finding[]): Finding[] =>
  findings.map((f) => ({ ...f, cells: f.cells.map((c) => (c.of ? c : { ...c, pointer: `/report${c.pointer}` })) }));

/** What an amendment begins with: what is published and a frame without faults. Undefined when nothing is published. */
async function begin(value: unknown, kind: "correction" | "withdrawal", { uscc, year }: Place, store: Store) {
  const versions = await records(store, uscc, year);
  const latest = versions.at(-1);
  if (!latest) return undefined;
  const frame = frameFindings(value, kind);
  return frame.length > 0 ? refused(frame) : { versions, latest, amendment: value as Amendment };
}

/**
 * Publishes a corrected report as the next version. Undefined when nothing is published at the place.
 * @throws KeyReusedError
 */
export async function correct(
  value: unknown,
  place: Place,
  filing: Filing,
  context: Context,
): Promise<Amended | undefined> {
  const { store, fonts } = context;
  const begun = await begin(value, "correction", place, store);
  if (!begun || "findings" in begun) return begun;
  const { versions, latest, amendment } = begun;
  const { supersedes, reason, report: sent } = amendment;
  const own = await check(sent, context);
  const checked = { ...own, findings: inside(own.findings) };
  const { sound, report, explanations } = checked;
  if (!sound) return checked;
  if (sound.organ.uscc !== place.uscc || sound.year !== place.year) {
    const { report: _, ...rest } = checked;
    const message = `报告是${sound.organ.uscc}的${sound.year}年度报告，与网址不同`;
    const wrong = error("S-PLACE", "/report", message, `the report is of ${sound.organ.uscc} ${sound.year}`);
    return { ...rest, findings: [...checked.findings, wrong] };
  }
  const submission = sha256(canonicalJson({ kind: "correction", supersedes, reason, report: sound, explanations }));
  const before = await findPublished(store, versions, submission, filing);
  if (before) return { ...checked, published: before };
  if (!report) return checked;
  if (supersedes !== latest.version) return { ...checked, published: conflict(latest) };
  if (checked.unexplained.length > 0) return checked;
  const standing = await publishedReport(store, latest);
  const changed = standing ? differences(standing, report) : [];
  if (standing && changed.length === 0) {
    const { report: _, ...rest } = checked;
    const [zh, en] = [`与第${latest.version}版没有不同，无须更正`, `nothing differs from version ${latest.version}`];
    return { ...rest, findings: [...checked.findings, error("S-SAME", "/report", zh, en)] };
  }
  const correction = {
    version: latest.version + 1,
    supersedes,
    supersededDate: latest.publishedAt.slice(0, 10),
    reason,
    differences: changed,
  };
  const published = await publish(
    store,
    {
      kind: "correction",
      ...place,
      edition: report.edition,
      organ: report.organ.name,
      submission,
      reason,
      files: await renderFiles(report, fonts, { ...(await sealOption(store, place.uscc)), correction }),
      findings: own.findings,
      explanations,
      publishedAt: shanghaiTime(context.now()),
      program: context.program,
      ...filing,
    },
    versions,
  );
  return { ...checked, published };
}

/**
 * Withdraws what is published: the next version says so in its place, and the versions before it stay where they are.
 * Undefined when nothing is published at the place.
 * @throws KeyReusedError
 */
export async function withdraw(
  value: unknown,
  place: Place,
  filing: Filing,
  context: Context,
): Promise<Amended | undefined> {
  const { store, fonts } = context;
  const begun = await begin(value, "withdrawal", place, store);
  if (!begun || "findings" in begun) return begun;
  const { versions, latest, amendment } = begun;
  const { supersedes, reason } = amendment;
  const submission = sha256(canonicalJson({ kind: "withdrawal", ...place, supersedes, reason }));
  const before = await findPublished(store, versions, submission, filing);
  if (before) return { ...refused([]), published: before };
  if (supersedes !== latest.version || latest.kind === "withdrawal")
    return { ...refused([]), published: conflict(latest) };
  const publishedAt = shanghaiTime(context.now());
  const notice = {
    organ: latest.organ,
    year: place.year,
    supersedes,
    supersededDate: latest.publishedAt.slice(0, 10),
    reason,
    date: publishedAt.slice(0, 10),
  };
  const published = await publish(
    store,
    {
      kind: "withdrawal",
      ...place,
      edition: latest.edition,
      organ: latest.organ,
      submission,
      reason,
      files: await renderWithdrawal(place.uscc, notice, fonts),
      findings: [],
      explanations: {},
      publishedAt,
      program: context.program,
      ...filing,
    },
    versions,
  );
  return { ...refused([]), published };
}
