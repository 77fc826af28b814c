import type { PublicationRecord } from "./record.ts";

/** A filer's key that was used for something else. */
export class KeyReusedError extends Error {
  readonly record: PublicationRecord;

  constructor(record: PublicationRecord) {
    super("Idempotency-Key was used for another submission");
    this.name = "KeyReusedError";
    this.record = record;
  }
}
