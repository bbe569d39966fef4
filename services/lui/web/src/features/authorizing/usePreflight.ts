import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Preflight } from "@/api/types";

/** What would stand in the way of sending; looked for each time the page is opened, because it depends on the world outside. */
export function usePreflight(jobId: string, enabled: boolean): UseQueryResult<Preflight> {
  return useQuery({
    queryKey: [...keys.step(jobId, "authorize"), "preflight"],
    enabled,
    staleTime: 0,
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs/{job_id}/preflight", { params: { path: { job_id: jobId } }, signal })),
  });
}
