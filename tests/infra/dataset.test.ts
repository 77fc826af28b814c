/** Athena over the dataset: its tables are those that the files have, its partitions the folders that they lie in. */
import { describe, expect, it } from "vitest";
import { FIGURE_COLUMNS, reportColumns } from "../../src/dataset/columns.ts";
import { dataPaths } from "../../src/dataset/files.ts";
import { full, global, type Properties, resources, template } from "./support.ts";

describe.each([global, full])("the dataset in SQL ($name)", (stage) => {
  const cloud = template(stage);
  const tables = resources(cloud, "AWS::Glue::Table").map(([, properties]) => properties);
  const named = (name: string): Properties => tables.find(({ TableInput }) => TableInput.Name === name)!["TableInput"];

  it("has a database of the stage with a table of figures and one of reports", () => {
    const [[, database]] = resources(cloud, "AWS::Glue::Database") as [[string, Properties]];
    expect(database["DatabaseInput"].Name).toBe(`nianbao_${stage.name}`);
    expect(tables.map(({ TableInput }) => TableInput.Name).sort()).toEqual(["figures", "reports"]);
  });

  it.each([
    ["figures", FIGURE_COLUMNS],
    ["reports", reportColumns()],
  ] as const)("reads %s by the columns that the files have, the partitions from where they lie", (name, columns) => {
    const { StorageDescriptor, PartitionKeys } = named(name);
    expect(PartitionKeys).toEqual([
      { Name: "year", Type: "int" },
      { Name: "province", Type: "string" },
    ]);
    const own = StorageDescriptor.Columns.map(({ Name, Type }: Properties) => [Name, Type]);
    const types = { VARCHAR: "string", INTEGER: "int" } as Readonly<Record<string, string>>;
    expect(own).toEqual(
      columns
        .filter((column) => column.name !== "year" && column.name !== "province")
        .map((column) => [column.name, types[column.type] ?? column.type.toLowerCase()]),
    );
    // Glue takes names in lower case, and each once.
    for (const [column] of own) expect(column).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(new Set(own.map(([column]: [string]) => column)).size).toBe(own.length);
    expect(StorageDescriptor.SerdeInfo.SerializationLibrary).toContain("ParquetHiveSerDe");
  });

  it.each(["figures", "reports"] as const)("projects the partitions of %s onto the folders of the files", (name) => {
    const { Parameters } = named(name);
    expect(Parameters).toMatchObject({
      "projection.enabled": "true",
      "projection.year.type": "integer",
      "projection.year.range": expect.stringMatching(/^2019,20\d\d$/),
      "projection.province.type": "enum",
    });
    expect(Parameters["projection.province.values"].split(",")).toEqual(
      expect.arrayContaining(["10", "11", "37", "65"]),
    );
    const template = JSON.stringify(Parameters["storage.location.template"]);
    expect(template).toContain("/published/data/");
    const folder = (year: string, province: string) =>
      /(published\/[^"]*)"/
        .exec(template)![1]!
        .replace(/\$\{year\}/, year)
        .replace(/\$\{province\}/, province);
    expect(`published/${dataPaths.file(name, 2024, "3715")}`).toBe(`${folder("2024", "37")}3715.parquet`);
  });

  it("takes up what is marked every five minutes, by the indexer", () => {
    const schedules = resources(cloud, "AWS::Scheduler::Schedule").map(([, properties]) => properties);
    const own = schedules.find(({ ScheduleExpression }) => ScheduleExpression === "rate(5 minutes)");
    expect(own?.["Target"].Arn["Fn::GetAtt"][0]).toMatch(/^IndexerFunction/);
  });
});
