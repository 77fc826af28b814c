import type { Context } from "hono";
import type { Place } from "../src/basics/place.ts";
import { rehearse } from "../src/filing/file.ts";
import { note, unprocessable } from "./answers.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";
import { contextOf, requestOf } from "./request.ts";

/** Bytes: Lambda answers at most 6 MB, in Base64. */
const MAX_PREVIEW = 4 * 1024 * 1024;

const tooLarge = (size: number): ProblemError =>
  new ProblemError({
    status: 422,
    title: "预览过大",
    titleEn: "The preview is too large",
    detail: `排成的PDF有${size}字节，超过预览的上限${MAX_PREVIEW}字节（4 MiB）；可以公布，不能预览`,
    detailEn: `The PDF has ${size} bytes, and a preview may have ${MAX_PREVIEW} (4 MiB); it can be published, not previewed`,
  });

/** @throws ProblemError 422 for what is set and too large to be answered */
export function expectSendable({ length }: Uint8Array): void {
  if (length > MAX_PREVIEW) throw tooLarge(length);
}

/** A PDF that is looked at and kept nowhere. */
export function pdfAnswer(c: Context<Env>, pdf: Uint8Array): Response {
  expectSendable(pdf);
  note(c, { outcome: "previewed" });
  return c.body(new Uint8Array(pdf), 200, { "content-type": "application/pdf" });
}

/** The very PDF that a filing would publish; given to who may publish it, and refused as the filing would be. */
export async function rehearsal(
  c: Context<Env>,
  task: { readonly kind: "original" } | { readonly kind: "correction"; readonly place: Place },
  options: AppOptions,
): Promise<Response> {
  const rehearsed = await rehearse(task, requestOf(c), contextOf(c, options));
  if (!rehearsed.pdf) throw unprocessable(rehearsed, task.kind);
  return pdfAnswer(c, rehearsed.pdf);
}
