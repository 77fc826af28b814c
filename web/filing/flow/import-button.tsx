import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { IMPORTED } from "../../../src/formats/registry.ts";
import type { Flow } from "./flow.ts";
import type { FileTrouble } from "./importing.ts";
import { Notice, Progress, type Say } from "./parts.tsx";
import { troubleText } from "./trouble.ts";

/** The kinds of file that can be chosen; what is dropped is known by its content. */
const ACCEPTED = IMPORTED.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  .map((ending) => `.${ending}`)
  .join(",");

/** Why a file was not read, in words. */
function textOf(trouble: FileTrouble, say: Say, flow: Flow): string {
  switch (trouble.kind) {
    case "file":
      return say("importFailed", { reason: trouble.error.say(flow.language.value) });
    case "tooLarge":
      return say("importFailed", { reason: say("importOver", { size: 4 }) });
    case "signedOut":
      return say("importSignIn");
    case "answer":
      return say("importFailed", { reason: troubleText(trouble.answer, say, flow.language.value === "en") });
  }
}

/** Why a file was not read, and the way to sign in where that is why. */
export function FileTroubleNotice({
  flow,
  trouble,
}: {
  readonly flow: Flow;
  readonly trouble: FileTrouble | "several" | undefined;
}) {
  const { say, session } = flow;
  if (!trouble) return null;
  return (
    <Notice kind="trouble">
      {trouble === "several" ? say("importSeveral") : textOf(trouble, say, flow)}
      {trouble !== "several" && trouble.kind === "signedOut" && (
        <>
          {" "}
          <button type="button" className="flow-link" onClick={() => void session.signIn()}>
            {say("signIn")}
          </button>
        </>
      )}
    </Notice>
  );
}

/** While a file is being read. */
export function Reading({ flow, name }: { readonly flow: Flow; readonly name: Signal<string> }) {
  const { say } = flow;
  return (
    <Progress busy={name.value !== ""}>
      {say("importReading", { name: name.value })}{" "}
      <button
        type="button"
        className="flow-link"
        onClick={() => {
          flow.stopReading();
          name.value = "";
        }}
      >
        {say("stop")}
      </button>
    </Progress>
  );
}

/** A button that has a file chosen. The browser's own would speak the browser's language. */
export function FileButton(props: {
  readonly label: string;
  readonly className: string;
  /** The element that says which files. */
  readonly hint?: string | undefined;
  /** The endings that can be chosen; those of reports unless given. */
  readonly accept?: string;
  readonly take: (files: FileList | null) => Promise<void>;
}) {
  const { label, className, hint, accept = ACCEPTED, take } = props;
  const field = useId();
  return (
    <>
      <button
        type="button"
        className={className}
        {...(hint ? { "aria-describedby": hint } : {})}
        onClick={() => document.getElementById(field)?.click()}
      >
        {label}
      </button>
      <input
        id={field}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          const input = event.currentTarget;
          void take(input.files).finally(() => {
            // The same file, mended, may be opened again.
            input.value = "";
          });
        }}
      />
    </>
  );
}

type Take = (files: Iterable<File> | null | undefined) => Promise<void>;

/** Takes a file that is dropped anywhere on the page: one that misses would take the place of the page. */
function useDrop(flow: Flow, over: Signal<boolean>, take: Take): void {
  useEffect(() => {
    const withFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent): void => {
      if (!withFiles(event)) return;
      event.preventDefault();
      over.value = true;
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) over.value = false;
    };
    const onDrop = (event: DragEvent): void => {
      over.value = false;
      if (!withFiles(event)) return;
      event.preventDefault();
      void take(event.dataTransfer?.files);
    };
    const ends = new AbortController();
    const { signal } = ends;
    addEventListener("dragover", onOver, { signal });
    addEventListener("dragleave", onLeave, { signal });
    addEventListener("drop", onDrop, { signal });
    return () => {
      ends.abort();
      flow.stopReading();
    };
  }, [flow]);
}

/** A report as it was copied from somewhere, read as a file. */
function PasteButton({
  flow,
  className,
  take,
}: {
  readonly flow: Flow;
  readonly className: string;
  readonly take: Take;
}) {
  const { say } = flow;
  const pasting = useSignal(false);
  /** Tables are in what was copied as a page; text alone may be any of what the importer reads. */
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const [html = "", text = ""] = ["text/html", "text/plain"].map((type) => event.clipboardData?.getData(type));
    const isPage = html.includes("<table");
    if (!isPage && text.trim() === "") return;
    pasting.value = false;
    void take([new File([isPage ? html : text], `${say("importPasted")}.${isPage ? "html" : "txt"}`)]);
  };
  return (
    <>
      <button
        type="button"
        className={className}
        aria-expanded={pasting.value}
        onClick={() => {
          pasting.value = !pasting.peek();
        }}
      >
        {say("importPaste")}
      </button>
      {pasting.value && (
        <textarea
          aria-label={say("importPasteHere")}
          placeholder={say("importPasteHere")}
          ref={(element) => element?.focus()}
          onPaste={onPaste}
        />
      )}
    </>
  );
}

/** The choice of a file to be read, with room to drop one anywhere on the page while it is there. */
export function ImportButton({
  flow,
  className,
  hint,
}: {
  readonly flow: Flow;
  readonly className: string;
  /** The element that says which files. */
  readonly hint?: string;
}) {
  const { say } = flow;
  const trouble = useSignal<FileTrouble | "several" | undefined>(undefined);
  const reading = useSignal("");
  const over = useSignal(false);
  const take: Take = async (files) => {
    const [file, ...more] = files ?? [];
    if (!file) return;
    trouble.value = more.length > 0 ? "several" : undefined;
    if (more.length > 0) return;
    reading.value = file.name;
    const found = await flow
      .import(file)
      .catch((): FileTrouble => ({ kind: "answer", answer: { kind: "unreached", reason: "network" } }));
    // Of two the later one is being read still.
    if (reading.peek() === file.name) reading.value = "";
    trouble.value = found;
  };
  useDrop(flow, over, take);
  return (
    <>
      <FileButton
        label={say(over.value ? "importDrop" : "importFile")}
        className={`${className} ${over.value ? "flow-drop" : ""}`}
        hint={hint}
        take={take}
      />
      <PasteButton flow={flow} className={className} take={take} />
      <Reading flow={flow} name={reading} />
      <FileTroubleNotice flow={flow} trouble={trouble.value} />
    </>
  );
}
