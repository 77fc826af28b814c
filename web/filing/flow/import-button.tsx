import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { IMPORTED } from "../../../src/formats/registry.ts";
import type { Flow } from "./flow.ts";
import type { FileTrouble } from "./importing.ts";
import { Notice, Progress, type Say } from "./parts.tsx";
import { troubleText } from "./trouble.ts";

/** The kinds of file that can be chosen; what is dropped is told by its content. */
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
  const pasting = useSignal(false);
  const field = useId();

  const take = async (files: Iterable<File> | null | undefined): Promise<void> => {
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
  /** Tables are in what was copied as a page; text alone may be any of what the importer reads. */
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const [html = "", text = ""] = ["text/html", "text/plain"].map((type) => event.clipboardData?.getData(type));
    const isPage = html.includes("<table");
    if (!isPage && text.trim() === "") return;
    pasting.value = false;
    void take([new File([isPage ? html : text], `${say("importPasted")}.${isPage ? "html" : "txt"}`)]);
  };
  // A file that misses would take the place of the page.
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

  const now = trouble.value;
  return (
    <>
      <button
        type="button"
        className={`${className} ${over.value ? "flow-drop" : ""}`}
        {...(hint ? { "aria-describedby": hint } : {})}
        onClick={() => document.getElementById(field)?.click()}
      >
        {say(over.value ? "importDrop" : "importFile")}
      </button>
      {/* The browser's own button speaks the browser's language. */}
      <input
        id={field}
        type="file"
        hidden
        accept={ACCEPTED}
        onChange={(event) => {
          const input = event.currentTarget;
          void take(input.files).finally(() => {
            // The same file, mended, may be opened again.
            input.value = "";
          });
        }}
      />
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
      <Progress busy={reading.value !== ""}>
        {say("importReading", { name: reading.value })}{" "}
        <button
          type="button"
          className="flow-link"
          onClick={() => {
            flow.stopReading();
            reading.value = "";
          }}
        >
          {say("stop")}
        </button>
      </Progress>
      {now && (
        <Notice kind="trouble">
          {now === "several" ? say("importSeveral") : textOf(now, say, flow)}
          {now !== "several" && now.kind === "signedOut" && (
            <>
              {" "}
              <button type="button" className="flow-link" onClick={() => void flow.session.signIn()}>
                {say("signIn")}
              </button>
            </>
          )}
        </Notice>
      )}
    </>
  );
}
