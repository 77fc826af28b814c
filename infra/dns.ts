import { AaaaRecord, ARecord, HostedZone, RecordTarget } from "aws-cdk-lib/aws-route53";
import { Construct } from "constructs";

/** Points a name of a hosted zone, over IPv4 and IPv6, at what AWS serves under another. */
export function alias(
  scope: Construct,
  { id, name }: { readonly id: string; readonly name: string },
  recordName: string,
  target: { readonly domain: string; readonly zoneId: string },
): void {
  const here = new Construct(scope, "Dns");
  const zone = HostedZone.fromHostedZoneAttributes(here, "Zone", { hostedZoneId: id, zoneName: name });
  const props = {
    zone,
    recordName,
    target: RecordTarget.fromAlias({ bind: () => ({ dnsName: target.domain, hostedZoneId: target.zoneId }) }),
  };
  new ARecord(here, "A", props);
  new AaaaRecord(here, "AAAA", props);
}
