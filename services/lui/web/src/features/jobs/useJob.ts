import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext } from "react";

import { lui, type Versioned, versionOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Job } from "@/api/types";

const STAGES_THAT_MOVE: ReadonlySet<Job["stage"]> = new Set(["waiting", "processing", "repeating"]);

/** One job with its version; looks again by itself while the server may move it. */
export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: keys.job(jobId),
    queryFn: async ({ signal }): Promise<Versioned<Job>> => versionOf(await lui.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id: jobId } }, signal })),
    refetchInterval: ({ state }) => (state.data && STAGES_THAT_MOVE.has(state.data.value.stage) ? 4_000 : false),
  });

const CurrentJob = createContext<Versioned<Job> | null>(null);

export const CurrentJobProvider = CurrentJob.Provider;

/** The job whose page this is; `editable` is what the server says for this person now. */
export function useCurrentJob(): { job: Job; etag: string | undefined; editable: boolean } {
  const current = useContext(CurrentJob);
  if (current === null) throw new Error("useCurrentJob is used outside a job's page");
  return { job: current.value, etag: current.etag, editable: current.value.allowed_actions.includes("edit") };
}

/** Puts the job that a change answered where every page sees it, and outdates what the change may have touched. */
export function useJobChanged(): (job: Versioned<Job>) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (job) => {
      client.setQueryData(keys.job(job.value.id), job);
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.job(job.value.id), predicate: (query) => query.queryKey.length > keys.job("").length }),
        client.invalidateQueries({ queryKey: [...keys.jobs, "list"] }),
      ]);
    },
    [client],
  );
}
