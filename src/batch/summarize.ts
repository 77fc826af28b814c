import type { Finding, Level } from "../basics/finding.ts";
import { isHeldTo } from "../roster/roster.ts";
import type { Book } from "./book.ts";
import type { FileId, SubmitLine } from "./journal.ts";
import type { ListedOrgan, Organs } from "./organs.ts";
import { pathOf } from "./settings.ts";
import {
  type Counts,
  type FileSummary,
  type FindingsOf,
  isOfContent,
  LEVELS,
  type NotFiled,
  type OrganSummary,
  OUTCOMES,
  type Outcome,
  type RuleSummary,
  SUBMITTED,
  type Summary,
} from "./summary.ts";

/** What a summary is made of besides the book. */
export interface Summarized {
  /** The files under check, sorted. */
  readonly files: readonly FileId[];
  readonly others: readonly string[];
  readonly organs: Organs | undefined;
  /** The files that were sent or held back; undefined when nothing was to be. */
  readonly sent: ReadonlySet<FileId> | undefined;
}

export interface SummaryOptions {
  readonly program: string;
  /** The date of the run; ISO. */
  readonly date: string;
  /** What the summary calls the folder. */
  readonly title: string;
  /** The year that the organs of the list should have filed for; without it the year of most reports. */
  readonly year?: number;
}

/** An object without the members that are undefined. */
const given = <T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const zero = <K extends string>(keys: readonly K[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
const gravest = (outcomes: readonly Outcome[]): Outcome =>
  OUTCOMES[Math.max(...outcomes.map((outcome) => OUTCOMES.indexOf(outcome)))]!;

/** The findings of a file, as the journal has them. */
export const findingsIn =
  (book: Book): FindingsOf =>
  ({ id, submission }) =>
    book.findings(id, submission ? ["read", "check", "submit"] : ["read", "check"]);

/** A file and whose it is. */
interface Filed {
  readonly file: FileSummary;
  readonly name?: string;
  readonly uscc?: string;
}

function count(findings: readonly Finding[]): Counts<Level> {
  const counts = zero(LEVELS);
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

function filed(id: FileId, book: Book, sent: Summarized["sent"]): Filed {
  const { read, check, submit } = book.get(id);
  const submission = sent?.has(id) && submit ? submit : undefined;
  const steps = submission ? (["read", "check", "submit"] as const) : (["read", "check"] as const);
  const file: FileSummary = {
    id,
    path: pathOf(id),
    outcome: read?.outcome === "read" ? (check?.outcome ?? "failed") : (read?.outcome ?? "failed"),
    ...given({ format: read?.format, year: read?.year }),
    compared: check?.compared ?? false,
    counts: count(book.findings(id, steps)),
    ofContent: count(book.findings(id, steps).filter((finding) => isOfContent(finding.id))),
    outputs: check?.outputs.map(({ name }) => name) ?? [],
    ...(submission && {
      submission: {
        outcome: submission.outcome,
        ...given({ version: submission.version, url: submission.url }),
      },
    }),
  };
  return { file, ...given({ name: read?.organ, uscc: read?.uscc }) };
}

/** The files by whose they are: those of the list in its order, the others by code, which goes by division; at the end those without. */
function organsOf(all: readonly Filed[], organs: Organs | undefined): OrganSummary[] {
  const groups = new Map<string, Filed[]>();
  const codes = new Map(all.flatMap(({ name, uscc }) => (name && uscc ? [[name, uscc] as const] : [])));
  for (const each of all) {
    const key = each.uscc ?? (each.name && (codes.get(each.name) ?? each.name)) ?? `/${each.file.path}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  const code = ([first]: readonly Filed[]): string => first!.uscc ?? "~";
  const order = new Map(organs?.all.map(({ uscc }, i) => [uscc, i]));
  const rank = ([first]: readonly Filed[]): number => order.get(first!.uscc ?? "") ?? order.size;
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || compare(code(a), code(b)) || compare(a[0]!.file.path, b[0]!.file.path))
    .map((group, i): OrganSummary => {
      const [{ name, uscc }] = group as [Filed, ...Filed[]];
      const listed = uscc === undefined ? undefined : organs?.coded(uscc);
      const files = group
        .map(({ file }) => file)
        .sort((a, b) => (b.year ?? 0) - (a.year ?? 0) || compare(a.path, b.path));
      const [counts, ofContent] = [zero(LEVELS), zero(LEVELS)];
      for (const file of files)
        for (const level of LEVELS) {
          counts[level] += file.counts[level];
          ofContent[level] += file.ofContent[level];
        }
      return {
        key: `organ-${i + 1}`,
        ...given({ name: listed?.name ?? name, uscc, division: listed?.division }),
        ...(organs && { listed: listed !== undefined }),
        outcome: gravest(files.map(({ outcome }) => outcome)),
        counts,
        ofContent,
        files,
      };
    });
}

/** The rules that found something, the gravest first, then the most frequent. */
function rulesOf(organs: readonly OrganSummary[], findingsOf: FindingsOf): RuleSummary[] {
  const rules = new Map<string, { -readonly [K in keyof RuleSummary]: RuleSummary[K] } & { organs: string[] }>();
  for (const { key, files } of organs)
    for (const { id, level, message, messageEn } of files.flatMap(findingsOf)) {
      const name = `${level} ${id}`;
      let rule = rules.get(name);
      if (!rule) {
        rule = { id, level, findings: 0, organs: [], example: message, exampleEn: messageEn };
        rules.set(name, rule);
      }
      rule.findings += 1;
      if (rule.organs.at(-1) !== key) rule.organs.push(key);
    }
  return [...rules.values()].sort(
    (a, b) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      b.organs.length - a.organs.length ||
      b.findings - a.findings ||
      compare(a.id, b.id),
  );
}

/** The year of most reports, the later of two. */
function mostOf(files: readonly FileSummary[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { year } of files) if (year !== undefined) counts.set(year, (counts.get(year) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0];
}

/** The organs of the list that should have filed for a year: where it is a roster, those that were there when it ended. */
const dueIn = (organs: Organs, year: number | undefined): readonly ListedOrgan[] =>
  year === undefined ? organs.all : organs.all.filter((organ) => isHeldTo(organ, year));

/** The organs of the list without a report of the year. */
function notFiledOf(all: readonly Filed[], organs: Organs, year: number | undefined): NotFiled[] {
  const have = new Set(all.filter(({ file }) => file.year === year).map(({ uscc }) => uscc));
  const missing = dueIn(organs, year).filter(({ uscc }) => !have.has(uscc));
  if (missing.length === 0) return [];
  const candidates = new Map<string, string[]>();
  for (const { file, uscc, name } of all) {
    if (uscc !== undefined || name !== undefined) continue;
    const organ = organs.in(file.path);
    if (organ) candidates.set(organ.uscc, [...(candidates.get(organ.uscc) ?? []), file.path]);
  }
  return missing.map(({ name, uscc, division }) => ({
    ...{ name, uscc },
    ...(division === undefined ? {} : { division }),
    candidates: candidates.get(uscc) ?? [],
  }));
}

/** Files of one organ and year that differ from each other. */
const duplicatesOf = (organs: readonly OrganSummary[], book: Book): Summary["duplicates"] =>
  organs.flatMap(({ key, files }) => {
    const years = [...new Set(files.flatMap(({ year }) => year ?? []))];
    return years.flatMap((year) => {
      const there = files.filter((file) => file.year === year);
      const differ = new Set(there.map(({ id }) => book.get(id).read?.report)).size > 1;
      return differ ? [{ organ: key, year, paths: there.map(({ path }) => path) }] : [];
    });
  });

/** Sums up what a run found; what it found in each file stays in the journal. */
export function summarize({ files, others, organs, sent }: Summarized, book: Book, options: SummaryOptions): Summary {
  const all = files.map((id) => filed(id, book, sent));
  const grouped = organsOf(all, organs);
  const year = options.year ?? mostOf(all.map(({ file }) => file));
  const named = grouped.filter(({ name, uscc }) => name ?? uscc);
  const notFiled = organs ? notFiledOf(all, organs, year) : [];
  const outcomes = zero(OUTCOMES);
  const findings = zero(LEVELS);
  const submissions = zero(SUBMITTED) satisfies Counts<SubmitLine["outcome"]>;
  for (const { file } of all) {
    outcomes[file.outcome] += 1;
    for (const level of LEVELS) findings[level] += file.counts[level];
    if (file.submission) submissions[file.submission.outcome] += 1;
  }
  const { program, date, title } = options;
  return {
    format: 1,
    program,
    date,
    title,
    ...given({ year }),
    totals: {
      files: all.length,
      outcomes,
      findings,
      organs: named.length,
      organsWithErrors: named.filter((organ) => organ.counts.error > 0).length,
      unattributed: grouped.length - named.length,
      ...(organs && { listed: dueIn(organs, year).length, notFiled: notFiled.length }),
      ...(sent && { submissions }),
    },
    rules: rulesOf(grouped, findingsIn(book)),
    organs: grouped,
    notFiled,
    duplicates: duplicatesOf(grouped, book),
    others,
  };
}
