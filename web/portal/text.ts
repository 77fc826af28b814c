/** Words in the texts of a province's years: prefecture by prefecture, what is found shown as it comes. */
import { byId, chinese, element, load, remember, t } from "./page.ts";
import { fillPlaceFields, takeAddress } from "./place-fields.ts";
import { ChangedFileError, TextFile } from "./text-index.ts";
import { foundIn, type Piece, pairsFor, wordsOf } from "./text-query.ts";

const form = byId<HTMLFormElement>("choice");
const input = byId<HTMLInputElement>("q");
const [year, province] = [byId<HTMLSelectElement>("year"), byId<HTMLSelectElement>("province")];
const hits = byId<HTMLOListElement>("hits");
const more = byId<HTMLButtonElement>("more");
const root = new URL(form.dataset["root"] || ".", location.href);
/** Reports that are shown before the reader asks for more, and how many are read at a time. */
const [SHOWN, AT_ONCE] = [20, 4];
/** In the place of a year: one after another. */
const ALL = "all";
const say = (text: string): void => {
  byId("status").textContent = text;
};

/** The prefectures of a province with something to be searched in a year; their beginnings are fetched once. */
const opened = new Map<string, Promise<TextFile[]>>();
function filesOf(code: string, of: string): Promise<TextFile[]> {
  const key = `${code}/${of}`;
  const known = opened.get(key);
  if (known) return known;
  const files = load<readonly (readonly [string, string])[]>(new URL(`search/${code}.divisions.json`, root)).then(
    async (divisions) => {
      const prefectures = [...new Set(divisions.map(([division]) => division.slice(0, 4)))];
      const all = await Promise.all(prefectures.map((each) => TextFile.open(root, each, of)));
      return all.filter((file) => file !== undefined);
    },
  );
  files.catch(() => opened.delete(key));
  opened.set(key, files);
  return files;
}

/** A report as it is published, as much of it as is shown. */
interface Published {
  readonly organ: { readonly name: string };
}

/** Where something may be found. */
interface Hit {
  readonly uscc: string;
  readonly year: string;
}

const shownPieces = (pieces: readonly Piece[]): HTMLElement =>
  element(
    "span",
    { className: "snippet", lang: "zh-CN" },
    ...pieces.map(([text, found]) => (found ? element("mark", {}, text) : text)),
  );

/**
 * A report that has all the words; undefined where its signature said more than it has, or it went meanwhile.
 * @param dated whether its year is told
 */
async function hitOf(place: Hit, words: readonly string[], dated: boolean): Promise<HTMLElement | undefined> {
  const path = `${place.uscc}/${place.year}`;
  const report = await load<Published>(new URL(`${path}/report.json`, root)).catch(() => undefined);
  const found = report && foundIn(report, words);
  if (!found) return undefined;
  const { href } = new URL(`${path}/report.html`, root);
  return element(
    "li",
    {},
    element("a", { href }, chinese(report.organ.name), dated ? t(` ${place.year}年度`, ` ${place.year}`) : ""),
    ...found.map(({ pieces }) => shownPieces(pieces)),
  );
}

let turn = 0;
let goOn: () => void = () => undefined;

/** Waits until the reader wants more. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    more.hidden = false;
    goOn = () => {
      more.hidden = true;
      resolve();
    };
  });

/** How far a search has come. */
interface Progress {
  /** The latest first. */
  readonly years: readonly string[];
  found: number;
  limit: number;
  /** Reports that were searched, and, in the year that is searched, all that there are. */
  done: number;
  reports: number;
}

function told({ years, found, done, reports }: Progress, of: string): string {
  if (years.length > 1)
    return t(
      `查到${of}年度，查了${done}份报告，找到${found}份。`,
      `Back to ${of}: ${done} reports searched, ${found} found.`,
    );
  return t(
    `在${reports}份报告里查了${done}份，找到${found}份。`,
    `${done} of ${reports} reports searched, ${found} found.`,
  );
}

/** Searches a year of a province. @returns whether the search is still wanted */
async function searchYear(mine: number, words: readonly string[], of: string, progress: Progress): Promise<boolean> {
  const files = await filesOf(province.value, of);
  const pairs = pairsFor(words);
  progress.reports += files.reduce((sum, { count }) => sum + count, 0);
  // The first answers in one round; the rows of the next are on their way while the reports of one are read.
  const ask = (i: number): Promise<number[]> | undefined => {
    const columns = files[i]?.candidates(pairs, i === 0 ? 4 : 2);
    // What fails is told when its turn comes.
    columns?.catch(() => undefined);
    return columns;
  };
  const next = [ask(0), ask(1)];
  for (const [i, file] of files.entries()) {
    const columns = (await next[i]) ?? [];
    next.push(ask(i + 2));
    for (let at = 0; at < columns.length; at += AT_ONCE) {
      await Promise.all(
        columns.slice(at, at + AT_ONCE).map(async (column) => {
          const item = await hitOf({ uscc: await file.code(column), year: of }, words, progress.years.length > 1);
          if (mine !== turn || !item) return;
          progress.found += 1;
          hits.append(item);
          say(told(progress, of));
        }),
      );
      if (mine !== turn) return false;
      if (progress.found < progress.limit) continue;
      say(t(`${told(progress, of)}还没有查完。`, `${told(progress, of)} Not all searched yet.`));
      await asked();
      if (mine !== turn) return false;
      progress.limit = progress.found + SHOWN;
    }
    progress.done += file.count;
    if (mine !== turn) return false;
    say(told(progress, of));
  }
  return true;
}

/** The years that are chosen, the latest first. */
const years = (): string[] =>
  year.value === ALL ? [...year.options].flatMap(({ value }) => (value === ALL ? [] : [value])) : [year.value];

async function search(mine: number, words: readonly string[]): Promise<void> {
  const progress: Progress = { years: years(), found: 0, limit: SHOWN, done: 0, reports: 0 };
  for (const of of progress.years) {
    if (!(await searchYear(mine, words, of, progress))) return;
    if (progress.years.length > 1) say(told(progress, of));
  }
}

function run(): void {
  turn += 1;
  const mine = turn;
  goOn();
  more.hidden = true;
  hits.replaceChildren();
  remember([
    ["q", input.value.trim()],
    ["year", year.value],
    ["province", province.value],
  ]);
  const words = wordsOf(input.value);
  if (words.length === 0) {
    say(input.value.trim() === "" ? "" : t("请写至少两个字。", "Please write two characters at least."));
    return;
  }
  say(t("正在查找……", "Searching…"));
  search(mine, words).catch((error: unknown) => {
    if (mine !== turn) return;
    // Something was published meanwhile: from the beginning, with the files as they are now.
    if (error instanceof ChangedFileError) {
      opened.clear();
      run();
    } else say(t("取不到数据，请检查网络后再试。", "The data could not be fetched; check the connection."));
  });
}

async function start(): Promise<void> {
  await fillPlaceFields(root);
  year.append(element("option", { value: ALL }, t("各年度", "All years")));
  takeAddress(year);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  form.hidden = false;
  const prefetch = (): void => void filesOf(province.value, years()[0]!).catch(() => undefined);
  for (const select of [year, province])
    select.addEventListener("change", () => {
      prefetch();
      run();
    });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  more.addEventListener("click", () => goOn());
  prefetch();
  run();
}

start().catch(() => say(t("取不到数据，请检查网络后再试。", "The data could not be fetched; check the connection.")));
