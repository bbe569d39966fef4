import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";

import { type StatisticsSearch, wantedOf } from "./rules";

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useTrackingStatistics(search: StatisticsSearch, enabled: boolean) {
  const query = { ...wantedOf(search, zone()), ...(search.judged ? { judged: search.judged } : {}) };
  return useQuery({
    queryKey: [...keys.statistics, "tracking", query],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/statistics/tracking", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useDeliveryStatistics(search: StatisticsSearch, enabled: boolean) {
  const query = wantedOf(search, zone());
  return useQuery({
    queryKey: [...keys.statistics, "deliveries", query],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/statistics/deliveries", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useComparison(jobIds: readonly string[], judged: "human" | undefined, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.statistics, "comparison", jobIds, judged ?? null],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs/compare", { params: { query: { id: [...jobIds], ...(judged ? { judged } : {}) } }, signal })),
    placeholderData: keepPreviousData,
    enabled: enabled && jobIds.length >= 2,
  });
}

export function useSequence(jobId: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.job(jobId), "sequence"],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs/{job_id}/sequence", { params: { path: { job_id: jobId } }, signal })),
    enabled,
  });
}
