/** A year in one file: the tables of divisions or provinces as they lie there, one after another, or as a workbook. */
import { byId, download, element, load, remember, t } from "./page.ts";
import { fillPlaceFields } from "./place-fields.ts";
import { joined, rowsIn } from "./tables.ts";

const choice = byId("choice");
const [year, province, division] = ["year", "province", "division"].map((id) => byId<HTMLSelectElement>(id)) as [
  HTMLSelectElement,
  HTMLSelectElement,
  HTMLSelectElement,
];
const buttons = ["csv", "xlsx"].map((id) => byId<HTMLButtonElement>(id));
const root = new URL(choice.dataset["root"] || ".", location.href);
const most = Number(choice.dataset["most"]);
const say = (text: string): void => {
  byId("status").textContent = text;
};

/** The files that the choice is put together of. */
function filesOf(): string[] {
  if (division.value !== "") return [`divisions/${division.value}/${year.value}.organs.csv`];
  const provinces =
    province.value === "" ? [...province.options].map(({ value }) => value).filter(Boolean) : [province.value];
  return provinces.map((each) => `provinces/${each}/${year.value}.organs.csv`);
}

/** The text of a file; undefined where a province has nothing of the year. @throws when it cannot be had */
async function textOf(path: string): Promise<string | undefined> {
  const answer = await fetch(new URL(path, root));
  if (answer.status === 404 || answer.status === 403) return undefined;
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
}

/** All files of the choice, one after another, so that a phone holds no more than it needs. */
async function tables(): Promise<string[]> {
  const files = filesOf();
  const found: string[] = [];
  for (const [i, path] of files.entries()) {
    say(t(`正在取第${i + 1}个文件，共${files.length}个……`, `Fetching file ${i + 1} of ${files.length}…`));
    const text = await textOf(path);
    if (text !== undefined) found.push(text);
  }
  return found;
}

async function take(kind: "csv" | "xlsx"): Promise<void> {
  const found = await tables();
  if (found.length === 0) {
    say(t("这一年没有数据。", "There are no data of this year."));
    return;
  }
  const name = `${year.value}-${division.value || province.value || "all"}`;
  const lines = joined(found);
  if (kind === "csv") download(`${name}.csv`, "text/csv;charset=utf-8", lines);
  else {
    const rows = rowsIn(lines);
    if (rows.length - 1 > most) {
      say(
        t(
          `有${rows.length - 1}行，超过${most}行，请下载CSV。`,
          `${rows.length - 1} rows are more than ${most}: take the CSV.`,
        ),
      );
      return;
    }
    const { workbook } = (await import(
      new URL(choice.dataset["xlsx"]!, location.href).href
    )) as typeof import("./xlsx.ts");
    const bytes = await workbook(year.value, rows);
    download(
      `${name}.xlsx`,
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes as Uint8Array<ArrayBuffer>,
    );
  }
  say(t("已存下。", "Saved."));
}

function run(kind: "csv" | "xlsx"): void {
  for (const button of buttons) button.disabled = true;
  take(kind)
    .catch(() => say(t("取不到数据，请检查网络后再试。", "The data could not be fetched; check the connection.")))
    .finally(() => {
      for (const button of buttons) button.disabled = false;
    });
}

async function offerDivisions(wanted = ""): Promise<void> {
  division.options.length = 1;
  division.disabled = province.value === "";
  if (province.value === "") return;
  const path = `search/${province.value}.divisions.json`;
  const known = await load<readonly (readonly [string, string])[]>(new URL(path, root));
  for (const [value, name] of known) division.append(element("option", { value, lang: "zh-CN" }, name));
  division.value = known.some(([code]) => code === wanted) ? wanted : "";
}

const keep = (): void =>
  remember([
    ["year", year.value],
    ["province", province.value],
    ["division", division.value],
  ]);

async function start(): Promise<void> {
  await fillPlaceFields(root);
  await offerDivisions(new URLSearchParams(location.search).get("division") ?? "");
  choice.hidden = false;
  province.addEventListener(
    "change",
    () =>
      void offerDivisions()
        .catch(() => undefined)
        .then(keep),
  );
  for (const select of [year, division]) select.addEventListener("change", keep);
  byId("csv").addEventListener("click", () => run("csv"));
  byId("xlsx").addEventListener("click", () => run("xlsx"));
}

start().catch(() => say(t("取不到数据，请检查网络后再试。", "The data could not be fetched; check the connection.")));
