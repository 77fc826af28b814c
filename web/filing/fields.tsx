import type { Finding } from "../../src/basics/finding.ts";
import { getCell } from "../../src/form/cells.ts";
import { FindingNote } from "./findings/note.tsx";
import { isShown, placesOf } from "./model/findings.ts";
import type { Form } from "./model/form-model.ts";
import { whenSteady } from "./steady.ts";

interface FieldProps {
  readonly model: Form;
  /** What is told below the part, with the ids of the elements that have it. */
  readonly told: ReadonlyMap<Finding, string>;
  readonly pointer: string;
  readonly label: string;
  readonly hint: string;
  readonly type?: "text" | "date";
  readonly size?: "short" | "long";
  /** What is kept of what was typed. */
  readonly read?: (text: string) => string;
  /** Takes what was typed in the place of putting it into the report. */
  readonly onType?: (text: string) => void;
}

/** One line of text of the report, with what was found of it. */
export function TextField({
  model,
  told,
  pointer,
  label,
  hint,
  type = "text",
  size = "long",
  read = (text) => text,
  onType = (text) => model.edit([[pointer, text === "" ? undefined : text]], `field ${pointer}`),
}: FieldProps) {
  const value = getCell(model.report.value, pointer);
  const shown = { touched: model.touched.value, showAll: model.showAll.value };
  const findings = model.checked.value.findings.filter(
    (finding) =>
      finding.level === "error" &&
      placesOf(finding)[0] === pointer &&
      (isShown(finding, shown) || (finding.id === "S-REQUIRED" && shown.touched.has(pointer))),
  );
  const id = `field${pointer.replaceAll("/", "-")}`;
  const broken = findings.length > 0;
  const below = [...told].flatMap(([finding, note]) => (placesOf(finding).includes(pointer) ? [note] : []));
  return (
    <div class={`field ${broken ? "error" : ""}`}>
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {findings.map((finding, i) => (
        <FindingNote key={finding.id} id={`${id}-finding-${i}`} finding={finding} />
      ))}
      <input
        id={id}
        // Years of four digits: the browser goes on to the month after the fourth.
        {...(type === "date" ? { type, max: "9999-12-31" } : { type: "text" })}
        class={size}
        data-pointer={pointer}
        value={typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={broken ? "true" : undefined}
        aria-describedby={[`${id}-hint`, ...findings.map((_, i) => `${id}-finding-${i}`), ...below].join(" ")}
        onInput={(event) => onType(read(event.currentTarget.value))}
        onPaste={(event) => {
          // A date field takes no text by itself; clerks have 2021年1月26日 in their documents.
          const match =
            type === "date" &&
            /(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})/.exec(
              event.clipboardData?.getData("text/plain").normalize("NFKC") ?? "",
            );
          if (!match) return;
          event.preventDefault();
          const [, year, month = "", day = ""] = match;
          model.set(pointer, `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
        }}
        onBlur={() => {
          const text = getCell(model.report.value, pointer);
          if (typeof text === "string" && text !== text.trim())
            model.edit([[pointer, text.trim() || undefined]], `field ${pointer}`);
          model.seal();
          whenSteady(() => model.touch(pointer));
        }}
      />
    </div>
  );
}
