import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

import { text } from "@/text/en";

interface Props {
  title: string;
  /** Above the title, small: where this belongs. */
  eyebrow?: ReactNode;
  detail?: ReactNode;
  actions?: ReactNode;
}

/** A page that the browser has just loaded begins at its beginning; one that follows on another begins at its title. */
let loadedByBrowser = true;

/** The page's one h1. It names the browser tab, and takes the focus when the page changes, so that a screen reader says where it is. */
export function PageHeader({ title, eyebrow, detail, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${text.frame.product}`;
  }, [title]);
  useEffect(() => {
    if (loadedByBrowser) {
      loadedByBrowser = false;
      return;
    }
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="lg">
      <Stack gap={4} style={{ minWidth: 0, flex: "1 1 16rem" }}>
        {eyebrow}
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: "none", overflowWrap: "anywhere" }}>
          {title}
        </Title>
        {detail !== undefined && (
          <Text c="dimmed" component="div">
            {detail}
          </Text>
        )}
      </Stack>
      {actions}
    </Group>
  );
}
