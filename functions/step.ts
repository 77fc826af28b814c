/** What a state machine asks a function to do: `step`, and what it is to be done with. */
export type Asked = Readonly<Record<string, unknown>>;

/** Whether an event asks for a step of something, and is none of a schedule. */
export const isStep = (event: unknown): boolean => typeof event === "object" && event !== null && "step" in event;

/**
 * Does the step that an event names.
 * @throws TypeError for an event that names none of them
 */
export async function stepOf(
  event: unknown,
  steps: Readonly<Record<string, (asked: Asked) => Promise<unknown>>>,
): Promise<unknown> {
  const asked = typeof event === "object" && event !== null ? (event as Asked) : {};
  const { step } = asked;
  const known = typeof step === "string" && Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (!known) throw new TypeError(`no step: ${JSON.stringify(step)?.slice(0, 80) ?? "none"}; ${Object.keys(steps)}`);
  return known(asked);
}
