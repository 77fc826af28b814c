import { draftFile } from "../../../src/rollup/rollup.ts";

/** Has the browser keep bytes as a file. */
export function downloadBytes(name: string, bytes: Uint8Array, type: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Has the browser keep a value as a file, written as the command writes it. */
export const download = (name: string, value: object): void =>
  downloadBytes(name, draftFile(value), "application/json");
