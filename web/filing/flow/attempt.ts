/** One submission, however often it is sent: its key and what was sent under it. */
export interface Attempt {
  /** `Idempotency-Key`. */
  readonly key: string;
  /** SHA-256 (hex) of the path and body. */
  readonly content: string;
}

/** SHA-256 (hex) of what is sent where. */
export async function contentOf(path: string, body: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(`${path}\n${JSON.stringify(body)}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The attempt to send this content: the unanswered one when that was the same, else a new one. */
export const attemptAt = (
  content: string,
  unanswered: Attempt | undefined,
  newKey = () => crypto.randomUUID(),
): Attempt => (unanswered?.content === content ? unanswered : { key: newKey(), content });
