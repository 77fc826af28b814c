import { draftFile } from "../../../src/rollup/rollup.ts";
import { saveFile } from "../flow/save-file.ts";

/** Has the browser keep bytes as a file. */
export function downloadBytes(name: string, bytes: Uint8Array, type: string): void {
  saveFile(name, new Blob([new Uint8Array(bytes)], { type }));
}

/** Has the browser keep a value as a file, written as the command writes it. */
export const download = (name: string, value: object): void =>
  downloadBytes(name, draftFile(value), "application/json");
