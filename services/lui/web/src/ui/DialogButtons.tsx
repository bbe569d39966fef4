import { Button, Group } from "@mantine/core";

import { text } from "@/text/en";

interface Props {
  /** What the form does when it is sent; saving, unless said otherwise. */
  submit?: string;
  busy: boolean;
  onCancel: () => void;
}

/** How a form in a dialog ends: leave it, or send it. */
export function DialogButtons({ submit = text.frame.save, busy, onCancel }: Props) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        {text.frame.cancel}
      </Button>
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </Group>
  );
}
