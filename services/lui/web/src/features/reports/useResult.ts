import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { ReportQuery, ReportResult } from "@/api/reports";

import { MOST_JOBS } from "./query";

const PAGE = 100;

/** What came of a query; of a table the first rows, and more on demand. Nothing is asked while something is missing in it. */
export function useResult(query: ReportQuery, enabled: boolean, refetchInterval: number | false = false) {
  return useInfiniteQuery({
    queryKey: [...keys.reports, "result", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<ReportResult> =>
      valueOf(await lui.POST("/api/v1/reports/query", { params: { query: { limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) } }, body: query, signal })) as ReportResult,
    getNextPageParam: (page) => page.table?.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval,
  });
}

/** What can be asked of these jobs, and why the rest cannot. */
export function usePossibilities(jobIds: readonly string[]) {
  return useQuery({
    queryKey: [...keys.reports, "possibilities", jobIds],
    queryFn: async ({ signal }) =>
      valueOf(await lui.GET("/api/v1/reports/possibilities", { params: { query: { job_id: jobIds.slice(0, MOST_JOBS) } }, signal })),
    placeholderData: keepPreviousData,
    enabled: jobIds.length > 0,
    staleTime: 60_000,
  });
}
