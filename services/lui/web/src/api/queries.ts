import { type MutationCache, type QueryCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

/** Every cached answer's key in one place, so that changing something knows what it outdates. */
export const keys = {
  session: ["session"] as const,
  jobs: ["jobs"] as const,
  jobList: (filter: object) => ["jobs", "list", filter] as const,
  job: (jobId: string) => ["jobs", "one", jobId] as const,
  step: (jobId: string, step: string) => ["jobs", "one", jobId, step] as const,
  delivery: (deliveryId: string) => ["deliveries", deliveryId] as const,
  envelopes: (deliveryId: string, state: string) => ["deliveries", deliveryId, "envelopes", state] as const,
  accounts: ["accounts"] as const,
  gateways: ["gateways"] as const,
  destinationLimits: ["gateways", "destination limits"] as const,
  signingKeys: ["signing keys"] as const,
  suppressions: ["suppressions"] as const,
  reports: ["reports"] as const,
  statistics: ["statistics"] as const,
  dashboard: ["dashboard"] as const,
  suppressing: (deliveryId: string) => ["deliveries", deliveryId, "suppressing"] as const,
  actionTags: ["action tags"] as const,
  notices: ["notices"] as const,
  arming: ["arming"] as const,
};

const worthAnotherTry = (error: unknown): boolean => !(error instanceof Problem) || error.status === 0 || error.status >= 500;

/** The one query client: answers are fresh for ten seconds, only failures of the server or the network are tried again. */
export function createQueryClient(queryCache: QueryCache, mutationCache: MutationCache): QueryClient {
  return new QueryClient({
    queryCache,
    mutationCache,
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && worthAnotherTry(error) },
      mutations: { retry: false },
    },
  });
}
