import { type Problem, splitFields } from "@/api/problem";
import type { Sender, SenderChoice } from "@/api/types";

export interface SenderForm {
  address: string;
  name: string;
  replyTo: string;
  bounceMode: "automatic" | "address";
  bounceAddress: string;
}

export function formOf(sender: Sender | null): SenderForm {
  return {
    address: sender?.address ?? "",
    name: sender?.name ?? "",
    replyTo: sender?.reply_to ?? "",
    bounceMode: sender?.bounces.mode ?? "automatic",
    bounceAddress: sender?.bounces.mode === "address" ? sender.bounces.address : "",
  };
}

/** Empty fields are left out: they mean "none". */
export function bodyOf(form: SenderForm): SenderChoice {
  const name = form.name.trim();
  const replyTo = form.replyTo.trim();
  return {
    address: form.address.trim(),
    ...(name === "" ? {} : { name }),
    ...(replyTo === "" ? {} : { reply_to: replyTo }),
    bounces: form.bounceMode === "address" ? { mode: "address", address: form.bounceAddress.trim() } : { mode: "automatic" },
  };
}

/** The server's field errors under the form's names. */
export function errorsOf(problem: Problem): Record<string, string> {
  const { reply_to: replyTo, bounces, ...fields } = splitFields(problem, ["address", "name", "reply_to", "bounces"]).byField;
  return { ...fields, ...(replyTo === undefined ? {} : { replyTo }), ...(bounces === undefined ? {} : { bounceAddress: bounces }) };
}
