import { Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Session } from "@/api/types";
import { text } from "@/text/en";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { signIn } from "./session";

const words = text.frame.signIn;

/** Account, group when there is one, password. */
export function SignInForm({ onSignedIn }: { onSignedIn?: (session: Session) => void }) {
  const client = useQueryClient();
  const [withGroup, setWithGroup] = useState(false);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { account: "", group: "", password: "" },
    validate: {
      account: (value) => (value.trim() === "" ? words.needAccount : null),
      password: (value) => (value === "" ? words.needPassword : null),
    },
  });
  const attempt = useMutation({
    mutationFn: ({ account, group, password }: { account: string; group: string; password: string }) => signIn(account.trim(), group.trim(), password),
    onSuccess: (session) => {
      client.setQueryData(keys.session, session);
      onSignedIn?.(session);
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 401) {
        form.setFieldError("password", words.wrong);
        form.getInputNode("password")?.focus();
      }
    },
  });
  const refused = attempt.error instanceof Problem && attempt.error.status === 401;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => attempt.mutate(values), (errors) => form.getInputNode(Object.keys(errors)[0] ?? "account")?.focus())}>
      <Stack>
        {attempt.error && !refused && <ProblemAlert error={attempt.error} />}
        <TextInput label={words.account} autoComplete="username" autoCapitalize="none" spellCheck={false} data-autofocus autoFocus key={form.key("account")} {...form.getInputProps("account")} />
        {withGroup && <TextInput label={words.group} description={words.groupHelp} autoComplete="organization" autoFocus key={form.key("group")} {...form.getInputProps("group")} />}
        <PasswordInput label={words.password} autoComplete="current-password" aria-invalid={form.errors.password !== undefined} key={form.key("password")} {...form.getInputProps("password")} />
        <Button type="submit" loading={attempt.isPending} size="md" fullWidth>
          {words.submit}
        </Button>
        {!withGroup && (
          <Anchor component="button" type="button" size="sm" onClick={() => setWithGroup(true)}>
            {words.addGroup}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
