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

export interface ReportSeries {
  name: string;
  color: string | null;
  event: ReportEvent;
  total: number;
  humans: number;
  people: number | null;
  human_people: number | null;
  points: [string, number][];
}

export interface ReportTable {
  columns: { key: string; title: string; kind: "text" | "count" | "instant" }[];
  rows: (string | number | null)[][];
  next: string | null;
}

export interface ReportJob {
  id: string;
  title: string | null;
  system_id: string | null;
  level: string | null;
  deleted: boolean;
}

export interface ReportResult {
  query: ReportQuery;
  as_of: string;
  rules_version: number | null;
  period: { from: string | null; to: string | null };
  series: ReportSeries[];
  table: ReportTable | null;
  jobs: ReportJob[];
  notes: string[];
}

export interface Possible {
  value: string;
  possible: boolean;
  reason: string | null;
}

export interface Possibilities {
  types: Possible[];
  counts: Possible[];
  events: Possible[];
  links: { label: string; urls: string[]; is_alias: boolean; jobs: number }[];
  tags: { id: string; name: string }[];
  columns: string[];
  groups: { level: string; columns: string[]; job_ids: string[] }[];
  jobs: ReportJob[];
}

export type Sharing = "private" | "group" | "group_edit";

interface Owner {
  id: string;
  name: string;
}

export interface SavedReport {
  id: string;
  title: string;
  type: ReportType;
  folder_id: string | null;
  query: ReportQuery;
  sharing: Sharing;
  owner: Owner;
  mine: boolean;
  may_edit: boolean;
  revision: number;
  created_at: string;
  updated_at: string;
}

export interface Folder {
  id: string;
  name: string;
  sharing: Sharing;
  owner: Owner;
  mine: boolean;
  may_edit: boolean;
  revision: number;
  updated_at: string;
}

export interface Snapshot {
  id: string;
  report_id: string | null;
  title: string;
  type: ReportType;
  as_of: string;
  rules_version: number | null;
  digest: string;
  created_by: Owner;
  created_at: string;
}

export interface SnapshotResult {
  snapshot: Snapshot;
  result: ReportResult;
}
