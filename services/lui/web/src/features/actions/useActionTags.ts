import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { ifMatch, lui, newIdempotencyKey, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { ActionTag } from "@/api/types";

export function useActionTags() {
  return useQuery({ queryKey: keys.actionTags, queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/action-tags", { signal })).items });
}

export type TagChange = { tag: ActionTag; change: { name?: string; archived?: boolean } } | { name: string };

/** Makes a tag or changes one; the list is asked for anew. */
export function useSaveTag(onSaved?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (asked: TagChange): Promise<ActionTag> =>
      "tag" in asked
        ? valueOf(await lui.PATCH("/api/v1/action-tags/{tag_id}", { params: { path: { tag_id: asked.tag.id } }, body: asked.change, headers: ifMatch(asked.tag.etag) }))
        : valueOf(await lui.POST("/api/v1/action-tags", { body: { name: asked.name }, headers: { "Idempotency-Key": newIdempotencyKey() } })),
    onSuccess: () => onSaved?.(),
    onSettled: () => client.invalidateQueries({ queryKey: keys.actionTags }),
  });
}
