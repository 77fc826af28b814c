import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { Stage } from "./stages.ts";

/**
 * The month's costs of the account, mailed at 80 % and when they are expected to pass. Of the whole account: a filter by tag
 * counts nothing until somebody activates the tag in the billing console, which no template can do.
 */
export function budget(scope: Construct, { name, budgetUsd, alarmEmail }: Stage): void {
  if (budgetUsd === undefined || alarmEmail === null) return;
  const tell = (notificationType: string, threshold: number): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: { notificationType, threshold, thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" },
    subscribers: [{ subscriptionType: "EMAIL", address: alarmEmail }],
  });
  new CfnBudget(scope, "Budget", {
    budget: {
      budgetName: `nianbao-${name}`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: budgetUsd, unit: "USD" },
    },
    notificationsWithSubscribers: [tell("ACTUAL", 80), tell("FORECASTED", 100)],
  });
}
