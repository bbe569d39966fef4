import { Paper } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";

import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";

const words = text.reports.saved.mayNot;

/** Instead of numbers that are not for this account. */
export function MayNotSee() {
  return (
    <Paper withBorder>
      <EmptyState level={1} icon={<IconLock size={28} stroke={1.5} />} title={words.title} detail={words.detail} />
    </Paper>
  );
}
