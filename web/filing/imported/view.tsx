import { withoutRepeats } from "../../../src/import/repeats.ts";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import type { ImportedFile } from "../flow/importing.ts";
import { Notice, StepHeading } from "../flow/parts.tsx";
import { inLanguage } from "../i18n.ts";
import { CellTable, GROUPS, groupOf } from "./cells.tsx";
import { Choices } from "./choices.tsx";
import { Findings } from "./findings.tsx";
import { LeftOut } from "./left-out.tsx";
import { say } from "./texts.ts";

/** How far a file was read: in what format, how many of the figures, and what is to be done about the rest. */
function Extent({ file }: { readonly file: ImportedFile }) {
  const { account, report } = file;
  const place = placeOf(report);
  const named = say("draftOf", { organ: place.organ ?? say("unnamed"), year: place.year ?? "" });
  if (!account) return <p className="flow-hint">{named}</p>;
  const { cells, findings, format, encoding, edition } = account;
  const lost = cells.filter((cell) => groupOf(cell) === "importAttend").length;
  const errors = findings.filter(({ level }) => level === "error").length;
  const facts = [
    named,
    [format.toUpperCase(), encoding].filter(Boolean).join(inLanguage(["，", ", "])),
    ...(edition ? [say("importEditionOf", { edition })] : []),
  ];
  const count = cells.filter(({ how }) => how === "read" || how === "blank" || how === "exact").length;
  return (
    <>
      <p className="flow-hint">{facts.join(" · ")}</p>
      <p>{say("importCells", { count, all: cells.length })}</p>
      {lost > 0 || errors > 0 ? (
        <Notice kind="warning">{say(lost > 0 ? "importLost" : "importErrors", { count: lost, errors })}</Notice>
      ) : (
        <Notice kind="success">{say("importWhole")}</Notice>
      )}
    </>
  );
}

/** What a file was read as, and how: errors first, then the choice, then every cell. */
export function ImportView({ flow }: { readonly flow: Flow }) {
  const file = flow.imported.value;
  if (!file) return null;
  const { account, accepted } = file;
  const found = account?.findings ?? [];
  const checks = withoutRepeats(file.findings, found);
  const texts = account?.leftOut ?? [];
  return (
    <div className="flow-step flow-imported">
      <StepHeading>{say(accepted ? "importedTitle" : "importTitle", { name: file.name })}</StepHeading>
      <Extent file={file} />
      {found.length > 0 && (
        <>
          <h3>{say("importFindings", { count: found.length })}</h3>
          <Findings flow={flow} file={file} findings={found} />
        </>
      )}
      {checks.length > 0 && (
        <details>
          <summary>{say("importChecks", { count: checks.length })}</summary>
          <p className="flow-hint">{say("importChecksHint")}</p>
          <Findings flow={flow} file={file} findings={checks} />
        </details>
      )}
      {accepted ? (
        <div className="flow-actions">
          <button type="button" className="flow-button flow-primary" onClick={() => flow.leaveImport()}>
            {say("backToForm")}
          </button>
        </div>
      ) : (
        <Choices flow={flow} file={file} />
      )}
      {GROUPS.map((group) => (
        <CellTable key={group} flow={flow} file={file} group={group} />
      ))}
      <LeftOut title={say("importLeft", { count: texts.length })} texts={texts} />
      <LeftOut
        title={say("importLeft", { count: file.leftOut.length })}
        texts={file.leftOut.map((text) => ({ text }))}
      />
    </div>
  );
}
