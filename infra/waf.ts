import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import type { Stage } from "./stages.ts";

/** Lists of rules that AWS keeps: addresses of bad repute, and inputs that no honest reader sends. */
const MANAGED = ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet"] as const;

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

/** The web ACL of CloudFront. A stack of its own: those of scope CLOUDFRONT are kept in us-east-1 alone. */
export class WafStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: StackProps & { readonly waf: NonNullable<Stage["waf"]> }) {
    super(scope, id, props);
    const { requestsPerFiveMinutes: limit } = props.waf;
    this.webAclArn = new CfnWebACL(this, "WebAcl", {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: visible("nianbao"),
      rules: [
        ...MANAGED.map(
          (name, priority): CfnWebACL.RuleProperty => ({
            name,
            priority,
            overrideAction: { none: {} },
            statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
            visibilityConfig: visible(name),
          }),
        ),
        {
          name: "RateByAddress",
          priority: MANAGED.length,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
          visibilityConfig: visible("RateByAddress"),
        },
      ],
    }).attrArn;
  }
}
