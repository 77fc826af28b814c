/** An instant as people in China read it, ISO 8601 with +08:00, to the second. */
export function shanghaiTime(instant: Date): string {
  return `${new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`;
}
