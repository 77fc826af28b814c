import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Values } from "../i18n.ts";
import type { MessageKey } from "./messages.ts";
import { useNoticeable } from "./pending.ts";

/** Messages in the language that is chosen. */
export type Say = (key: MessageKey, values?: Values) => string;

/** What is going on, once it has taken so long that people wonder. */
export function Progress({ busy, children }: { readonly busy: boolean; readonly children: ComponentChildren }) {
  const shown = useNoticeable(busy);
  return (
    <div className="flow-progress" role="status">
      {shown && (
        <>
          <span className="flow-spinner" aria-hidden="true" />
          {children}
        </>
      )}
    </div>
  );
}

/** A notice above what it is about. Trouble is read out at once, all else at a pause. */
export function Notice({
  kind = "information",
  children,
}: {
  readonly kind?: "information" | "warning" | "trouble" | "success";
  readonly children: ComponentChildren;
}) {
  return (
    <div className={`flow-notice flow-notice-${kind}`} role={kind === "trouble" ? "alert" : "status"}>
      {children}
    </div>
  );
}

/** The heading of a step: it takes the focus when the step is come to, so that what follows is read out. */
export function StepHeading({
  children,
  focus = true,
}: {
  readonly children: ComponentChildren;
  readonly focus?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} className="flow-heading">
      {children}
    </h2>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Lines; without it a field of one line. */
  readonly rows?: number;
  readonly inputMode?: "numeric" | "text";
  readonly maxLength?: number;
  readonly id?: string;
  readonly className?: string;
}

/** A text field with its label, hint and error. */
export function Field({ label, hint, error, value, onInput, rows, inputMode, maxLength, id, className }: FieldProps) {
  const own = useId();
  const field = id ?? own;
  const described = [hint && `${field}-hint`, error && `${field}-error`].filter(Boolean).join(" ");
  const shared = {
    id: field,
    value,
    ...(described ? { "aria-describedby": described } : {}),
    ...(error ? { "aria-invalid": true } : {}),
    ...(maxLength ? { maxLength } : {}),
    autoComplete: "off",
    spellcheck: false,
  };
  return (
    <div className={`flow-field ${error ? "flow-field-wrong" : ""} ${className ?? ""}`}>
      <label htmlFor={field}>{label}</label>
      {hint && (
        <p id={`${field}-hint`} className="flow-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${field}-error`} className="flow-error">
          {error}
        </p>
      )}
      {rows ? (
        <textarea {...shared} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={inputMode ?? "text"}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

/** One thing to be corrected. */
export interface SummaryLine {
  readonly text: string;
  /** The element where it is corrected. */
  readonly id: string;
  /** The way there when it is not on this page. */
  readonly go?: () => void;
}

/**
 * GOV.UK's error summary: what is to be corrected, each a link to its place. Takes the focus at every try to go on, and
 * at no other time: the list grows shorter while people type.
 */
export function ErrorSummary({
  title,
  errors,
  tries,
}: {
  readonly title: string;
  readonly errors: readonly SummaryLine[];
  /** How often one tried to go on. */
  readonly tries: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [tries]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} className="flow-summary" role="alert" tabIndex={-1}>
      <p className="flow-summary-title">{title}</p>
      <ul>
        {errors.map(({ text, id, go }, i) => (
          <li key={i}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                if (go) go();
                else document.getElementById(id)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
