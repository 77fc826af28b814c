import { draftFile } from "../../../src/rollup/rollup.ts";

/** Has the browser keep a value as a file, written as the command writes it. */
export function download(name: string, value: object): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(draftFile(value))], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
