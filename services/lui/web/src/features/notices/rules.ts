import type { MantineColor } from "@mantine/core";

import type { Notice, NoticeAddress } from "@/api/types";

/** How a notice went as a whole: while one address is still tried it is on its way. */
export type NoticeOutcome = "sending" | "sent" | "partly" | "failed";

export const OUTCOME_COLOURS: Record<NoticeOutcome, MantineColor> = { sending: "blue", sent: "green", partly: "yellow", failed: "red" };

export const isSent = ({ state }: Pick<NoticeAddress, "state">): boolean => state === "sent";

export function outcomeOf({ stage, addresses }: Pick<Notice, "stage"> & { addresses: readonly Pick<NoticeAddress, "state">[] }): NoticeOutcome {
  if (stage === "waiting" || stage === "open") return "sending";
  const sent = addresses.filter(isSent).length;
  if (stage === "failed" || sent === 0) return "failed";
  return sent === addresses.length ? "sent" : "partly";
}
