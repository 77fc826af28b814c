/** Undo and redo over everything that is typed. */

/** A state with what led to it. */
export interface Step<State> {
  readonly state: State;
  /** Where the change was made, to go there when it is undone. */
  readonly pointer: string;
  /** Changes with the same tag, one right after another, are one step: the letters of a word, the digits of a figure. */
  readonly tag?: string | undefined;
}

/** The steps up to now and those that were undone; never changed in place. */
export interface History<State> {
  readonly past: readonly Step<State>[];
  readonly present: Step<State>;
  readonly future: readonly Step<State>[];
}

const LIMIT = 500;

export const begin = <State>(state: State): History<State> => ({
  past: [],
  present: { state, pointer: "" },
  future: [],
});

export function record<State>(history: History<State>, step: Step<State>): History<State> {
  const { past, present } = history;
  const merged = step.tag !== undefined && step.tag === present.tag && past.length > 0;
  return { past: merged ? past : [...past, present].slice(-LIMIT), present: step, future: [] };
}

/** Ends a run of changes that would have been one step. */
export const seal = <State>(history: History<State>): History<State> =>
  history.present.tag === undefined
    ? history
    : { ...history, present: { state: history.present.state, pointer: history.present.pointer } };

export function undo<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  if (!before) return history;
  const { tag: _, ...present } = before;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

export function redo<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future;
  if (!next) return history;
  const { tag: _, ...present } = next;
  return { past: [...history.past, history.present], present, future };
}
