import type { RedactionRequest } from "../../generated/amendments.ts";
import { jsonOf } from "../basics/json.ts";
import type { Checked } from "../check/conclude.ts";
import type { Correction } from "../compose/notices.ts";
import { cellsByPointer } from "../form/cells.ts";
import { formOf } from "../form/forms.ts";
import { versionFiles } from "../formats/files.ts";
import { fileName, PUBLISHED } from "../formats/registry.ts";
import { readArtefact } from "../publish/artefact.ts";
import { type NamedFiles, publishedReport } from "../publish/publish.ts";
import type { ArtefactName, PublicationRecord } from "../publish/record.ts";
import { currentVersion, redactionOf, versionsOf } from "../publish/versions.ts";
import type { Context } from "./context.ts";
import { NothingPublishedError } from "./nothing-published-error.ts";
import { explained, frameOf, type Proposal, refused, withNoticed } from "./proposal.ts";
import { sealOption } from "./seal.ts";
import type { VersionPlace } from "./task.ts";

/** What stands where a text is no longer quoted. */
const REMOVED = "（原文已撤下）";

/**
 * A version that no longer stands leaves the public: notices take the place of its files, and the files of the version
 * that corrected it are made anew without the texts that they quoted of it.
 * @throws NothingPublishedError when there is no such version
 */
export async function proposeRedaction(
  value: unknown,
  { uscc, year, version }: VersionPlace,
  records: readonly PublicationRecord[],
  context: Context,
): Promise<Proposal | Checked> {
  const place = { uscc, year };
  const redacted = versionsOf(records).find((record) => record.version === version);
  if (!redacted) throw new NothingPublishedError(place, version);
  const frame = frameOf<RedactionRequest>(value, "redaction");
  if ("findings" in frame) return frame;
  const { amendment, noticed } = frame;
  const { explanations = {} } = amendment;
  const { reason } = amendment;
  return {
    place,
    content: { kind: "redaction", ...place, version, reason, ...explained(explanations) },
    checked: withNoticed({ ...refused([]), explanations }, noticed),
    publishable: true,
    reviewed: false,
    conflict: (all) => {
      const current = currentVersion(all);
      return redactionOf(all, version) ?? (current?.version === version ? current : undefined);
    },
    compose: async (all, publishedAt) => {
      const { organ, edition } = currentVersion(all)!;
      const redaction = {
        organ,
        year,
        version,
        publishedDate: redacted.publishedAt.slice(0, 10),
        reason,
        date: publishedAt.slice(0, 10),
      };
      const had = (name: ArtefactName): boolean => redacted.artefacts.some((artefact) => artefact.name === name);
      const withCorrection = had("correction.json");
      const notices = await versionFiles({ of: "redaction", uscc, redaction, withCorrection }, context.fonts);
      const files = {
        ...those(notices, redacted),
        ...(had("sources.json") ? { "sources.json": notices["report.json"] } : {}),
      };
      const quoting = await withoutQuotations(version, all, context);
      const quoted = quoting ? { quoting } : {};
      return {
        kind: "redaction",
        redacts: version,
        edition,
        organ,
        reason,
        files,
        ...quoted,
        findings: noticed,
        explanations,
      };
    },
  };
}

/** Those of some files that a record has: of before a format was published there is none to take the place of. */
const those = (files: NamedFiles, { artefacts }: Pick<PublicationRecord, "artefacts">): NamedFiles =>
  Object.fromEntries(Object.entries(files).filter(([file]) => artefacts.some(({ name }) => name === file)));

/** The files of the version that corrects another without that one's texts; undefined when they quote none. */
async function withoutQuotations(
  version: number,
  records: readonly PublicationRecord[],
  { store, fonts }: Context,
): Promise<NamedFiles | undefined> {
  const next = records.find(({ supersedes }) => supersedes === version);
  const artefact = next?.artefacts.find(({ name }) => name === "correction.json");
  if (!next || !artefact || redactionOf(records, next.version)) return undefined;
  const correction = jsonOf<Correction>(await readArtefact(store, next, artefact));
  const report = await publishedReport(store, next);
  const form = report && formOf(report.edition);
  if (!form) return undefined;
  // Figures, dates and the edition name nobody. A cell that only the edition before had counts as a text: better so.
  const figures = cellsByPointer(form);
  const quotes = ({ pointer, before }: Correction["differences"][number]): boolean =>
    before !== null && !figures.has(pointer) && pointer !== "/edition" && pointer !== "/signed";
  if (!correction.differences.some(quotes)) return undefined;
  const differences = correction.differences.map((d) => (quotes(d) ? { ...d, before: REMOVED } : d));
  const sealed = await sealOption(store, next.uscc);
  const files = await versionFiles(
    { of: "report", report, correction: { ...correction, differences }, ...sealed },
    fonts,
  );
  // Data and tables quote nothing.
  const documents = PUBLISHED.filter(({ kind }) => kind === "document").map(fileName);
  const quoting = new Set<string>([...documents, "correction.json"]);
  return Object.fromEntries(Object.entries(those(files, next)).filter(([name]) => quoting.has(name)));
}
