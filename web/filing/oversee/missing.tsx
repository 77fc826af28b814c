import { useSignal } from "@preact/signals";
import type { MissingSource } from "../../../src/rollup/rollup.ts";
import type { DraftReport } from "../contract.ts";
import { placeOf } from "../flow/draft.ts";
import { FileButton } from "../flow/import-button.tsx";
import { readFile } from "../flow/importing.ts";
import { Notice } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import type { RollupHost } from "./host.ts";
import { messageText, Windowed } from "./listed.tsx";
import { say } from "./texts.ts";

const STATES = { missing: "stateMissing", withdrawn: "stateWithdrawn", unusable: "stateUnusable" } as const;

/** A report that was put in by hand. */
export interface PutIn {
  readonly organ: { readonly uscc: string; readonly name: string };
  readonly report: DraftReport;
  /** What the file itself says that it is. */
  readonly file: string;
}

/** The organs of which there is nothing, each with the way to put its report in by a file. */
export function Missing(props: {
  readonly flow: RollupHost;
  readonly year: number;
  readonly missing: readonly MissingSource[];
  readonly putIn: (put: PutIn) => Promise<void>;
}) {
  const { flow, year, missing, putIn } = props;
  const trouble = useSignal("");
  const take = async (organ: MissingSource, files: FileList | null): Promise<void> => {
    const [file] = files ?? [];
    if (!file) return;
    trouble.value = "";
    const read = await readFile(file, flow.api, flow.startReading());
    if (read.kind === "trouble") {
      const { trouble: why } = read;
      const reason =
        why.kind === "answer"
          ? troubleText(why.answer, flow.say, flow.language.peek() === "en")
          : why.kind === "file"
            ? why.error.say(flow.language.peek())
            : say(why.kind === "tooLarge" ? "importOver" : "importSignIn", { size: 4 });
      trouble.value = say("putInNot", { name: organ.name, reason });
    }
    if (read.kind !== "read") return;
    const stated = placeOf(read.file.report);
    const says = [stated.organ, stated.uscc, stated.year].filter(Boolean).join(" ");
    if ((stated.uscc ?? organ.uscc) !== organ.uscc || (stated.year ?? year) !== year) {
      trouble.value = say("putInNot", { name: organ.name, reason: say("putInOther", { file: says }) });
      return;
    }
    // Whoever puts it in says whose it is: a file seldom has a code.
    const { uscc, name } = organ;
    const report = { ...read.file.report, year, organ: { name, uscc } };
    await putIn({ organ, report, file: says || file.name });
  };
  if (missing.length === 0) return null;
  return (
    <>
      <h4>{say("missingOrgans", { count: missing.length })}</h4>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <Windowed
        items={missing}
        item={(organ) => (
          <li key={organ.uscc}>
            {organ.name}（{say(STATES[organ.state])}
            {organ.reason && `：${messageText(organ.reason)}`}）{" "}
            <FileButton
              label={say("putIn", { name: organ.name })}
              className="flow-link"
              take={(files) => take(organ, files)}
            />
          </li>
        )}
      />
    </>
  );
}
