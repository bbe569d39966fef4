import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { mailer, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { SigningKey } from "@/api/types";

/** More keys than anybody has. */
const ALL = 200;

export function useKeys() {
  return useQuery({
    queryKey: keys.signingKeys,
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/dkim-keys", { params: { query: { limit: ALL } }, signal })).items,
  });
}

export type KeyAction = "check" | "activate" | "retire" | "delete";

/** To sign with a record that receivers do not find, one has to say that one knows. */
const evenThough = ({ dns }: SigningKey) => (dns.state === "found" ? null : dns.state);

async function perform(action: KeyAction, key: SigningKey): Promise<void> {
  const options = { params: { path: { key_id: key.id } } };
  switch (action) {
    case "check":
      await mailer.POST("/api/v1/dkim-keys/{key_id}/check", options);
      break;
    case "activate":
      await mailer.POST("/api/v1/dkim-keys/{key_id}/activate", { ...options, body: { even_though: evenThough(key) } });
      break;
    case "retire":
      await mailer.POST("/api/v1/dkim-keys/{key_id}/retire", options);
      break;
    case "delete":
      await mailer.DELETE("/api/v1/dkim-keys/{key_id}", options);
      break;
  }
}

/** Does something with a key; the list is read again even when it failed, because somebody else may have been first. */
export function useKeyAction(key: SigningKey, onDone?: (action: KeyAction) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (action: KeyAction) => perform(action, key),
    onSuccess: (_, action) => onDone?.(action),
    onSettled: () => client.invalidateQueries({ queryKey: keys.signingKeys }),
  });
}
