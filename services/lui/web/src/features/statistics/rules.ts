import { text } from "@/text/en";

const percentage = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });

/** A rate from 0 to 1; what nobody can know is said to be so. */
export const formatRateOf = (rate: number | null): string => (rate === null ? text.statistics.unknown : percentage.format(rate));

export const MOST_COMPARED = 20;

/** What the statistics' address says. */
export interface StatisticsSearch {
  days?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  prefix?: string | undefined;
  search?: string | undefined;
  judged?: "human" | undefined;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const asText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const asDate = (value: unknown): string | undefined => (typeof value === "string" && DATE.test(value) ? value : undefined);

/** Leaves out what says nothing, so that addresses stay short. */
export function said<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== "")) as T;
}

export function parseStatistics(raw: object): StatisticsSearch {
  const { days, from, to, prefix, search, judged } = raw as Record<string, unknown>;
  return said({
    days: typeof days === "number" && Number.isInteger(days) && days > 0 ? days : undefined,
    from: asDate(from),
    to: asDate(to),
    prefix: asText(prefix),
    search: asText(search),
    judged: judged === "human" ? ("human" as const) : undefined,
  });
}

/** As the server's query: the last 90 days unless something else was chosen. */
export function wantedOf(search: StatisticsSearch, timeZone: string) {
  const { days, from, to, prefix, search: title } = search;
  const dated = from !== undefined || to !== undefined;
  return said({ from, to, last_days: dated ? undefined : (days ?? 90), prefix, search: title, time_zone: timeZone });
}

export interface ComparisonSearch {
  job?: string[] | undefined;
}

export function parseComparison(raw: object): ComparisonSearch {
  const { job } = raw as Record<string, unknown>;
  const ids = Array.isArray(job) ? [...new Set(job.filter((id): id is string => typeof id === "string"))].slice(0, MOST_COMPARED) : [];
  return ids.length === 0 ? {} : { job: ids };
}

/** Where the highest of several known rates stands; nowhere when all are the same. */
export function highestAt(rates: readonly (number | null)[]): number[] {
  const known = rates.filter((rate) => rate !== null);
  const top = Math.max(...known);
  if (known.length < 2 || known.every((rate) => rate === top)) return [];
  return rates.flatMap((rate, index) => (rate === top ? [index] : []));
}
