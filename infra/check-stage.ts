import type { Stage } from "./stages.ts";

/** A stage that cannot be deployed, with everything that is wrong with it. */
export class StageError extends Error {
  constructor(stage: string, faults: readonly string[]) {
    super([`infra/stages.ts，阶段“${stage}” · stage "${stage}":`, ...faults.map((fault) => `- ${fault}`)].join("\n"));
    this.name = "StageError";
  }
}

const certificateIn = (arn: string, region: string): boolean =>
  new RegExp(`^arn:aws(-cn)?:acm:${region}:\\d{12}:certificate/[\\w-]+$`).test(arn);

/** Names that are nobody's (RFC 2606, RFC 6761): what is deployed with them fails half-way. */
const isNobodys = (host: string): boolean => /(^|\.)(example|invalid|localhost|example\.(com|net|org))$/.test(host);
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : "");

const positive = (number: number | undefined): boolean =>
  number === undefined || (Number.isInteger(number) && number > 0);

type Rule = readonly [wrong: boolean, fault: string];

/** Limits that Step Functions would refuse, or under which nothing is done. */
const limitsWrong = ({ jobs }: Stage): boolean =>
  typeof jobs === "object" &&
  Object.values(jobs).some(
    ({ atOnce, toleratedFailures: failures }) =>
      !(Number.isInteger(atOnce) && atOnce >= 1 && atOnce <= 10_000 && failures >= 0 && failures <= 100),
  );

/** Batches that SQS would refuse, or that the indexer does not get through in its time. */
const batchesWrong = ({ indexing = { most: 1, windowSeconds: 1 } }: Stage): Rule => {
  const within = (number: number, most: number): boolean => Number.isInteger(number) && number >= 1 && number <= most;
  return [
    !(within(indexing.most, 1000) && within(indexing.windowSeconds, 300)),
    "indexing 的 most 应为1至1000，windowSeconds 应为1至300 · indexing: most is 1 to 1000, windowSeconds 1 to 300",
  ];
};

/** What is to be filled in before the first deployment. */
const filledIn = ({ oidc, alarmEmail }: Stage): readonly Rule[] => [
  [
    oidc !== undefined && isNobodys(hostOf(oidc.issuer)),
    "oidc.issuer 是占位的域名，换成真的登录服务：API Gateway 建授权器时就要连得上 · oidc.issuer is a placeholder: API Gateway reaches for the issuer when it makes the authorizer",
  ],
  [
    alarmEmail !== null && isNobodys(alarmEmail.slice(alarmEmail.indexOf("@") + 1)),
    "alarmEmail 是占位的地址，换成收得到告警的邮箱 · alarmEmail is a placeholder: set one that somebody reads",
  ],
];

const said = (rules: readonly Rule[]): string[] => rules.flatMap(([wrong, fault]) => (wrong ? [fault] : []));

/** What a stage has still of its example: its templates can be looked at, and deploying it would fail half-way. */
export const placeholdersIn = (stage: Stage): readonly string[] => said(filledIn(stage));

/** How an address and a runtime are written. */
const wellFormed = ({ alarmEmail, runtime }: Stage): readonly Rule[] => [
  [
    alarmEmail !== null && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(alarmEmail),
    "alarmEmail 应为邮箱，不要告警的写 null · alarmEmail must be an address, or null for no alarms",
  ],
  [
    runtime !== undefined && !/^nodejs(2[2-9]|[3-9]\d)\.x$/.test(runtime),
    "runtime 应为 nodejs22.x 或更新的 · runtime must be nodejs22.x or later: the bundles are made for it",
  ],
];

/** What is wrong with the log's keys and its witnesses. */
const logOf = ({ log, witnesses }: Stage): readonly Rule[] => [
  [
    log !== undefined && "kms" in log && !log.kms.every((name) => /^[A-Za-z0-9]{1,20}$/.test(name)),
    "log.kms 的名称应为字母和数字 · the names in log.kms must be letters and digits",
  ],
  [
    log !== undefined && ("kms" in log ? log.kms : log.keys).length === 0,
    "log 应至少有一个密钥 · log needs at least one key",
  ],
  [
    witnesses?.some(({ url }) => !/^https:\/\/\S+$/.test(url)) ?? false,
    "witnesses 的网址应为 https · the addresses of witnesses must be https",
  ],
];

/**
 * Checks what the types cannot say.
 * @param account whether there is one to deploy to; without, what is still to be filled in is no fault
 * @throws StageError
 */
export function checkStage(stage: Stage, account = true): void {
  const { region, delivery, oidc, domain, waf } = stage;
  const china = region.startsWith("cn-");
  const rules: readonly Rule[] = [
    ...(account ? filledIn(stage) : []),
    ...wellFormed(stage),
    [
      !/^[a-z][a-z0-9-]{0,19}$/.test(stage.name),
      "name 应为小写字母开头的小写字母、数字和连字符，至多20个 · name: lower-case letters, digits and hyphens, at most 20",
    ],
    [
      china && !oidc,
      "中国区没有 Cognito 用户池，须写 oidc · Cognito user pools are not offered in aws-cn: set oidc to an issuer of your own",
    ],
    [
      oidc !== undefined && !/^https:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(oidc.issuer),
      "oidc.issuer 应为 https 网址，不带 ? 和 # · oidc.issuer must be an https URL without query and fragment",
    ],
    [
      china && delivery === "cloudfront",
      '中国区的 CloudFront 没有默认域名、不用 ACM 证书、须先备案，本栈不支持；请用 delivery: "bucket"，或另设CDN · CloudFront in aws-cn has no default domain, takes no ACM certificate and needs an ICP recordal; this stack does not support it: use delivery "bucket"',
    ],
    [
      waf !== undefined && delivery !== "cloudfront",
      'HTTP API 和存储桶不能挂 WAF，waf 只与 delivery: "cloudfront" 合用 · WAF attaches neither to an HTTP API nor to a bucket: waf needs delivery "cloudfront"',
    ],
    [
      waf !== undefined && !(Number.isInteger(waf.requestsPerFiveMinutes) && waf.requestsPerFiveMinutes >= 100),
      "waf.requestsPerFiveMinutes 至少为100 · at least 100",
    ],
    [
      domain?.published !== undefined && delivery !== "cloudfront",
      'domain.published 只与 delivery: "cloudfront" 合用 · domain.published needs delivery "cloudfront"',
    ],
    [
      domain?.published !== undefined && !certificateIn(domain.published.certificateArn, "us-east-1"),
      "CloudFront 的证书应在 us-east-1 · domain.published.certificateArn must be an ACM certificate of us-east-1",
    ],
    [
      domain !== undefined && !certificateIn(domain.api.certificateArn, region),
      `接口的证书应在 ${region} · domain.api.certificateArn must be an ACM certificate of ${region}`,
    ],
    ...logOf(stage),
    [!positive(stage.objectLockDays), "objectLockDays 应为正整数 · objectLockDays must be a positive integer"],
    [!positive(stage.importsAtOnce), "importsAtOnce 应为正整数 · importsAtOnce must be a positive integer"],
    batchesWrong(stage),
    [
      limitsWrong(stage),
      "jobs 的 atOnce 应为1至10000，toleratedFailures 应为0至100 · jobs: atOnce is 1 to 10000, toleratedFailures 0 to 100",
    ],
    [
      stage.budgetUsd !== undefined && (china || !stage.alarmEmail),
      "budgetUsd 须有 alarmEmail，中国区不支持 · budgetUsd needs alarmEmail and is not offered in aws-cn",
    ],
  ];
  const faults = said(rules);
  if (faults.length > 0) throw new StageError(stage.name, faults);
}
