/** What a report asks, as the server takes it. */
export type ReportType = "over_time" | "sum" | "recipients" | "details";
export type ReportEvent = "opens" | "clicks" | "clicks_html" | "clicks_text" | "actions";
export type ReportInterval = "hour" | "day" | "week" | "month";
export type ReportCount = "total" | "unique";

export interface ReportSource {
  name?: string | null;
  color?: string | null;
  event: ReportEvent;
  job_ids: string[];
  links?: string[] | null;
  tags?: string[] | null;
}

export interface ReportPeriod {
  from?: string | null;
  to?: string | null;
  last_days?: number | null;
  month?: string | null;
}

export interface ReportQuery {
  type: ReportType;
  sources: ReportSource[];
  period: ReportPeriod;
  time_zone: string;
  interval: ReportInterval;
  count: ReportCount;
  judged?: "human" | null;
  columns?: string[] | null;
}
