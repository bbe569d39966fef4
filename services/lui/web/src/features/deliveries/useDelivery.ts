import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Delivery, DeliveryState } from "@/api/types";

import { settledCount } from "./rules";

const ENDED: ReadonlySet<DeliveryState> = new Set(["finished", "failed", "cancelled"]);

/** Whether nothing moves any more. One that was stopped goes on counting until everybody who was left is counted as such. */
export const hasEnded = (delivery: Delivery): boolean => ENDED.has(delivery.state) && !(delivery.state === "cancelled" && settledCount(delivery) < delivery.total);

export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: keys.delivery(deliveryId),
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/deliveries/{delivery_id}", { params: { path: { delivery_id: deliveryId } }, signal })),
  });

/**
 * A delivery as it moves: by server-sent events, and by asking every two seconds while those are not to be had.
 * When it ends, its job is read again.
 */
export function useDelivery(deliveryId: string): ReturnType<typeof useQuery<Delivery>> & { connected: boolean } {
  const client = useQueryClient();
  const [connected, setConnected] = useState(false);
  const query = useQuery({
    ...deliveryQuery(deliveryId),
    refetchInterval: ({ state }) => (connected || (state.data && hasEnded(state.data)) ? false : 2_000),
  });
  const ended = query.data !== undefined && hasEnded(query.data);
  const jobId = query.data?.job_id;
  const live = query.data !== undefined && !ended;
  useEffect(() => {
    if (!live) return undefined;
    const source = new EventSource(`/api/v1/deliveries/${encodeURIComponent(deliveryId)}/progress`);
    const take = (event: MessageEvent<string>) => {
      setConnected(true);
      client.setQueryData(keys.delivery(deliveryId), JSON.parse(event.data) as Delivery);
    };
    source.addEventListener("message", take);
    source.addEventListener("progress", take);
    source.addEventListener("error", () => setConnected(false));
    return () => {
      source.close();
      setConnected(false);
    };
  }, [client, deliveryId, live]);
  useEffect(() => {
    if (ended && jobId !== undefined) void client.invalidateQueries({ queryKey: keys.job(jobId) });
  }, [client, ended, jobId]);
  return { ...query, connected };
}
