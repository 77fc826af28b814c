import { fileURLToPath } from "node:url";
import { Annotations, Stack, type StackProps } from "aws-cdk-lib";
import type { Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { Batch } from "./batch.ts";
import { budget } from "./budget.ts";
import { Check } from "./check.ts";
import { checkStage, placeholdersIn } from "./check-stage.ts";
import { dashboard } from "./dashboard.ts";
import { Dataset } from "./dataset.ts";
import { Delivery } from "./delivery.ts";
import { FilingApi } from "./filing-api.ts";
import { Front } from "./front.ts";
import { Fsck } from "./fsck.ts";
import { identityOf } from "./identity.ts";
import { Imports } from "./imports.ts";
import { Indexer } from "./indexer.ts";
import { Jobs, jobLimits } from "./jobs.ts";
import { LogKeys } from "./log-key.ts";
import { Rebuild } from "./rebuild.ts";
import type { Stage } from "./stages.ts";
import { Storage } from "./storage.ts";
import { Watch } from "./watch.ts";

/** Folders of the built Lambda bundles, the ones that the tests start. */
export interface Bundles {
  readonly api: string;
  readonly imports: string;
  readonly indexer: string;
  readonly fsck: string;
  readonly batch: string;
  readonly rebuild: string;
}

const built = (name: string): string => fileURLToPath(new URL(`../dist/lambda/${name}`, import.meta.url));
export const BUNDLES: Bundles = {
  api: built("api"),
  imports: built("imports"),
  indexer: built("indexer"),
  fsck: built("fsck"),
  batch: built("batch"),
  rebuild: built("rebuild"),
};

export interface NianbaoStackProps extends StackProps {
  readonly stage: Stage;
  readonly bundles?: Bundles;
  /** Of the stage's `WafStack`, if it has one. */
  readonly webAclArn?: string;
  /** False where there is none to deploy to, so that only the templates are looked at: of placeholders it is warned then. */
  readonly account?: boolean;
}

/** One deployment of nianbao, part by part. */
export class NianbaoStack extends Stack {
  /** @throws StageError when the stage cannot be deployed as it is written */
  constructor(scope: Construct, id: string, props: NianbaoStackProps) {
    super(scope, id, props);
    const { stage, webAclArn, bundles = BUNDLES, account = true } = props;
    checkStage(stage, account);
    if (!account)
      placeholdersIn(stage).forEach((fault, i) => {
        Annotations.of(this).addWarningV2(`nianbao:placeholder-${i + 1}`, fault);
      });
    const storage = new Storage(this, "Storage", { stage });
    const delivery = new Delivery(this, "Delivery", { stage, storage, webAclArn });
    const store = { bucket: storage.bucket.bucketName, publicUrl: delivery.publicUrl };
    const front = new Front(this, "Front", { stage });
    const identity = identityOf(this, stage, front.pages);
    const log = new LogKeys(this, "Log", { stage });
    const part = { stage, storage, store, log };
    const api = new FilingApi(this, "Api", { ...part, bundle: bundles.api, identity });
    const imports = new Imports(this, "Imports", {
      stage,
      publicUrl: delivery.publicUrl,
      bundle: bundles.imports,
      identity,
    });
    const indexer = new Indexer(this, "Indexer", { ...part, bundle: bundles.indexer, apiUrl: front.url });
    const fsck = new Fsck(this, "Fsck", { ...part, bundle: bundles.fsck, apiUrl: front.url });
    new Dataset(this, "Dataset", { stage, storage, compacts: indexer.function });
    front.serve({ api: api.function, imports: imports.function }, identity);
    const limits = jobLimits(stage);
    const jobs = limits && new Jobs(this, "Jobs", { storage });
    const rebuild =
      jobs &&
      new Rebuild(this, "Rebuild", {
        ...part,
        ...{ jobs, apiUrl: front.url },
        bundle: bundles.rebuild,
        limits: limits.rebuild,
      });
    const check = jobs && new Check(this, "Check", { jobs, fsck, limits: limits.check });
    if (jobs) new Batch(this, "Batch", { stage, jobs, bundle: bundles.batch, limits: limits.batch });
    storage.writtenOnlyBy(
      [api, indexer, fsck, ...(rebuild ? [rebuild] : [])].map((each) => each.function.role as Role),
      stage.operators ?? [],
    );
    storage.logWrittenOnlyBy(
      { indexer: indexer.function.role as Role, fsck: fsck.function.role as Role },
      stage.operators ?? [],
    );
    const watched = { stage, storage, front, api, imports, indexer, fsck, check };
    new Watch(this, "Watch", watched);
    dashboard(this, watched, delivery);
    budget(this, stage);
  }
}
