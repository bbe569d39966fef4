import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlugConnected, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import type { Versioned } from "@/api/client";
import { keys } from "@/api/queries";
import type { Gateway } from "@/api/types";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { GatewayDialog } from "./GatewayDialog";
import { deleteGateway, pauseGateway, resumeGateway, useOutdate } from "./useGateways";

const words = text.gateways;

function PauseDialog({ gateway, onClose }: { gateway: Gateway; onClose: () => void }) {
  const outdate = useOutdate(keys.gateways);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const pause = useMutation({
    mutationFn: () => pauseGateway(gateway.id, reason.trim()),
    onSuccess: async () => {
      await outdate();
      notifications.show({ message: words.pauseDialog.done });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={words.pauseDialog.title} withCloseButton={false}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(reason.trim() === "");
          if (reason.trim() !== "") pause.mutate();
        }}
      >
        <Stack>
          <Text>{words.pauseDialog.detail}</Text>
          {pause.error && <ProblemAlert error={pause.error} />}
          <Textarea
            label={words.pauseDialog.reason}
            description={words.pauseDialog.reasonHelp}
            autosize
            minRows={2}
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={missing && reason.trim() === "" ? words.pauseDialog.needReason : null}
          />
          <DialogButtons submit={words.pause} busy={pause.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

/** What can be done with a gateway. One from the deployment's configuration is changed there. */
export function GatewayActions({ gateway, onTest, testing }: { gateway: Versioned<Gateway>; onTest: () => void; testing: boolean }) {
  const navigate = useNavigate();
  const outdate = useOutdate(keys.gateways);
  const [dialog, setDialog] = useState<"edit" | "pause" | "remove" | null>(null);
  const { value } = gateway;
  const stored = value.origin === "stored";
  const resume = useMutation({
    mutationFn: () => resumeGateway(value.id),
    onSuccess: async () => {
      await outdate();
      notifications.show({ message: words.resumed });
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteGateway(gateway),
    onSuccess: async () => {
      await navigate({ to: "/gateways" });
      await outdate();
      notifications.show({ message: words.removeDialog.done });
    },
  });
  return (
    <Stack align="flex-end" gap="xs">
      <Group gap="xs">
        <Button leftSection={<IconPlugConnected size={16} aria-hidden />} loading={testing} onClick={onTest}>
          {words.test}
        </Button>
        {value.state === "paused" || value.state === "failing" ? (
          <Button variant="default" leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate()}>
            {words.resume}
          </Button>
        ) : (
          <Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => setDialog("pause")}>
            {words.pause}
          </Button>
        )}
        {stored && (
          <>
            <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog("edit")}>
              {words.edit}
            </Button>
            <Menu position="bottom-end" shadow="md" width={200}>
              <Menu.Target>
                <ActionIcon variant="default" size="lg" aria-label={words.actions}>
                  <IconDots size={18} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  c="error"
                  leftSection={<IconTrash size={16} aria-hidden />}
                  onClick={() => {
                    remove.reset();
                    setDialog("remove");
                  }}
                >
                  {words.remove}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </Group>
      {resume.error && <ProblemAlert error={resume.error} />}
      {dialog === "edit" && <GatewayDialog gateway={gateway} onClose={() => setDialog(null)} />}
      {dialog === "pause" && <PauseDialog gateway={value} onClose={() => setDialog(null)} />}
      <ConfirmDialog
        opened={dialog === "remove"}
        title={words.removeDialog.title}
        confirm={words.remove}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setDialog(null)}
      >
        {words.removeDialog.detail}
      </ConfirmDialog>
    </Stack>
  );
}
