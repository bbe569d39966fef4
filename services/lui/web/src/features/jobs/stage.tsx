import { Badge, type MantineColor } from "@mantine/core";

import type { Stage } from "@/api/types";
import { text } from "@/text/en";

const COLOURS: Record<Stage, MantineColor> = {
  open: "gray",
  waiting: "blue",
  processing: "petrol",
  repeating: "petrol",
  failed: "red",
  delivered: "green",
  closed: "gray",
  archived: "gray",
};

export function StageBadge({ stage }: { stage: Stage }) {
  return <Badge color={COLOURS[stage]}>{text.jobs.stages[stage]}</Badge>;
}
