/** The query page: what is chosen, in the address too; the answer by static files alone. */
import { dataPaths, type RootManifest } from "../../src/dataset/files.ts";
import { byId, element, load, page, remember, t } from "./page.ts";
import { type Detail, readCell } from "./query-read.ts";
import { type Answer, download, show } from "./query-show.ts";
import { GROUPS, type Group, isList, isSorting, type Question, type Sorting, sums } from "./query-sums.ts";

const form = byId<HTMLFormElement>("ask");
const root = form.dataset["root"] ?? "";
const status = byId("status");
const FIELDS = ["cell", "year", "province", "kind", "reports", "by"] as const;
const field = (name: (typeof FIELDS)[number]): HTMLSelectElement => byId<HTMLSelectElement>(name);

let years: readonly number[] = [];
let sorting: Sorting = "name";
let answer: Answer | undefined;

const chosen = (name: (typeof FIELDS)[number]): HTMLOptionElement => {
  const select = field(name);
  return select.options[select.selectedIndex] ?? element("option");
};

/** What of the files an answer needs besides the figure. */
const DETAILS: Readonly<Record<Group, Detail>> = {
  year: "none",
  kind: "none",
  province: "none",
  division: "division",
  organ: "organ",
};

/** The address of what is chosen: whoever opens it gets the same answer. */
function address(): void {
  remember([...FIELDS.map((name) => [name, field(name).value] as const), ["sort", sorting === "name" ? "" : sorting]]);
  byId<HTMLAnchorElement>("link").href = location.href;
}

function tell(): void {
  if (answer) show(answer, sorting, sortBy);
}

function sortBy(by: Sorting): void {
  sorting = by;
  address();
  tell();
  // The table was made anew: who sorted by keyboard goes on there.
  byId("table")
    .querySelector<HTMLButtonElement>(`[data-order="${by.replace("-", "")}"]`)
    ?.focus();
}

const questionOf = (): Question => {
  const by = field("by").value;
  return {
    by: GROUPS.find((group) => group === by) ?? "year",
    kind: field("kind").value,
    reports: field("reports").value === "government" ? "government" : "addable",
    adds: chosen("cell").dataset["adds"] !== "false",
  };
};

async function ask(): Promise<void> {
  const question = questionOf();
  const list = isList(question);
  const detail = list ? "each" : DETAILS[question.by];
  const year = field("year").value;
  address();
  status.textContent = t("正在取数据……", "Fetching …");
  const start = performance.now();
  const found = await readCell(new URL(root || "./", location.href).href, {
    cell: field("cell").value,
    years: year === "" ? years : [Number(year)],
    province: field("province").value,
    detail,
  });
  const labels = new Map(
    ["kind", "province"].flatMap((name) => [...byId<HTMLSelectElement>(name).options].map((o) => [o.value, o.text])),
  );
  const money = chosen("cell").dataset["type"] === "money" ? t("，元", ", yuan") : "";
  const rows = sums(found, question, (key, one) =>
    list
      ? `${one.organ}${years.length > 1 ? `（${one.year}）` : ""}`
      : question.by === "division"
        ? one.place
        : question.by === "organ"
          ? one.organ
          : (labels.get(key) ?? key),
  );
  answer = {
    rows,
    group: list ? t("机关", "Organ") : chosen("by").text,
    figure: `${chosen("cell").text}${money}`,
    ...(detail === "organ" || list
      ? { href: (key: string) => `${root}${page(`${key.split("/")[0]}/index.html`)}` }
      : {}),
    chinese: detail !== "none" || question.by === "province",
    total: !list,
    fileName: `nianbao-${field("cell").value.slice(1).replaceAll("/", "-")}.csv`,
  };
  byId("answer").hidden = false;
  tell();
  const ms = Math.round(performance.now() - start);
  const reports = rows.reduce((all, row) => all + row.reports, 0);
  status.textContent =
    rows.length === 0
      ? t("没有这样的报告。", "There are no such reports.")
      : t(
          `${reports.toLocaleString("en")}份报告，用时${ms}毫秒。`,
          `${reports.toLocaleString("en")} reports, in ${ms} ms.`,
        ) + (list ? t("这些数字不相加。", " These are not added up.") : "");
}

const failed = (): void => {
  status.textContent = t(
    "取不到数据，请检查网络后再试。",
    "The data could not be fetched; check the connection and try again.",
  );
};

/** Fills in the years that there are and what the address says, and answers that at once. */
async function start(): Promise<void> {
  const manifest = await load<RootManifest>(`${root}${dataPaths.root}`);
  years = manifest.years;
  field("year").append(...years.toReversed().map((year) => element("option", { value: String(year) }, String(year))));
  // All of a nation's years at once is more than a first look wants.
  field("year").value = String(years.at(-1) ?? "");
  const parameters = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const value = parameters.get(name);
    if (value !== null && [...field(name).options].some((option) => option.value === value)) field(name).value = value;
  }
  if (parameters.size > 0 && !parameters.has("year")) field("year").value = "";
  const sort = parameters.get("sort") ?? "";
  if (isSorting(sort)) sorting = sort;
  form.hidden = false;
  if (parameters.has("cell")) await ask();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask().then(() => byId("answer-head").focus({ preventScroll: true }), failed);
});
byId("csv").addEventListener("click", () => {
  if (answer) download(answer, sorting);
});
start().catch((error: unknown) => {
  console.info(String(error));
  status.textContent = t("这里还没有数据集。", "There is no dataset here yet.");
});
