/**
 * Opens the page anew, once the service answers; everything that was typed is kept on the device. A browser remembers that
 * an import failed as long as the page lives: this is how what was not fetched comes after all.
 * @returns false where the service does not answer
 */
export async function openAnew(): Promise<boolean> {
  const answer = await fetch(location.pathname, { cache: "no-store" }).catch(() => undefined);
  if (answer?.ok) location.reload();
  return answer?.ok === true;
}
