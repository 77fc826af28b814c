/** The whole service on this machine, until Ctrl-C. */
import { ExplainedError } from "../src/basics/explained-error.ts";
import { type Local, type LocalOptions, startLocal } from "./compose.ts";
import { dataDirectory } from "./environment.ts";

/** Why it does not start, where the reason is the user's to mend. */
export class StartError extends ExplainedError {}

/** Where it runs: `PORT` (by default 8080), `S3_PORT` (4568) and `DATA_DIR` (`.data`). */
export interface Place {
  readonly port: number;
  readonly s3Port: number;
  readonly directory: string;
}

export const placeFromEnvironment = (): Place => ({
  port: Number(process.env["PORT"] ?? 8080),
  s3Port: Number(process.env["S3_PORT"] ?? 4568),
  directory: dataDirectory(),
});

/**
 * Starts it; SIGINT and SIGTERM end it and the process, when what is under way is done.
 * @throws StartError when a port is taken
 */
export async function startUntilSignal(place: Place, more: Pick<LocalOptions, "parts"> = {}): Promise<Local> {
  const local = await startLocal({
    ...place,
    ...more,
    onFailing: (key) => console.error(`还没能编入索引，会一直再试 · not indexed yet, tried again without end: ${key}`),
  }).catch((error: NodeJS.ErrnoException & { readonly port?: number }) => {
    if (error.code !== "EADDRINUSE") throw error;
    const [what, variable] = error.port === place.port ? ["服务", "PORT"] : ["存储", "S3_PORT"];
    throw new StartError(
      `${what}端口${error.port}已被占用：请停止占用它的程序，或用 ${variable}=其他端口 换一个。`,
      `Port ${error.port} is in use; stop what uses it, or set ${variable}.`,
    );
  });
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void local.close().then(() => process.exit(0));
    });
  }
  return local;
}
