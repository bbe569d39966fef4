import type { ReportJob, ReportQuery, ReportResult, ReportSeries } from "@/api/reports";

import { text } from "@/text/en";

import { colourAt, nameOf } from "./query";
import { dashOf, inOrder, type LegendOrder, markOf } from "./series";
import type { Look } from "./Swatch";

/** A series as it is shown: it keeps its number, name and looks wherever it stands and whatever is hidden. */
export interface Shown {
  key: number;
  name: string;
  total: number;
  look: Look;
  series: ReportSeries;
}

/** A job's title; of a deleted one nothing but its id is left. */
export const titleOf = (job: Pick<ReportJob, "title" | "id">): string => job.title ?? `${text.reports.builder.jobGone} (${job.id})`;

/** The number a query asks for: events or recipients, of everybody or of people only. */
export function countOf(series: Pick<ReportSeries, "total" | "humans" | "people" | "human_people">, query: Pick<ReportQuery, "count" | "judged">): number {
  const human = query.judged === "human";
  if (query.count === "unique") return (human ? series.human_people : series.people) ?? 0;
  return human ? series.humans : series.total;
}

export function shownOf(result: ReportResult, order: LegendOrder, shape: Look["shape"]): Shown[] {
  const titles = new Map(result.jobs.map((job) => [job.id, titleOf(job)]));
  const all = result.series.map((series, key) => {
    const source = result.query.sources[key];
    return {
      key,
      series,
      total: countOf(series, result.query),
      name: series.name || (source === undefined ? "" : nameOf(source, titles)),
      look: { color: series.color ?? colourAt(key), shape, dash: dashOf(key), mark: markOf(key) },
    };
  });
  return inOrder(all, order);
}
