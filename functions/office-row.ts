import type { Context } from "hono";
import type { Place } from "../src/basics/place.ts";
import { type Office, openOffice } from "../src/office/open.ts";
import { keepRow } from "../src/office/rows.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";

/**
 * Puts how a place stands into the list that the desk reads. What was asked for is done by then: a list that cannot be
 * written is for the log, and is mended when the place is next opened.
 * @param known as it was just read
 */
export async function listPlace(
  c: Context<Env>,
  { store, log, review = "none" }: AppOptions,
  place: Place,
  known?: Office,
): Promise<void> {
  try {
    await keepRow(store, place, known ?? (await openOffice(store, place, review)));
  } catch (error) {
    log.fault(error as Error, { requestId: c.get("requestId"), method: c.req.method, path: c.req.path });
  }
}
