/** The plain server by itself, as a container runs it. */
import { ServeError, serve } from "./serve.ts";

await serve().catch((error: unknown) => {
  if (!(error instanceof ServeError)) throw error;
  // Ends with sentences instead of a stack.
  for (const message of new Set([error.message, error.messageEn])) console.error(message);
  process.exit(1);
});
