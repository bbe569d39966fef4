import { Autocomplete, Checkbox, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { hub, ifMatch, newIdempotencyKey, valueOf } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import type { Account } from "@/api/types";
import { text } from "@/text/en";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { type AccountForm, changesOf, errorsOf, FIELDS, formOf, newAccountOf } from "./rules";
import { useAccountsChanged, useGroupNames, useRights } from "./useAccounts";

const words = text.accounts.form;

interface Props {
  /** The account to change; null makes a new one. */
  account: Account | null;
  onClose: () => void;
}

/** An account's name, group, contact and rights; a new one's password too. */
export function AccountDialog({ account, onClose }: Props) {
  const changed = useAccountsChanged();
  const groups = useGroupNames();
  const rights = useRights();
  const [key] = useState(newIdempotencyKey);
  const form = useForm<AccountForm>({
    initialValues: formOf(account),
    validate: {
      name: (value) => (value.trim() === "" ? words.needName : null),
      password: (value) => (account === null && value === "" ? words.needPassword : null),
    },
  });
  const save = useMutation({
    mutationFn: async (values: AccountForm) => {
      if (account === null) return valueOf(await hub.POST("/api/v1/accounts", { body: newAccountOf(values), headers: { "Idempotency-Key": key } }));
      return valueOf(
        await hub.PATCH("/api/v1/accounts/{account_id}", {
          params: { path: { account_id: account.id } },
          body: changesOf(values),
          headers: ifMatch(`"${account.revision}"`),
        }),
      );
    },
    onSuccess: async () => {
      await changed();
      notifications.show({ message: account === null ? words.created : words.saved });
      onClose();
    },
    onError: (error) => form.setErrors(errorsOf(toProblem(error))),
  });
  const unplaced = save.error ? splitFields(toProblem(save.error), FIELDS) : null;
  return (
    <Modal opened onClose={onClose} size="lg" title={account === null ? words.create : words.change(account.name)} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          {unplaced && (unplaced.others.length > 0 || Object.keys(unplaced.byField).length === 0) && <ProblemAlert error={save.error} />}
          <TextInput label={words.name} description={words.nameHelp} autoComplete="off" data-autofocus {...form.getInputProps("name")} />
          {account === null && <PasswordInput label={words.password} description={words.passwordHelp} autoComplete="new-password" aria-invalid={form.errors.password !== undefined} {...form.getInputProps("password")} />}
          <Autocomplete label={words.group} description={words.groupHelp} data={groups.data ?? []} {...form.getInputProps("group")} />
          <TextInput type="email" label={words.contact} description={words.contactHelp} {...form.getInputProps("contactAddress")} />
          <Checkbox.Group label={words.rights} {...form.getInputProps("rights")}>
            <Stack gap="xs" mt="xs">
              {(rights.data ?? []).map((right) => (
                <Checkbox key={right.name} value={right.name} label={text.accounts.rights[right.name]} description={right.explanation} />
              ))}
            </Stack>
          </Checkbox.Group>
          <DialogButtons submit={account === null ? words.submit : text.frame.save} busy={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
