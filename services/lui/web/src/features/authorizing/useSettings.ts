import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Content, Recipients, Schedule, Sender, Tracking } from "@/api/types";

export interface Settings {
  /** Null for accounts that may not see them. */
  recipients: Recipients | null;
  content: Content;
  tracking: Tracking;
  sender: Sender;
  schedule: Schedule;
}

function nullWhenForbidden(error: unknown): null {
  if (error instanceof Problem && error.status === 403) return null;
  throw error;
}

/** Everything that is authorized, read together. */
export function useSettings(jobId: string): UseQueryResult<Settings> {
  return useQuery({
    queryKey: keys.step(jobId, "authorize"),
    queryFn: async ({ signal }): Promise<Settings> => {
      const options = { params: { path: { job_id: jobId } }, signal };
      const [recipients, content, tracking, sender, schedule] = await Promise.all([
        lui.GET("/api/v1/jobs/{job_id}/recipients", options).then(valueOf<Recipients>, nullWhenForbidden),
        lui.GET("/api/v1/jobs/{job_id}/content", options),
        lui.GET("/api/v1/jobs/{job_id}/tracking", options),
        lui.GET("/api/v1/jobs/{job_id}/sender", options),
        lui.GET("/api/v1/jobs/{job_id}/schedule", options),
      ]);
      return { recipients, content: valueOf(content), tracking: valueOf(tracking), sender: valueOf(sender), schedule: valueOf(schedule) };
    },
  });
}
