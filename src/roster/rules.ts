/** The rules on rosters that the schema has nothing against. */
import type { Finding, FindingCell, Level } from "../basics/finding.ts";
import { getCell } from "../form/cells.ts";
import { usccCheckCharacter } from "../rules/check-character.ts";
import { kindByName, nameSaysKind } from "./names.ts";
import { comparedName, divisionOfOrgan, liesWithin, type Organ, type Roster } from "./roster.ts";
import { KIND_NAMES, rosterSchema } from "./schema.ts";

const schema = rosterSchema();
/** What people call a property of an organ. */
export const titleOf = (key: string): string => String(getCell(schema, `/$defs/organ/properties/${key}/title`) ?? key);

/** An organ with its place in the roster. */
export interface Placed {
  readonly organ: Organ;
  readonly at: number;
}

/** A roster with its organs by code, the first of each. */
export interface Known {
  readonly roster: Roster;
  readonly placed: readonly Placed[];
  readonly byCode: ReadonlyMap<string, Placed>;
}

type Key = keyof Organ;

/** A finding on some organs of a roster. */
function found(
  id: string,
  level: Level,
  [message, messageEn]: readonly [string, string],
  ...places: readonly (readonly [Placed, Key])[]
): Finding {
  const cells = places.map(([{ organ, at }, key]): FindingCell => {
    const value = organ[key];
    return {
      pointer: `/organs/${at}/${key}`,
      label: `第${at + 1}个机关“${organ.name}”的${titleOf(key)}`,
      ...(typeof value === "string" ? { value } : {}),
    };
  });
  return { id, level, message, messageEn, cells };
}

/** A rule on rosters that the schema has nothing against. */
type Rule = (known: Known) => readonly Finding[];

const codes: Rule = ({ placed, byCode }) =>
  placed.flatMap((own): Finding[] => {
    const { uscc, name } = own.organ;
    const expected = usccCheckCharacter(uscc);
    const first = byCode.get(uscc)!;
    if (first.at !== own.at)
      return [
        found(
          "R-TWICE",
          "error",
          [
            `代码${uscc}出现两次：“${first.organ.name}”和“${name}”`,
            `The code ${uscc} stands twice, for ${first.organ.name} and ${name}`,
          ],
          [first, "uscc"],
          [own, "uscc"],
        ),
      ];
    if (expected === uscc[17]) return [];
    return [
      found(
        "R-CODE",
        "error",
        [
          `“${name}”的统一社会信用代码${uscc}的校验码应为${expected}，请核对全部十八位`,
          `The check character of ${uscc} (${name}) should be ${expected}; please check all 18 characters`,
        ],
        [own, "uscc"],
      ),
    ];
  });

/** Whether two organs were there at the same time. */
const overlap = (a: Organ, b: Organ): boolean =>
  (a.until ?? "9999-12-31") > (b.since ?? "0000-01-01") && (b.until ?? "9999-12-31") > (a.since ?? "0000-01-01");

const names: Rule = ({ placed, byCode }) => {
  const byName = Map.groupBy(
    placed.filter((own) => byCode.get(own.organ.uscc) === own),
    ({ organ }) => comparedName(organ.name),
  );
  return [...byName.values()].flatMap((same) =>
    same.slice(1).flatMap((own, i): Finding[] => {
      const other = same.slice(0, i + 1).find((before) => overlap(before.organ, own.organ));
      if (!other) return [];
      const [a, b] = [other.organ.uscc, own.organ.uscc];
      return [
        found(
          "R-NAME",
          "error",
          [`“${own.organ.name}”有两个代码：${a}和${b}`, `${own.organ.name} has two codes, ${a} and ${b}`],
          [other, "name"],
          [own, "name"],
        ),
      ];
    }),
  );
};

/** References to organs that the roster does not have. */
const references: Rule = ({ placed, byCode }) =>
  placed.flatMap((own) =>
    (["superior", "mergedInto"] as const).flatMap((key): Finding[] => {
      const code = own.organ[key];
      if (code === undefined || byCode.has(code)) return [];
      const [id, what, whatEn] =
        key === "superior" ? ["R-SUPERIOR", "上级", "superior"] : ["R-MERGED", "并入的机关", "successor"];
      return [
        found(
          id,
          "error",
          [
            `“${own.organ.name}”的${what}${code}不在名录里`,
            `The ${whatEn} ${code} of ${own.organ.name} is not in the roster`,
          ],
          [own, key],
        ),
      ];
    }),
  );

/** Organs that lead back to themselves, each circle once. */
function circles({ placed, byCode }: Known, key: "superior" | "mergedInto"): Finding[] {
  const done = new Set<Placed>();
  const findings: Finding[] = [];
  for (const start of placed) {
    const path: Placed[] = [];
    let at: Placed | undefined = start;
    while (at && !done.has(at)) {
      done.add(at);
      path.push(at);
      at = byCode.get(at.organ[key] ?? "");
    }
    const from = at ? path.indexOf(at) : -1;
    if (from < 0) continue;
    const circle = path.slice(from);
    const chain = [...circle, circle[0]!].map(({ organ }) => organ.name).join(" → ");
    findings.push(
      found(
        "R-CIRCLE",
        "error",
        [
          `${key === "superior" ? "上级" : "并入"}绕成一圈：${chain}`,
          `${key === "superior" ? "Superiors" : "Mergers"} go round in a circle: ${chain}`,
        ],
        ...circle.map((own) => [own, key] as const),
      ),
    );
  }
  return findings;
}

/** From a province to what stands below a township's offices there are fewer. */
const MOST_LEVELS = 12;

/** Organs that stand deeper than any does. */
const depths: Rule = ({ placed, byCode }) => {
  const levels = new Map<string, number>();
  for (const start of placed) {
    const path = new Set<Placed>();
    let at: Placed | undefined = start;
    while (at && !levels.has(at.organ.uscc) && !path.has(at)) {
      path.add(at);
      at = byCode.get(at.organ.superior ?? "");
    }
    let level = at ? (levels.get(at.organ.uscc) ?? 0) : 0;
    for (const { organ } of [...path].reverse()) {
      level += 1;
      levels.set(organ.uscc, level);
    }
  }
  const deep = placed.find(({ organ }) => (levels.get(organ.uscc) ?? 0) > MOST_LEVELS);
  if (!deep) return [];
  const { name } = deep.organ;
  return [
    found(
      "R-DEPTH",
      "error",
      [`“${name}”之上的上级超过${MOST_LEVELS - 1}层`, `${name} has more than ${MOST_LEVELS - 1} levels above it`],
      [deep, "superior"],
    ),
  ];
};

const dates: Rule = ({ placed }) =>
  placed.flatMap((own): Finding[] => {
    const { name, since, until, mergedInto } = own.organ;
    if (since !== undefined && until !== undefined && until <= since)
      return [
        found(
          "R-DATES",
          "error",
          [`“${name}”撤销（${until}）不在设立（${since}）之后`, `${name} ends on ${until}, not after ${since}`],
          [own, "since"],
          [own, "until"],
        ),
      ];
    if (mergedInto === undefined || until !== undefined) return [];
    return [
      found(
        "R-MERGED",
        "error",
        [`“${name}”已并入别的机关，没有写撤销日期`, `${name} was merged, and no date says when it ended`],
        [own, "mergedInto"],
      ),
    ];
  });

const divisions: Rule = ({ roster, placed }) =>
  placed.flatMap((own): Finding[] => {
    const division = divisionOfOrgan(own.organ);
    if (liesWithin(division, roster.division)) return [];
    return [
      found(
        "R-DIVISION",
        "error",
        [
          `“${own.organ.name}”的行政区划${division}不在${roster.division}之内；代码在别处登记的，写明它的行政区划`,
          `${own.organ.name} is of the division ${division}, outside ${roster.division}; state its division where its code is registered elsewhere`,
        ],
        [own, own.organ.division === undefined ? "uscc" : "division"],
      ),
    ];
  });

const superiorsEnded: Rule = ({ placed, byCode }) =>
  placed.flatMap((own): Finding[] => {
    const { name, superior, until = "9999-12-31" } = own.organ;
    const above = superior === undefined ? undefined : byCode.get(superior);
    if (!above?.organ.until || above.organ.until >= until) return [];
    return [
      found(
        "R-SUPERIOR-ENDED",
        "warning",
        [
          `“${name}”的上级“${above.organ.name}”已于${above.organ.until}撤销，此后视为属于并入的机关或其上级`,
          `The superior of ${name}, ${above.organ.name}, ended on ${above.organ.until}; what it went into takes its place`,
        ],
        [own, "superior"],
      ),
    ];
  });

const kinds: Rule = ({ placed }) =>
  placed.flatMap((own): Finding[] => {
    const { name, kind } = own.organ;
    const said = kindByName(name);
    if (said === kind || (!nameSaysKind(name) && kind !== "government")) return [];
    const [is, meant] = [KIND_NAMES[kind], KIND_NAMES[said]];
    return [
      found(
        "R-KIND",
        "warning",
        [
          `“${name}”的类别是${is[0]}，按名称像是${meant[0]}；只有人民政府的报告汇总下级`,
          `${name} is listed as a ${is[1]} and named like a ${meant[1]}; a government's report alone sums up others`,
        ],
        [own, "kind"],
      ),
    ];
  });

const government: Rule = ({ roster, placed }) => {
  const own = placed.filter(
    ({ organ }) =>
      organ.kind === "government" && organ.until === undefined && divisionOfOrgan(organ) === roster.division,
  );
  if (own.length === 1 || placed.length === 0) return [];
  const [zh, en] =
    own.length === 0
      ? [`没有${roster.division}的人民政府，不能汇总`, `No government of ${roster.division}: nothing can be summed up`]
      : [
          `${roster.division}有${own.length}个人民政府：${own.map(({ organ }) => organ.name).join("、")}`,
          `${roster.division} has ${own.length} governments: ${own.map(({ organ }) => organ.name).join(", ")}`,
        ];
  return [found("R-GOVERNMENT", "warning", [zh, en], ...own.map((each) => [each, "kind"] as const))];
};

/** The rules on rosters, in the order of their findings. */
export const ROSTER_RULES: readonly Rule[] = [
  codes,
  names,
  references,
  (known) => circles(known, "superior"),
  (known) => circles(known, "mergedInto"),
  depths,
  dates,
  divisions,
  superiorsEnded,
  kinds,
  government,
];
