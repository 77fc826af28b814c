/** A file against the log of publications: what is dropped is hashed here, and proved by the site's static files. */

import type { Place } from "../../src/basics/place.ts";
import {
  type Examination,
  type ExaminedFile,
  type ExaminedPlace,
  examineFile,
  examinePlace,
} from "../../src/log/examine.ts";
import { DamagedLogError } from "../../src/log/tiles.ts";
import { logOf, readHead } from "../../src/log/verify.ts";
import { type Statement, statementsOf } from "../../src/log/witnessed.ts";
import { byId, element, t } from "./page.ts";
import { keysOf, sha256Of, siteAt } from "./verify-site.ts";
import { contradictionText, filesTable, logSection, nameOf, statusOf, step, timeOf } from "./verify-words.ts";

const root = new URL(byId("verify").dataset["root"] ?? "", location.href);

/** The version that the address names: `#{code}/{year}/v{N}`. */
function named(): (Place & { readonly version: number }) | undefined {
  const [, uscc, year, version] = /^#([0-9A-Z]{18})\/(\d{4})\/v(\d+)$/.exec(location.hash) ?? [];
  return uscc ? { uscc, year: Number(year), version: Number(version) } : undefined;
}

/** The log as it is now, asked for anew each time: it may have grown since the page was opened. */
async function now(): Promise<Examination> {
  const site = siteAt(root);
  return { site, keys: await keysOf(site) };
}

type Verdict = "yes" | "no" | "open";

function show(verdict: Verdict, title: string, steps: readonly HTMLElement[], ...more: readonly HTMLElement[]): void {
  const outcome = byId("outcome");
  outcome.className = `outcome ${verdict}`;
  outcome.replaceChildren(element("h2", {}, title), element("ul", { className: "steps" }, ...steps), ...more);
  outcome.hidden = false;
}

const hashStep = (name: string, hash: string): HTMLElement =>
  step("yes", t(`${name} 的 SHA-256：`, `SHA-256 of ${name}: `), element("code", { className: "key" }, hash));

/** What went wrong on the way to an answer, which is none about the file unless the log itself does not prove. */
function complain(error: unknown, steps: readonly HTMLElement[]): void {
  if (error instanceof DamagedLogError)
    show("no", t("× 不通过：公布日志与其签名不符", "× Not verified: the log is not what was signed"), [
      ...steps,
      step("no", error.message),
    ]);
  else
    show("open", t("没有核验成：取不到网站的文件", "Could not be verified: the site's files could not be fetched"), [
      ...steps,
      step("open", t("请检查网络后再试。", "Check the connection and try again.")),
    ]);
}

/** The steps from the record to the checkpoint, and what witnesses say of them. */
function stepsOf({ record, name, head, against }: ExaminedFile, statements: readonly Statement[]): HTMLElement[] {
  const { index } = record.proof;
  const { size, origin } = head.checkpoint;
  const seen = statements.filter(({ cosigned, holds }) => holds && cosigned && cosigned.size > index);
  return [
    step(
      "yes",
      t(`公布日志第${index + 1}条记有这个文件（${name}）`, `Entry ${index + 1} of the log has this file (${name})`),
    ),
    step("yes", t("收录证明成立", "The proof of inclusion holds")),
    step(
      "yes",
      t(
        `日志的密钥签了检查点（${origin}，共${size}条），日志从那时起没有改写`,
        `The log's key signed the checkpoint (${origin}, ${size} entries), and the log was not rewritten since`,
      ),
    ),
    ...against.map((each) => step("no", contradictionText(each))),
    ...seen.map(({ name: witness, cosigned }) =>
      step(
        "yes",
        t(
          `见证人 ${witness} 于 ${timeOf(cosigned?.time ?? 0)} 见证过`,
          `Witness ${witness} saw it at ${timeOf(cosigned?.time ?? 0)} (UTC+8)`,
        ),
      ),
    ),
    ...statements
      .filter(({ holds }) => !holds)
      .map(({ name: witness }) =>
        step("no", t(`见证人 ${witness} 见到的是另一份日志`, `Witness ${witness} saw another log`)),
      ),
  ];
}

/** Whether a file is of the version that the address names. */
function isNamed({ record, place }: ExaminedFile): boolean {
  const wanted = named();
  return wanted?.uscc === place.uscc && wanted.year === place.year && wanted.version === record.entry.version;
}

function asNamed(file: ExaminedFile): HTMLElement[] {
  if (!named()) return [];
  return [
    isNamed(file)
      ? step("yes", t("就是网址（二维码）所指的那一版", "It is of the version that the address (the QR code) names"))
      : step(
          "open",
          t("不是网址（二维码）所指的那一版", "It is not of the version that the address (the QR code) names"),
        ),
  ];
}

function showFile(file: ExaminedFile, statements: readonly Statement[], before: readonly HTMLElement[]): void {
  const { version } = file.record.entry;
  const status = statusOf(file.listing, version);
  const bad = file.against.length > 0 || statements.some(({ holds }) => !holds);
  const title = bad
    ? t("× 文件公布过，但网站或日志被改动过", "× The file was published, but the site or the log was changed")
    : t("✓ 通过：这个文件是公布过的", "✓ Verified: this file was published");
  const facts = element(
    "p",
    {},
    nameOf(file),
    t(
      ` 第${version}版${status ? `（${status}）` : ""}，${file.name}`,
      `, version ${version}${status ? ` (${status})` : ""}, ${file.name}`,
    ),
  );
  // What the address names is shown above already.
  const table = isNamed(file) ? undefined : filesTable(file, version, root);
  const versions = element(
    "a",
    { href: new URL(`${file.place.uscc}/${file.place.year}/index.html`, root).href },
    t("这个年度的各版", "All versions of this year"),
  );
  show(
    bad ? "no" : "yes",
    title,
    [...before, ...asNamed(file), ...stepsOf(file, statements)],
    facts,
    ...(table ? [table] : []),
    element("p", {}, versions),
  );
}

const unknownFile = (steps: readonly HTMLElement[]): void =>
  show("no", t("× 不通过：日志里没有这个文件", "× Not verified: the log has no such file"), [
    ...steps,
    step(
      "no",
      t(
        "没有一版有这个内容的文件：它被改动过（另存、打印成PDF也算），不是本网站公布的，或者刚刚公布还没有记入。",
        "No version has a file with this content: it was changed (saving or printing anew counts), it was not published here, or it was published just now and is not in the log yet.",
      ),
    ),
  ]);

let turn = 0;

async function verify(file: File): Promise<void> {
  turn += 1;
  const mine = turn;
  show("open", t("正在核验……", "Verifying…"), []);
  const steps: HTMLElement[] = [];
  try {
    steps.push(hashStep(file.name, ""));
    const hash = await sha256Of(file);
    steps[0] = hashStep(file.name, hash);
    const examination = await now();
    if (examination.keys.length === 0) return showNoLog();
    const found = await examineFile(hash, examination);
    const statements = found ? await statementsOf(examination.site, examination.keys, found.head) : [];
    if (mine !== turn) return;
    if (found) showFile(found, statements, steps);
    else unknownFile(steps);
  } catch (error) {
    if (mine === turn) complain(error, steps);
  } finally {
    if (mine === turn) byId("outcome").focus();
  }
}

const showNoLog = (): void =>
  show("open", t("本网站没有公布日志", "This site keeps no log of publications"), [
    step(
      "open",
      t("请与各版旁边的“校验和”（SHA256SUMS）对照。", "Compare with the checksums (SHA256SUMS) beside each version."),
    ),
  ]);

/** What the address names, before any file is chosen. */
function describeNamed(examined: ExaminedPlace, version: number): void {
  const table = filesTable(examined, version, root);
  const status = statusOf(examined.listing, version);
  byId("named").replaceChildren(
    element("h2", {}, t("要核对的这一版", "The version to compare")),
    element(
      "p",
      {},
      nameOf(examined),
      t(` 第${version}版${status ? `（${status}）` : ""}`, `, version ${version}${status ? ` (${status})` : ""}`),
    ),
    table ??
      element(
        "p",
        {},
        t(
          "这一版还没有记入公布日志；公布后几分钟内记入，请稍后再看。",
          "This version is not in the log of publications yet; it will be within minutes of its publication. Please look again later.",
        ),
      ),
    element(
      "p",
      {},
      element(
        "a",
        { href: new URL(`${examined.place.uscc}/${examined.place.year}/index.html`, root).href },
        t("网站上的这个年度", "This year on the site"),
      ),
    ),
    ...examined.against.map((each) => element("p", { className: "wrong" }, `× ${contradictionText(each)}`)),
  );
  byId("named").hidden = false;
}

/** Says what the log is, and what the address names of it. */
async function start(): Promise<void> {
  try {
    const examination = await now();
    if (examination.keys.length === 0) return showNoLog();
    const head = await readHead(logOf(examination.site), examination.keys);
    const statements = await statementsOf(examination.site, examination.keys, head);
    byId("log").replaceChildren(...logSection({ checkpoint: head.checkpoint, keys: examination.keys }, statements));
    const wanted = named();
    if (wanted) describeNamed(await examinePlace(wanted, examination), wanted.version);
    else byId("named").hidden = true;
  } catch (error) {
    complain(error, []);
  }
}

const field = byId<HTMLInputElement>("file");
const drop = byId("drop");
field.addEventListener("change", () => {
  const [file] = field.files ?? [];
  if (file) void verify(file);
});
for (const event of ["dragenter", "dragover"] as const)
  drop.addEventListener(event, (moved) => {
    moved.preventDefault();
    drop.classList.add("over");
  });
for (const event of ["dragleave", "drop"] as const) drop.addEventListener(event, () => drop.classList.remove("over"));
drop.addEventListener("drop", (dropped) => {
  dropped.preventDefault();
  const [file] = dropped.dataTransfer?.files ?? [];
  if (file) void verify(file);
});
addEventListener("hashchange", () => void start());
// The page in the other language is about the same version.
const other = document.querySelector<HTMLAnchorElement>("header.site a[hreflang]");
other?.addEventListener("click", () => {
  other.hash = location.hash;
});
byId("verify").hidden = false;
void start();
