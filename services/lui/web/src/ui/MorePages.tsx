import { Button, Group } from "@mantine/core";

import { text } from "@/text/en";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The way to the rest of a list that came in part. */
export function MorePages({ of }: { of: Pages }) {
  if (!of.hasNextPage) return null;
  return (
    <Group>
      <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {text.frame.more}
      </Button>
    </Group>
  );
}
