import type { Finding, Level } from "../../../src/basics/finding.ts";
import type { Flow } from "../flow/flow.ts";
import type { ImportedFile } from "../flow/importing.ts";
import { inLanguage, messageOf } from "../i18n.ts";
import { t } from "../texts.ts";
import { follow, rowOf } from "./follow.ts";
import { say } from "./texts.ts";

const LEVELS: readonly Level[] = ["error", "warning", "information"];
const byLevel = (findings: readonly Finding[]): Finding[] =>
  LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));

/** So many cells of one finding are linked; the tables below have them all. */
const MOST_LINKS = 6;

/** What was found, errors first, each with links to its cells. */
export function Findings({
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
        <li key={i} data-rule={finding.id} className={`flow-finding flow-import-${finding.level}`}>
          <p className="flow-finding-message">
            <b>{t(finding.level)}</b> {messageOf(finding)}
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
              <span className="flow-hint">{say("importMore", { count: linked(finding).length })}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
