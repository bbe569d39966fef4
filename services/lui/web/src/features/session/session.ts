import { queryOptions, useQuery } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Right, Session } from "@/api/types";

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      return valueOf(await lui.GET("/api/v1/session"));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Whether the person may; the server decides again on every call. */
export function useMay(right: Right): boolean {
  return useSession()?.rights.includes(right) ?? false;
}

export async function signIn(account: string, group: string, password: string): Promise<Session> {
  return valueOf(await lui.POST("/api/v1/session", { body: { account, password, ...(group === "" ? {} : { group }) } }));
}

export async function signOut(): Promise<void> {
  await lui.DELETE("/api/v1/session");
}
