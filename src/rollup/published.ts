/** How the organs of a roster stand by what is published. */
import pMap from "p-map";
import { jsonOf } from "../basics/json.ts";
import { formForYear } from "../form/forms.ts";
import { readArtefact } from "../publish/artefact.ts";
import { latestRecord, publishedReport } from "../publish/publish.ts";
import { type PublicationRecord, SOURCES } from "../publish/record.ts";
import type { Organ, Roster } from "../roster/roster.ts";
import { type Branch, treeOf } from "../roster/tree.ts";
import type { Store } from "../store/store.ts";
import { type Standing, sumsUp } from "./cover.ts";
import { type FiledStandings, reportedOf } from "./files.ts";
import { type NotCounted, regionOf } from "./rollup.ts";
import { changedSince, type KeptSources, type NamedReport, type SourceChange } from "./sources.ts";

/** Requests under way at a time. */
const PARALLEL = 32;

/** How organs stand, and the government's own reports. */
export interface PublishedStandings extends FiledStandings {
  /** What the government's own report stands on. */
  readonly ownSources?: KeptSources;
}

/** What a published report stands on; undefined where nothing of that came with it. @throws DamagedArtefactError */
async function publishedSources(store: Store, record: PublicationRecord): Promise<KeptSources | undefined> {
  const artefact = record.artefacts.find(({ name }) => name === SOURCES);
  if (!artefact) return undefined;
  return jsonOf<KeptSources>(await readArtefact(store, record, artefact));
}

/** How an organ stands for a year; undefined where it has published nothing. */
async function standingAt(store: Store, uscc: string, year: number): Promise<Standing | undefined> {
  const record = await latestRecord(store, uscc, year);
  if (!record) return undefined;
  const { version, edition } = record;
  const report = await publishedReport(store, record);
  if (!report) return { state: "withdrawn", version };
  if (edition === formForYear(year)?.edition) return reportedOf(report, { version });
  return {
    state: "unusable",
    reason: { zh: `第${version}版用的是${edition}年版格式`, en: `Version ${version} is on the edition ${edition}` },
  };
}

/** Reports of organs that ended within the year, which what they went into reports on. */
async function ended(store: Store, others: readonly Organ[], year: number): Promise<NotCounted[]> {
  const within = others.filter(({ until = "" }) => until >= `${year}-01-01` && until <= `${year}-12-31`);
  const found = await pMap(within, async ({ uscc }) => standingAt(store, uscc, year), { concurrency: PARALLEL });
  return within.flatMap(({ uscc, name, until = "" }, i): NotCounted[] =>
    found[i]?.state === "reported"
      ? [
          {
            uscc,
            name,
            why: { zh: `已于${until}撤销，由并入的机关报告`, en: `Ended on ${until}; what it went into reports` },
          },
        ]
      : [],
  );
}

/**
 * Reads the reports that a division's roll-up needs: level by level, and of what stands below a government only where
 * that has published nothing.
 * @throws RollupError when the roster has no government of the division
 */
export async function publishedStandings(
  store: Store,
  roster: Roster,
  division: string,
  year: number,
): Promise<PublishedStandings> {
  const { government } = regionOf(roster, division, year);
  const { uscc } = government.organ;
  const standings = new Map<string, Standing>();
  const own = async (of: number) => {
    const record = await latestRecord(store, uscc, of);
    const [report, sources] = record
      ? await Promise.all([publishedReport(store, record), publishedSources(store, record)])
      : [];
    return { report, sources };
  };
  for (let level: readonly Branch[] = government.below; level.length > 0; ) {
    const found = await pMap(level, ({ organ }) => standingAt(store, organ.uscc, year), { concurrency: PARALLEL });
    for (const [i, { organ }] of level.entries()) if (found[i]) standings.set(organ.uscc, found[i]);
    level = level.flatMap(({ organ, below }, i) => (sumsUp(organ) && found[i]?.state === "reported" ? [] : below));
  }
  const [previous, current] = await Promise.all([own(year - 1), own(year)]);
  return {
    standings,
    notCounted: await ended(store, treeOf(roster, year).others, year),
    ...(previous.report ? { previous: previous.report } : {}),
    ...(current.report ? { own: current.report } : {}),
    ...(current.sources ? { ownSources: current.sources } : {}),
  };
}

/** What a region's report stands on, and what of that is another by now. */
export interface StandsOn {
  readonly version: number;
  readonly changed: readonly SourceChange[];
}

/**
 * What the report that an organ has published stands on, held against what is published now, by its own list: no roster
 * is asked. Who was missing then and has published since is told too.
 * @returns undefined where no list came with it
 */
export async function standsOn(store: Store, uscc: string, year: number): Promise<StandsOn | undefined> {
  const record = await latestRecord(store, uscc, year);
  const kept = record && (await publishedSources(store, record));
  if (!record || !kept) return undefined;
  const organs = [...kept.sources, ...kept.missing];
  const now = await pMap(organs, async (organ) => standingAt(store, organ.uscc, year), { concurrency: PARALLEL });
  const sources = organs.flatMap(({ uscc: code, name }, i): NamedReport[] => {
    const standing = now[i];
    if (standing?.state !== "reported") return [];
    const { sha256, version } = standing;
    return [{ uscc: code, name, sha256, ...(version === undefined ? {} : { version }) }];
  });
  return { version: record.version, changed: changedSince(kept, sources) };
}
