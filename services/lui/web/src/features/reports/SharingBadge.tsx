import { Badge } from "@mantine/core";
import { IconLock, IconUsers } from "@tabler/icons-react";

import type { Sharing } from "@/api/reports";
import { text } from "@/text/en";

/** Who else may see something. */
export function SharingBadge({ sharing }: { sharing: Sharing }) {
  const icon = sharing === "private" ? <IconLock size={12} aria-hidden /> : <IconUsers size={12} aria-hidden />;
  return (
    <Badge color={sharing === "private" ? "gray" : sharing === "group" ? "blue" : "petrol"} leftSection={icon}>
      {text.reports.saved.sharings[sharing]}
    </Badge>
  );
}
