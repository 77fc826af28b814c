/** Places or organs in order of a figure or a rate; pure, for browsers. */
import type { Figures } from "../index/figure-row.ts";
import { reportedIn } from "./figures.ts";
import { type Share, shareIn } from "./rate.ts";
import type { FormRate, Row } from "./rows.ts";

/** What is ranked by: a row's figure, or a rate. */
export type Measure = { readonly row: Row } | { readonly rate: FormRate };

/** Something to be ranked: figures are absent where nothing stands for the year. */
export interface Candidate {
  readonly name: string;
  readonly href: string;
  readonly edition: string;
  readonly figures: Figures | undefined;
  /** Of a place: how many of its organs are in its figures. */
  readonly organs?: { readonly expected: number; readonly reported: number };
}

export interface Placed extends Candidate {
  /** A count, an amount, or a share between 0 and 1. */
  readonly value: number;
  readonly share?: Share;
}

export interface Ranking {
  /** The largest first; equal values share a rank, from 1. */
  readonly ranked: readonly (Placed & { readonly rank: number })[];
  /** Rates of too little to be ranked, by name. */
  readonly small: readonly Placed[];
  /** Those without a figure. */
  readonly without: readonly Candidate[];
}

function placed(candidate: Candidate, measure: Measure): Placed | undefined {
  const { edition, figures } = candidate;
  if (!figures) return undefined;
  if ("row" in measure) {
    const value = reportedIn(measure.row, edition, figures);
    return value === undefined ? undefined : { ...candidate, value: Number(value) };
  }
  const share = shareIn(measure.rate, edition, figures);
  return share && { ...candidate, value: share.part / share.whole, share };
}

/**
 * Ranks by a measure.
 * @param least the smallest whole of a rate that is ranked
 */
export function rankBy(candidates: readonly Candidate[], measure: Measure, least: number): Ranking {
  const byName = (a: Candidate, b: Candidate): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const all = candidates.flatMap((candidate) => placed(candidate, measure) ?? []);
  const small = all.filter(({ share }) => share && share.whole < least);
  const order = all.filter((each) => !small.includes(each)).sort((a, b) => b.value - a.value || byName(a, b));
  return {
    ranked: order.map((each) => ({ ...each, rank: 1 + order.filter(({ value }) => value > each.value).length })),
    small: small.sort(byName),
    without: candidates.filter((candidate) => !placed(candidate, measure)).sort(byName),
  };
}
