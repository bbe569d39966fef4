import { ActionIcon, Button, Group, Menu, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconKey, IconLockOpen, IconPencil, IconUserOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { hub, ifMatch } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import type { Account } from "@/api/types";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { useAccountsChanged } from "./useAccounts";

const words = text.accounts;

function PasswordDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const set = useMutation({
    mutationFn: () => hub.PUT("/api/v1/accounts/{account_id}/password", { params: { path: { account_id: account.id } }, body: { password } }),
    onSuccess: () => {
      notifications.show({ message: words.setPassword.done });
      onClose();
    },
  });
  const atField = set.error ? splitFields(toProblem(set.error), ["password"]).byField.password : undefined;
  return (
    <Modal opened onClose={onClose} title={words.setPassword.title(account.name)} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{words.setPassword.detail}</Text>
          {set.error && atField === undefined && <ProblemAlert error={set.error} />}
          <PasswordInput label={words.form.password} autoComplete="new-password" aria-invalid={atField !== undefined} data-autofocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={atField} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.frame.cancel}
            </Button>
            <Button type="submit" loading={set.isPending} disabled={password === ""}>
              {words.setPassword.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface Props {
  account: Account;
  own: boolean;
  onEdit: () => void;
}

/** What can be done with one account. Nobody closes their own. */
export function AccountMenu({ account, own, onEdit }: Props) {
  const changed = useAccountsChanged();
  const [dialog, setDialog] = useState<"password" | "close" | null>(null);
  const options = { params: { path: { account_id: account.id } }, headers: ifMatch(`"${account.revision}"`) };
  const close = useMutation({
    mutationFn: () => hub.POST("/api/v1/accounts/{account_id}/close", options),
    onSuccess: async () => {
      await changed();
      setDialog(null);
      notifications.show({ message: words.close.done });
    },
  });
  const reopen = useMutation({
    mutationFn: () => hub.POST("/api/v1/accounts/{account_id}/reopen", options),
    onSuccess: async () => {
      await changed();
      notifications.show({ message: words.reopen.done });
    },
  });
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={words.actions(account.name)}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            {words.edit}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => setDialog("password")}>
            {words.setPassword.action}
          </Menu.Item>
          {account.closed ? (
            <Menu.Item leftSection={<IconLockOpen size={16} aria-hidden />} onClick={() => reopen.mutate()}>
              {words.reopen.action}
            </Menu.Item>
          ) : (
            <Menu.Item c="error" leftSection={<IconUserOff size={16} aria-hidden />} disabled={own} onClick={() => setDialog("close")}>
              {words.close.action}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === "password" && <PasswordDialog account={account} onClose={() => setDialog(null)} />}
      <ConfirmDialog
        opened={dialog === "close"}
        title={words.close.title}
        confirm={words.close.action}
        danger
        busy={close.isPending}
        error={close.error}
        onConfirm={() => close.mutate()}
        onCancel={() => setDialog(null)}
      >
        {words.close.detail}
      </ConfirmDialog>
    </>
  );
}
