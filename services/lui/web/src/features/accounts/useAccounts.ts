import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { hub, valueOf } from "@/api/client";
import { keys } from "@/api/queries";

const PAGE = 50;

/** Accounts by name, page after page. */
export function useAccounts({ name, closed }: { name: string; closed: boolean }) {
  return useInfiniteQuery({
    queryKey: [...keys.accounts, "list", name, closed],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      valueOf(
        await hub.GET("/api/v1/accounts", {
          params: { query: { limit: PAGE, after: pageParam, name: name === "" ? null : name, closed: closed ? null : false } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  });
}

/** Every right there is, in the order in which they are shown. */
export function useRights() {
  return useQuery({
    queryKey: [...keys.accounts, "rights"],
    staleTime: Infinity,
    queryFn: async ({ signal }) => valueOf(await hub.GET("/api/v1/rights", { signal })).items,
  });
}

/** The names of the groups that can be chosen. */
export function useGroupNames() {
  return useQuery({
    queryKey: [...keys.accounts, "groups"],
    queryFn: async ({ signal }) => valueOf(await hub.GET("/api/v1/groups", { params: { query: { limit: 200 } }, signal })).items.map((group) => group.name),
  });
}

export function useAccountsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: keys.accounts }), [client]);
}
