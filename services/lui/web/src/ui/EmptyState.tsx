import { Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  icon: ReactNode;
  title: string;
  detail: string;
  action?: ReactNode;
}

/** What a newcomer sees where nothing is yet: what belongs here and what to do first. */
export function EmptyState({ icon, title, detail, action }: Props) {
  return (
    <Stack align="center" gap="sm" py={56} px="md" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
        {icon}
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw="46ch">
        {detail}
      </Text>
      {action}
    </Stack>
  );
}
