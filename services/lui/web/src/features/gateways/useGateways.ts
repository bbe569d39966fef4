import { type QueryKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { ifMatch, mailer, type Versioned, valueOf, versionOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { DestinationLimit, Gateway, GatewayChoice } from "@/api/types";

export function useGateways() {
  return useQuery({
    queryKey: [...keys.gateways, "list"],
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/gateways", { signal })).items,
    refetchInterval: 10_000,
  });
}

export function useGateway(gatewayId: string) {
  return useQuery({
    queryKey: [...keys.gateways, "one", gatewayId],
    queryFn: async ({ signal }): Promise<Versioned<Gateway>> => versionOf(await mailer.GET("/api/v1/gateways/{gateway_id}", { params: { path: { gateway_id: gatewayId } }, signal })),
    refetchInterval: 10_000,
  });
}

export function useTraffic(gatewayId: string) {
  return useQuery({
    queryKey: [...keys.gateways, "traffic", gatewayId],
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/gateways/{gateway_id}/traffic", { params: { path: { gateway_id: gatewayId } }, signal })),
    refetchInterval: 3_000,
  });
}

export function useDestinationLimits() {
  return useQuery({
    queryKey: keys.destinationLimits,
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/destination-limits", { signal })).items,
  });
}

/** After a change everything that shows it is read again. */
export function useOutdate(key: QueryKey): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: key }), [client, key]);
}

export const createGateway = async (body: GatewayChoice, key: string): Promise<Gateway> => valueOf(await mailer.POST("/api/v1/gateways", { body, headers: { "Idempotency-Key": key } }));

export const changeGateway = async ({ value, etag }: Versioned<Gateway>, body: GatewayChoice): Promise<Gateway> =>
  valueOf(await mailer.PATCH("/api/v1/gateways/{gateway_id}", { params: { path: { gateway_id: value.id } }, body, headers: ifMatch(etag) }));

export function useCheck(gatewayId: string) {
  const outdate = useOutdate(keys.gateways);
  return useMutation({
    mutationFn: async () => valueOf(await mailer.POST("/api/v1/gateways/{gateway_id}/check", { params: { path: { gateway_id: gatewayId } } })),
    onSettled: outdate,
  });
}

export const pauseGateway = async (gatewayId: string, reason: string) => mailer.POST("/api/v1/gateways/{gateway_id}/pause", { params: { path: { gateway_id: gatewayId } }, body: { reason } });

export const resumeGateway = async (gatewayId: string) => mailer.POST("/api/v1/gateways/{gateway_id}/resume", { params: { path: { gateway_id: gatewayId } } });

export const deleteGateway = async ({ value, etag }: Versioned<Gateway>) => mailer.DELETE("/api/v1/gateways/{gateway_id}", { params: { path: { gateway_id: value.id } }, headers: ifMatch(etag) });

const versionSeen = (limit: DestinationLimit | null) => ifMatch(limit === null ? undefined : `"${limit.revision}"`);

export const putDestinationLimit = async (name: string, body: Pick<DestinationLimit, "connections" | "rate_per_second">, seen: DestinationLimit | null) =>
  mailer.PUT("/api/v1/destination-limits/{name}", { params: { path: { name } }, body, headers: versionSeen(seen) });

export const deleteDestinationLimit = async (limit: DestinationLimit) =>
  mailer.DELETE("/api/v1/destination-limits/{name}", { params: { path: { name: limit.name } }, headers: versionSeen(limit) });
