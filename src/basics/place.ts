/** (organ, year): where the versions of one report are published. */
export interface Place {
  /** 统一社会信用代码. */
  readonly uscc: string;
  /** The report year. */
  readonly year: number;
}
