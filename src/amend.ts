import type { CorrectionRequest, WithdrawalRequest } from "../generated/amendments.ts";
import { authorize } from "./authenticate/caller.ts";
import { check } from "./check/check.ts";
import type { Checked } from "./check/conclude.ts";
import { renderFiles, renderWithdrawal } from "./document.ts";
import type { Finding } from "./finding.ts";
import { parseJson } from "./parse/parse.ts";
import { type Published, publish, publishedReport, records } from "./publish/publish.ts";
import { canonicalJson, type PublicationRecord, sha256, shanghaiTime } from "./publish/record.ts";
import { differences } from "./report/differences.ts";
import type { AmendmentKind } from "./rules/amendment-schema.ts";
import type { Store } from "./store/store.ts";
import {
  type Context,
  type Filing,
  type FilingContext,
  type FilingRequest,
  filingOf,
  findPublished,
  sealOption,
} from "./submit.ts";
import { validateAmendment } from "./validate/validate.ts";

/** (organ, year). */
export interface Place {
  readonly uscc: string;
  readonly year: number;
}

export type Amended = Checked & { readonly published?: Published };

const error = (id: string, message: string, messageEn: string): Finding => ({
  id,
  level: "error",
  message,
  messageEn,
  cells: [{ pointer: "/report", label: "更正后的报告" }],
});
const refused = (findings: readonly Finding[]): Checked => ({
  findings,
  explanations: {},
  unexplained: [],
  computed: {},
  comparedWithLastYear: false,
});

const conflict = (record: PublicationRecord): Published => ({ outcome: "conflict", record });

/** Findings of a report inside an amendment, their pointers made the body's. */
const inside = (findings: readonly Finding[]): Finding[] =>
  findings.map((f) => ({ ...f, cells: f.cells.map((c) => (c.of ? c : { ...c, pointer: `/report${c.pointer}` })) }));

/** What an amendment begins with: what is published and a frame without faults. Undefined when nothing is published. */
async function begin<Amendment>(value: unknown, kind: AmendmentKind, { uscc, year }: Place, store: Store) {
  const versions = await records(store, uscc, year);
  const latest = versions.at(-1);
  if (!latest) return undefined;
  const frame = validateAmendment(value, kind);
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
  const begun = await begin<CorrectionRequest>(value, "correction", place, store);
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
    const wrong = error("S-PLACE", message, `the report is of ${sound.organ.uscc} ${sound.year}`);
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
    return { ...rest, findings: [...checked.findings, error("S-SAME", zh, en)] };
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
  const begun = await begin<WithdrawalRequest>(value, "withdrawal", place, store);
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

/**
 * The way of a correction or a withdrawal: who calls → whether they may → what they say → `correct` or `withdraw`.
 * Undefined when nothing is published at the place.
 * @throws AuthenticationError, IssuerUnavailableError, ForbiddenError, ParseError, KeyReusedError
 */
export async function amendReport(
  kind: AmendmentKind,
  place: Place,
  request: FilingRequest,
  context: FilingContext,
): Promise<Amended | undefined> {
  const caller = await context.authenticate(request.authorization);
  authorize(caller, kind === "correction" ? "correct" : "withdraw", place.uscc);
  const value = parseJson(await request.body());
  return (kind === "correction" ? correct : withdraw)(value, place, filingOf(caller, request), context);
}
