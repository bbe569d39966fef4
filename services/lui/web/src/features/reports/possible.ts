import type { Possibilities, Possible, ReportQuery } from "@/api/reports";

/** Why something cannot be chosen, or null when it can. What nobody has answered yet is not forbidden. */
export function reasonAgainst(choices: readonly Possible[] | undefined, value: string): string | null {
  const found = choices?.find((choice) => choice.value === value);
  return found === undefined || found.possible ? null : (found.reason ?? "");
}

/** The first thing in a query that these jobs cannot answer, in the words of the server. */
export function impossibleIn(query: ReportQuery, possible: Possibilities | undefined): string | null {
  const reasons = [
    reasonAgainst(possible?.types, query.type),
    query.type === "over_time" || query.type === "sum" ? reasonAgainst(possible?.counts, query.count) : null,
    ...query.sources.map((source) => reasonAgainst(possible?.events, source.event)),
  ];
  return reasons.find((reason) => reason !== null) ?? null;
}
