import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { text } from "@/text/en";

import { ProblemAlert } from "./ProblemAlert";

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirm: string;
  cancel?: string;
  danger?: boolean;
  busy?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something is lost or leaves the house; the safe answer has the focus. */
export function ConfirmDialog({ opened, title, children, confirm, cancel, danger, busy, error, onConfirm, onCancel }: Props) {
  return (
    <Modal opened={opened} onClose={onCancel} title={title} withCloseButton={false}>
      <Stack>
        <Text component="div">{children}</Text>
        {Boolean(error) && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel} data-autofocus>
            {cancel ?? text.frame.cancel}
          </Button>
          <Button {...(danger ? { color: "red.8" } : {})} onClick={onConfirm} loading={busy ?? false}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
