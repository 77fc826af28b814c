import { reportOfJson } from "../../formats/json/read.ts";
import type { ExactDocument } from "../document.ts";

/** Reads a `report.json`. */
export const readJson = (bytes: Uint8Array): ExactDocument => ({
  format: "json",
  encoding: "utf-8",
  report: reportOfJson(bytes),
});
