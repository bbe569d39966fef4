import type { ReportQuery } from "@/api/reports";

import { readQuery } from "./query";

/** What a report's address says: the query as it stands, and how far it was looked into. */
export interface ReportSearch {
  q?: ReportQuery | undefined;
  into?: string[] | undefined;
}

/** Reads the address; what makes no sense there is left out. */
export function parseReportSearch(raw: object): ReportSearch {
  const { q, into } = raw as Record<string, unknown>;
  const query = readQuery(q);
  return { ...(query === null ? {} : { q: query }), ...(Array.isArray(into) && into.length > 0 ? { into: into.filter((step) => typeof step === "string") } : {}) };
}

/** What the list of reports shows. */
export interface ReportsSearch {
  folder?: string | undefined;
  search?: string | undefined;
}

export function parseReportsSearch(raw: object): ReportsSearch {
  const { folder, search } = raw as Record<string, unknown>;
  return { ...(typeof folder === "string" && folder !== "" ? { folder } : {}), ...(typeof search === "string" && search !== "" ? { search } : {}) };
}

export const TABS = ["overview", "recipients", "details"] as const;

/** Which part of a job's report is open. */
export interface ShownTab {
  show?: (typeof TABS)[number] | undefined;
}

export function parseShownTab(raw: object): ShownTab {
  const { show } = raw as Record<string, unknown>;
  const found = TABS.find((tab) => tab === show);
  return found === undefined || found === "overview" ? {} : { show: found };
}
