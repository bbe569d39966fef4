import { Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  label: string;
  value: string;
  detail?: ReactNode;
}

/** One number that matters, with what it means. */
export function Figure({ label, value, detail }: Props) {
  return (
    <Paper withBorder p="md" radius="lg" role="group" aria-label={label}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz="1.75rem" fw={650} lh={1.3} className="numbers">
        {value}
      </Text>
      {detail !== undefined && (
        <Text size="sm" c="dimmed" className="numbers" component="div">
          {detail}
        </Text>
      )}
    </Paper>
  );
}
