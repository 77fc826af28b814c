import { Aws, Duration } from "aws-cdk-lib";
import { CfnDatabase, CfnTable } from "aws-cdk-lib/aws-glue";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import { type Column, type ColumnType, FIGURE_COLUMNS, reportColumns } from "../src/dataset/columns.ts";
import { dataPaths, type TableName } from "../src/dataset/files.ts";
import { forms } from "../src/form/forms.ts";
import { PROVINCES } from "../src/index/divisions.ts";
import { allow } from "./function.ts";
import type { Stage } from "./stages.ts";
import type { Storage } from "./storage.ts";

export interface DatasetProps {
  readonly stage: Stage;
  readonly storage: Storage;
  /** What takes up into the dataset what was marked. */
  readonly compacts: LambdaFunction;
}

const TYPES: Readonly<Record<ColumnType, string>> = {
  VARCHAR: "string",
  INTEGER: "int",
  BIGINT: "bigint",
  BOOLEAN: "boolean",
  TIMESTAMP: "timestamp",
  DATE: "date",
  "DECIMAL(25,6)": "decimal(25,6)",
};

/** What a file's place says: a query that names them looks at no others. */
const PARTITIONS = ["year", "province"] as const;
/** How many years of reports the tables have room for: a partition that is not there costs a listing. */
const YEARS = 40;

/** As a location's template names a partition. */
const placeholder = (name: string): string => `\${${name}}`;

/** A comment holds 255 characters. */
const COMMENT = 255;

/** All figures in SQL: the tables that Athena reads, without a crawler, and what takes up publications into their files. */
export class Dataset extends Construct {
  constructor(scope: Construct, id: string, { stage, storage, compacts }: DatasetProps) {
    super(scope, id);
    const database = new CfnDatabase(this, "Database", {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: `nianbao_${stage.name.replaceAll("-", "_")}`,
        description: "政府信息公开工作年度报告的全部数字",
      },
    });
    const columns = { figures: FIGURE_COLUMNS, reports: reportColumns() };
    for (const table of ["figures", "reports"] as const)
      this.#table(database, storage, table, columns[table] as readonly Column<never>[]);
    allow(compacts, storage.bucket, {
      "s3:GetObject": ["dataset"],
      "s3:PutObject": ["dataset"],
      // A mark that was taken up; the file of a shard that was cut.
      "s3:DeleteObject": ["dataset", "published/data"],
    });
    new Schedule(this, "Compaction", {
      description: "把新公布的报告编入数据集",
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      target: new LambdaInvoke(compacts, { retryAttempts: 0, maxEventAge: Duration.minutes(5) }),
    });
  }

  #table(database: CfnDatabase, storage: Storage, table: TableName, columns: readonly Column<never>[]): void {
    const root = `s3://${storage.bucket.bucketName}/published/`;
    const first = Math.min(...forms.map(({ firstYear }) => firstYear));
    new CfnTable(this, table === "figures" ? "Figures" : "Reports", {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database.ref,
      tableInput: {
        name: table,
        description:
          table === "figures" ? "一个数字一行 · a row a figure" : "一版报告一行 · a row a version of a report",
        tableType: "EXTERNAL_TABLE",
        partitionKeys: [
          { name: "year", type: "int" },
          { name: "province", type: "string" },
        ],
        parameters: {
          EXTERNAL: "TRUE",
          classification: "parquet",
          "projection.enabled": "true",
          "projection.year.type": "integer",
          "projection.year.range": `${first},${first + YEARS - 1}`,
          "projection.province.type": "enum",
          "projection.province.values": PROVINCES.join(","),
          "storage.location.template": `${root}${dataPaths.folder(table, placeholder("year"), placeholder("province"))}`,
        },
        storageDescriptor: {
          location: `${root}data/${table}/`,
          inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
          serdeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
          columns: columns
            .filter(({ name }) => !(PARTITIONS as readonly string[]).includes(name))
            .map(({ name, type, zh }) => ({ name, type: TYPES[type], comment: zh.slice(0, COMMENT) })),
        },
      },
    });
  }
}
