import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";

import { type Versioned, versionOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Job, StepName } from "@/api/types";

/** What a step holds, or null when it is not defined yet or not for this person to see. */
export function useStep<T>(jobId: string, step: StepName, read: (signal: AbortSignal) => Promise<{ data?: T; response: Response }>): UseQueryResult<Versioned<T> | null> {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.step(jobId, step),
    // A form that is being filled in must not change under the hands: it is read again on purpose only.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<Versioned<Job>>(keys.job(jobId))?.value.steps[step].state;
      if (known === "available" || known === "locked") return null;
      try {
        return versionOf(await read(signal));
      } catch (error) {
        if (error instanceof Problem && (error.status === 404 || error.status === 403)) return null;
        throw error;
      }
    },
  });
}
