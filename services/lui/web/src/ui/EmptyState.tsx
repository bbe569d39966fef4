import { Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  icon: ReactNode;
  title: string;
  detail: string;
  action?: ReactNode;
  /** 1 where nothing else titles the page. */
  level?: 1 | 2;
}

/** What a newcomer sees where nothing is yet: what belongs here and what to do first. */
export function EmptyState({ icon, title, detail, action, level = 2 }: Props) {
  return (
    <Stack align="center" gap="sm" py={56} px="md" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
        {icon}
      </ThemeIcon>
      <Title order={level} size="h2">
        {title}
      </Title>
      <Text c="dimmed" maw="46ch">
        {detail}
      </Text>
      {action}
    </Stack>
  );
}
