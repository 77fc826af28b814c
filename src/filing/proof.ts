import type { Report } from "../../generated/report.ts";
import type { Block } from "../compose/blocks.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { type ComposedReport, composedReport } from "../formats/content.ts";
import { composedDraft } from "../formats/draft.ts";
import { writeAs } from "../formats/write.ts";
import { type Parts, partsOf } from "../office/content.ts";
import type { ProofFormat } from "../office/proof-formats.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { currentVersion } from "../publish/versions.ts";
import type { Context } from "./context.ts";
import { correctionOf } from "./correction.ts";

/** What stands under the title of what is not yet published, as on paper that goes round. */
const MARK = "（送审稿）";

function marked(content: ComposedReport): ComposedReport {
  const blocks = content.blocks.map(
    (block): Block => (block.kind === "title" ? { ...block, lines: [...block.lines, MARK] } : block),
  );
  return { ...content, blocks, metadata: { ...content.metadata, title: `${content.metadata.title}${MARK}` } };
}

/** A proof of a report in the making, to circulate on paper: no seal, no watermark, 送审稿 under its title. */
export const draftProof = (report: Report, format: ProofFormat, fonts: Fonts): Promise<Uint8Array> =>
  writeAs({ name: format }, marked(composedDraft(report, fonts)), { fonts: () => fonts });

/**
 * A proof of what was handed over: the pages that would be published, with the 更正说明 of a correction of the version that
 * stands.
 * @throws DamagedArtefactError
 */
export async function contentProof(
  content: unknown,
  records: readonly PublicationRecord[],
  format: ProofFormat,
  { store, fonts }: Pick<Context, "store" | "fonts">,
): Promise<Uint8Array> {
  const { report: sound, supersedes, reason = "" }: Parts = partsOf(content);
  const report = sound as unknown as Report;
  const latest = currentVersion(records);
  const corrects = latest !== undefined && latest.version === supersedes;
  const correction = corrects ? { correction: await correctionOf(store, records, latest, { report, reason }) } : {};
  const composed = composedReport({ of: "report", report, ...correction });
  return writeAs({ name: format }, marked(composed), { fonts: () => fonts });
}
