import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { QuickReport } from "@/api/reports";
import type { Report } from "@/api/types";

/** Without live numbers the report is read again this often. */
const AGAIN = 10_000;

/** The sum of a job's events; `human` leaves out machines. */
export function useJobReport(jobId: string, judged: "human" | undefined, connected: boolean) {
  return useQuery({
    queryKey: [...keys.job(jobId), "report", judged ?? "all"],
    queryFn: async ({ signal }): Promise<Report> => valueOf(await lui.GET("/api/v1/jobs/{job_id}/report", { params: { path: { job_id: jobId }, query: judged === undefined ? {} : { judged } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: connected ? false : AGAIN,
  });
}

/** Reads the report again whenever the server says that a number has moved. Tells whether it is listened to. */
export function useLive(jobId: string): boolean {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(jobId)}/report/live`);
    let seen: string | null = null;
    const take = (event: MessageEvent<string>) => {
      setConnected(true);
      const { opens, clicks } = JSON.parse(event.data) as { opens: number; clicks: number };
      const now = `${opens}/${clicks}`;
      if (seen !== now) {
        seen = now;
        void client.invalidateQueries({ queryKey: [...keys.job(jobId), "report"] });
        void client.invalidateQueries({ queryKey: [...keys.reports, "result"] });
      }
    };
    source.addEventListener("message", take);
    source.addEventListener("live", take);
    source.addEventListener("error", () => setConnected(false));
    return () => source.close();
  }, [client, jobId]);
  return connected;
}

/** Questions that are ready for this job. */
export function useQuickReports(jobId: string) {
  return useQuery({
    queryKey: [...keys.reports, "quick", jobId],
    queryFn: async ({ signal }): Promise<QuickReport[]> => valueOf(await lui.GET("/api/v1/jobs/{job_id}/quick-reports", { params: { path: { job_id: jobId } }, signal })).items,
    staleTime: 60_000,
  });
}
