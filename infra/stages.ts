/** Where and how nianbao is deployed: one entry a stage. */
export interface Stage {
  readonly name: string;
  /** The region decides the partition: cn-* is aws-cn. */
  readonly region: string;
  /** How long logs are kept, days. */
  readonly logDays: 90 | 180 | 365;
  /** Requests a second that the front lets through, and how many at once. January needs more than the rest of the year. */
  readonly rate: number;
  readonly burst: number;
  /** Where alarms are mailed; none when absent. */
  readonly alarmEmail?: string;
}

export const stages: readonly Stage[] = [
  { name: "global", region: "ap-southeast-1", logDays: 180, rate: 50, burst: 100 },
  { name: "china", region: "cn-north-1", logDays: 180, rate: 50, burst: 100 },
];
