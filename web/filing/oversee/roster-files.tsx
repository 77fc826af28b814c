import { type Signal, useSignal } from "@preact/signals";
import type { Roster } from "../../../src/roster/roster.ts";
import type { RowProblem } from "../../../src/roster/table.ts";
import { FileButton } from "../flow/import-button.tsx";
import { Notice } from "../flow/parts.tsx";
import { inLanguage } from "../i18n.ts";
import { download, downloadBytes } from "./download.ts";
import { Listed } from "./listed.tsx";
import type { RosterInWork, TypedOrgan } from "./roster.ts";
import { say } from "./texts.ts";

const TYPES = {
  csv: "text/csv;charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
const LISTS = ".xlsx,.csv,.tsv,.txt,.json";

/** What came of reading a file. */
interface Taken {
  readonly file: string;
  readonly before: readonly TypedOrgan[];
  readonly count: number;
  readonly guessed: { readonly kinds: number; readonly superiors: number };
  readonly problems: readonly RowProblem[];
}

/** What was read of a file, and the way back. */
function TakenNotice({ roster, taken }: { readonly roster: RosterInWork; readonly taken: Signal<Taken | undefined> }) {
  if (!taken.value) return null;
  const { file, count, before, guessed, problems } = taken.value;
  return (
    <Notice kind={problems.length > 0 ? "warning" : "success"}>
      {say("importedRoster", { file, count, before: before.length })}{" "}
      {guessed.kinds + guessed.superiors > 0 && say("guessedRoster", { ...guessed })}{" "}
      <button
        type="button"
        className="flow-link"
        onClick={() => {
          roster.replace(before);
          taken.value = undefined;
        }}
      >
        {say("takeBack")}
      </button>
      <Listed
        title={say("importProblems", { count: problems.length })}
        lines={problems.map(({ where, zh, en }) => `${where} ${inLanguage([zh, en])}`)}
      />
    </Notice>
  );
}

/** A roster as a file, out and in: JSON, and the tables that offices keep. */
export function RosterFiles({ roster }: { readonly roster: RosterInWork }) {
  const taken = useSignal<Taken | undefined>(undefined);
  const trouble = useSignal("");
  const { division } = roster;
  const write = async (kind: "csv" | "xlsx"): Promise<void> => {
    const { tableOf } = await import("./roster-tables.ts");
    downloadBytes(`roster-${division}.${kind}`, await tableOf(kind, roster.content as unknown as Roster), TYPES[kind]);
  };
  const read = async (files: FileList | null, guess: boolean): Promise<void> => {
    const [file] = files ?? [];
    if (!file) return;
    trouble.value = "";
    taken.value = undefined;
    const { ListError, rosterOfFile } = await import("./roster-tables.ts");
    try {
      const { roster: made, problems, guessed } = await rosterOfFile(file, division, guess);
      const before = roster.organs.peek();
      roster.replace(made.organs.map((organ) => ({ ...organ })));
      taken.value = { file: file.name, before, count: made.organs.length, guessed, problems };
    } catch (error) {
      if (!(error instanceof ListError)) throw error;
      trouble.value = say("importNot", { file: file.name, reason: inLanguage(error.pair) });
    }
  };
  return (
    <>
      <div className="flow-actions">
        <button
          type="button"
          className="flow-button"
          onClick={() => download(`roster-${division}.json`, roster.content)}
        >
          {say("downloadRoster")}
        </button>
        <button type="button" className="flow-button" onClick={() => void write("csv")}>
          {say("downloadCsv")}
        </button>
        <button type="button" className="flow-button" onClick={() => void write("xlsx")}>
          {say("downloadXlsx")}
        </button>
        <FileButton
          label={say("importRoster")}
          className="flow-button"
          accept={LISTS}
          take={(files) => read(files, false)}
        />
        <FileButton
          label={say("draftRoster")}
          className="flow-button"
          accept={LISTS}
          take={(files) => read(files, true)}
        />
      </div>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <TakenNotice roster={roster} taken={taken} />
    </>
  );
}
