import { queryOptions, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { ifMatch, lui, newIdempotencyKey, type Versioned, valueOf, versionOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Folder, ReportQuery, SavedReport, Sharing, Snapshot, SnapshotResult } from "@/api/reports";

const PAGE = 50;

/** One saved report with its version. */
export const savedReportQuery = (reportId: string) =>
  queryOptions({
    queryKey: [...keys.reports, "one", reportId],
    queryFn: async ({ signal }): Promise<Versioned<SavedReport>> => versionOf(await lui.GET("/api/v1/reports/{report_id}", { params: { path: { report_id: reportId } }, signal })),
  });

/** Reports of a folder, of none, or all, with a part of the title; page after page, as the server finds them. */
export function useSavedReports(folder: string | undefined, search: string | undefined) {
  return useInfiniteQuery({
    queryKey: [...keys.reports, "list", folder ?? null, search ?? ""],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      valueOf(await lui.GET("/api/v1/reports", { params: { query: { folder_id: folder ?? null, search: search ?? "", limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) } }, signal })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (previous) => previous,
  });
}

export function useFolders() {
  return useQuery({
    queryKey: [...keys.reports, "folders"],
    queryFn: async ({ signal }): Promise<Folder[]> => valueOf(await lui.GET("/api/v1/report-folders", { signal })).items,
  });
}

export const snapshotsQuery = (reportId: string) =>
  queryOptions({
    queryKey: [...keys.reports, "kept", reportId],
    queryFn: async ({ signal }): Promise<Snapshot[]> => valueOf(await lui.GET("/api/v1/reports/{report_id}/snapshots", { params: { path: { report_id: reportId } }, signal })).items,
  });

export const snapshotQuery = (snapshotId: string) =>
  queryOptions({
    queryKey: [...keys.reports, "kept one", snapshotId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<SnapshotResult> => valueOf(await lui.GET("/api/v1/report-snapshots/{snapshot_id}", { params: { path: { snapshot_id: snapshotId } }, signal })) as SnapshotResult,
  });

/** Outdates what a change to saved reports, folders or kept results may have touched; results of queries stay. */
export function useReportsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () => client.invalidateQueries({ queryKey: keys.reports, predicate: ({ queryKey }) => ["list", "one", "folders", "kept"].includes(String(queryKey[1])) }),
    [client],
  );
}

export interface ReportDraft {
  title: string;
  folder_id: string | null;
  sharing: Sharing;
}

export const createReport = async (draft: ReportDraft & { query: ReportQuery }, key = newIdempotencyKey()): Promise<SavedReport> =>
  valueOf(await lui.POST("/api/v1/reports", { body: draft, headers: { "Idempotency-Key": key } }));

export const changeReport = async (reportId: string, etag: string | undefined, change: Partial<ReportDraft> & { query?: ReportQuery }): Promise<Versioned<SavedReport>> =>
  versionOf(await lui.PATCH("/api/v1/reports/{report_id}", { params: { path: { report_id: reportId } }, body: change, headers: ifMatch(etag) }));

export const removeReport = async (reportId: string, etag?: string) => lui.DELETE("/api/v1/reports/{report_id}", { params: { path: { report_id: reportId } }, headers: ifMatch(etag) });

export const keepResult = async (reportId: string, key = newIdempotencyKey()): Promise<Snapshot> =>
  valueOf(await lui.POST("/api/v1/reports/{report_id}/snapshots", { params: { path: { report_id: reportId } }, headers: { "Idempotency-Key": key } }));

export const createFolder = async (name: string, sharing: Sharing, key = newIdempotencyKey()): Promise<Folder> =>
  valueOf(await lui.POST("/api/v1/report-folders", { body: { name, sharing }, headers: { "Idempotency-Key": key } }));

const folderVersion = (folder: Folder) => ({ params: { path: { folder_id: folder.id } }, headers: ifMatch(`"${folder.revision}"`) });

export const changeFolder = async (folder: Folder, change: { name?: string; sharing?: Sharing }): Promise<Folder> => valueOf(await lui.PATCH("/api/v1/report-folders/{folder_id}", { ...folderVersion(folder), body: change }));

export const removeFolder = async (folder: Folder) => lui.DELETE("/api/v1/report-folders/{folder_id}", folderVersion(folder));
