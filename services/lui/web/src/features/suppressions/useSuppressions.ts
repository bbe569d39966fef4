import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { mailer, newIdempotencyKey, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Suppression } from "@/api/types";

import { type Filter, queryOf } from "./rules";

const PAGE = 50;

/** Suppressions that match, page after page. */
export function useSuppressions(filter: Filter) {
  return useInfiniteQuery({
    queryKey: [...keys.suppressions, filter],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => valueOf(await mailer.GET("/api/v1/suppressions", { params: { query: { ...queryOf(filter), limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) } }, signal })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (previous) => previous,
  });
}

export function useSuppressionsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: keys.suppressions }), [client]);
}

export interface NewSuppression {
  address: string;
  scope: "group" | "global";
  note: string;
}

export const suppress = async ({ address, scope, note }: NewSuppression, key = newIdempotencyKey()): Promise<Suppression> =>
  valueOf(await mailer.POST("/api/v1/suppressions", { body: { address: address.trim(), scope, note: note.trim() === "" ? null : note.trim() }, headers: { "Idempotency-Key": key } }));

export const lift = async (suppressionId: string, note: string) =>
  mailer.POST("/api/v1/suppressions/{suppression_id}/lift", { params: { path: { suppression_id: suppressionId } }, body: { note: note.trim() } });
