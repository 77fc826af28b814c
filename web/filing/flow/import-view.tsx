import type { Finding, Level } from "../../../src/basics/finding.ts";
import type { AccountCell } from "../../../src/import/account.ts";
import { withoutRepeats } from "../../../src/import/repeats.ts";
import { inLanguage, messageOf } from "../i18n.ts";
import { t } from "../texts.ts";
import { placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";
import type { ImportedFile } from "./importing.ts";
import { Notice, type Say, StepHeading } from "./parts.tsx";

/** How cells are shown together, what needs to be looked at first. */
const GROUPS = ["importAttend", "importAssumed", "importNormalized", "importAsIs"] as const;
type Group = (typeof GROUPS)[number];

function groupOf({ how, sure, notes }: AccountCell): Group {
  if (how === "missing" || how === "implied" || how === "unread" || sure === "unsure") return "importAttend";
  if (how === "blank" || how === "computed" || sure === "likely") return "importAssumed";
  return notes.some((note) => note !== "space") ? "importNormalized" : "importAsIs";
}

const HOWS = {
  read: "howRead",
  blank: "howBlank",
  computed: "howComputed",
  implied: "howImplied",
  exact: "howExact",
  unread: "howUnread",
  missing: "howMissing",
} as const;

const LEVELS: readonly Level[] = ["error", "warning", "information"];
const byLevel = (findings: readonly Finding[]): Finding[] =>
  LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));

/** So many cells of one finding are linked; the tables below have them all. */
const MOST_LINKS = 6;
const rowOf = (pointer: string): string => `import${pointer}`;

/** To a cell: in the form, once it is there; before, to what is said of it below. */
function follow(flow: Flow, pointer: string): void {
  if (flow.imported.peek()?.accepted) {
    flow.backToForm(pointer);
    return;
  }
  const row = document.getElementById(rowOf(pointer));
  row?.closest("details")?.setAttribute("open", "");
  row?.focus();
  row?.scrollIntoView({ block: "center" });
}

function Findings({
  flow,
  file,
  findings,
}: {
  readonly flow: Flow;
  readonly file: ImportedFile;
  readonly findings: readonly Finding[];
}) {
  const known = new Map(file.account?.cells.map((cell) => [cell.pointer, inLanguage([cell.label, cell.labelEn])]));
  const linked = ({ cells }: Finding) =>
    cells.filter(({ of, pointer }) => !of && (file.accepted || known.has(pointer)));
  return (
    <ul className="flow-findings">
      {byLevel(findings).map((finding, i) => (
        <li key={i} className={`flow-finding flow-import-${finding.level}`}>
          <p className="flow-finding-message">
            <b>{t(finding.level)}</b> {messageOf(finding)} <span className="flow-finding-id">{finding.id}</span>
          </p>
          <p className="flow-finding-cells">
            {linked(finding)
              .slice(0, MOST_LINKS)
              .map(({ pointer, label }) => (
                <a
                  key={pointer}
                  href={`#${rowOf(pointer)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    follow(flow, pointer);
                  }}
                >
                  {known.get(pointer) ?? label}
                </a>
              ))}
            {linked(finding).length > MOST_LINKS && (
              <span className="flow-hint">{flow.say("importMore", { count: linked(finding).length })}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

const valueText = (value: AccountCell["value"]): string =>
  typeof value === "object" ? `${value.amount}${value.unit}` : String(value ?? "");

function CellTable({ flow, file, group }: { readonly flow: Flow; readonly file: ImportedFile; readonly group: Group }) {
  const { say } = flow;
  const cells = (file.account?.cells ?? []).filter((cell) => groupOf(cell) === group);
  if (cells.length === 0) return null;
  const title = say(group, { count: cells.length });
  return (
    <details open={group === "importAttend"}>
      <summary>{title}</summary>
      {/* A region that scrolls must be reached by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls */}
      <section className="flow-scroll" tabIndex={0} aria-label={title}>
        <table className="flow-table">
          <thead>
            <tr>
              <th scope="col">{say("place")}</th>
              <th scope="col">{say("importSource")}</th>
              <th scope="col">{say("importValue")}</th>
              <th scope="col">{say("importHow")}</th>
            </tr>
          </thead>
          <tbody>
            {cells.map(({ pointer, label, labelEn, source, value, how, notes, sure }) => (
              <tr key={pointer} id={rowOf(pointer)} tabIndex={-1}>
                <th scope="row">
                  {file.accepted ? (
                    <button type="button" className="flow-link" onClick={() => follow(flow, pointer)}>
                      {inLanguage([label, labelEn])}
                    </button>
                  ) : (
                    inLanguage([label, labelEn])
                  )}
                </th>
                <td>{source === undefined ? say("importNoCell") : source.trim() || say("importBlank")}</td>
                <td>{value === undefined ? say("empty") : valueText(value)}</td>
                <td>
                  {[
                    say(HOWS[how]),
                    ...notes.map((note) => t(note)),
                    ...(sure === "certain" ? [] : [say(sure === "likely" ? "sureLikely" : "sureUnsure")]),
                  ].join(inLanguage(["；", "; "]))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function LeftOut({
  say,
  title,
  texts,
}: {
  readonly say: Say;
  readonly title: string;
  readonly texts: readonly { readonly text: string; readonly where?: string }[];
}) {
  if (texts.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <p className="flow-hint">{say("importLeftOutHint")}</p>
      <ul className="flow-left-out">
        {texts.map(({ text, where }, i) => (
          <li key={i}>
            {where && <span className="flow-hint">{where}</span>} {text}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What can be done with a file that was read: nothing is in a draft before one of these. */
function Choices({ flow, file }: { readonly flow: Flow; readonly file: ImportedFile }) {
  const { say, drafts } = flow;
  const into = flow.draftForFile;
  const open = drafts.open.value !== undefined;
  const [theirs, mine] = [placeOf(file.report), placeOf(into?.report ?? {})];
  const other =
    into &&
    ((theirs.year !== undefined && theirs.year !== mine.year) ||
      (theirs.organ !== undefined && mine.organ !== undefined && theirs.organ !== mine.organ));
  const name = into && say("draftOf", { organ: mine.organ ?? mine.uscc ?? say("unnamed"), year: mine.year ?? "" });
  return (
    <>
      {file.account?.offers?.map(
        ({ value, source, sourceEn }) =>
          file.report["signed"] !== value && (
            <p key={value}>
              <button
                type="button"
                className="flow-button"
                onClick={() => {
                  flow.imported.value = { ...file, report: { ...file.report, signed: value } };
                }}
              >
                {say("importOffer", { date: value, source: inLanguage([source, sourceEn]) })}
              </button>
            </p>
          ),
      )}
      {into && (
        <Notice kind={other ? "warning" : "information"}>
          {say(other ? "importOther" : "importInto", {
            draft: name ?? "",
            file: say("draftOf", { organ: theirs.organ ?? say("unnamed"), year: theirs.year ?? "" }),
          })}
        </Notice>
      )}
      <div className="flow-actions">
        {into && (
          <button
            type="button"
            className={`flow-button ${other ? "" : "flow-primary"}`}
            onClick={() => void flow.accept(into)}
          >
            {say("importAccept", { draft: name ?? "" })}
          </button>
        )}
        <button
          type="button"
          className={`flow-button ${into && !other ? "" : "flow-primary"}`}
          onClick={() => void flow.accept(undefined)}
        >
          {say("importAcceptNew")}
        </button>
        <button type="button" className="flow-link" onClick={() => flow.leaveImport()}>
          {say(open ? "importCancelForm" : "importCancel")}
        </button>
      </div>
    </>
  );
}

/** What a file was read as, and how: errors first, then the choice, then every cell. */
export function ImportView({ flow }: { readonly flow: Flow }) {
  const { say } = flow;
  const file = flow.imported.value;
  if (!file) return null;
  const { account, report, accepted } = file;
  const place = placeOf(report);
  const cells = account?.cells ?? [];
  const checks = withoutRepeats(file.findings, account?.findings ?? []);
  const lost = cells.filter((cell) => groupOf(cell) === "importAttend").length;
  const errors = account?.findings.filter(({ level }) => level === "error").length ?? 0;
  const facts = [
    say("draftOf", { organ: place.organ ?? say("unnamed"), year: place.year ?? "" }),
    ...(account
      ? [[account.format.toUpperCase(), account.encoding].filter(Boolean).join(inLanguage(["，", ", "]))]
      : []),
    ...(account?.edition ? [say("importEditionOf", { edition: account.edition })] : []),
  ];
  return (
    <div className="flow-step flow-imported">
      <StepHeading>{say(accepted ? "importedTitle" : "importTitle", { name: file.name })}</StepHeading>
      <p className="flow-hint">{facts.join(" · ")}</p>
      {account && (
        <p>
          {say("importCells", {
            count: cells.filter(({ how }) => how === "read" || how === "blank" || how === "exact").length,
            all: cells.length,
          })}
        </p>
      )}
      {account && (lost > 0 || errors > 0) && (
        <Notice kind="warning">{say(lost > 0 ? "importLost" : "importErrors", { count: lost, errors })}</Notice>
      )}
      {account && lost === 0 && errors === 0 && <Notice kind="success">{say("importWhole")}</Notice>}
      {account && account.findings.length > 0 && (
        <>
          <h3>{say("importFindings", { count: account.findings.length })}</h3>
          <Findings flow={flow} file={file} findings={account.findings} />
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
      <LeftOut
        say={say}
        title={say("importLeft", { count: account?.leftOut.length ?? 0 })}
        texts={account?.leftOut ?? []}
      />
      <LeftOut
        say={say}
        title={say("importLeft", { count: file.leftOut.length })}
        texts={file.leftOut.map((text) => ({ text }))}
      />
    </div>
  );
}
