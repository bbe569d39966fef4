import { Center, Paper, Stack, Text, Title } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

import { text } from "@/text/en";
import { Logo } from "@/ui/Logo";

import { SignInForm } from "./SignInForm";

/** The only page without a session. Afterwards the person is where the address said. */
export function SignInPage({ back }: { back: string | undefined }) {
  const router = useRouter();
  const words = text.frame.signIn;
  useEffect(() => {
    document.title = `${words.title} · ${text.frame.product}`;
  }, [words.title]);
  return (
    <Center mih="100dvh" px="md" py="xl" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap="xs" align="center" ta="center">
          <Logo size={44} />
          <Title order={1}>{words.title}</Title>
          <Text c="dimmed">{words.intro}</Text>
        </Stack>
        <Paper withBorder p="xl">
          <SignInForm onSignedIn={() => router.history.replace(back ?? "/")} />
        </Paper>
        <Text size="sm" c="dimmed" ta="center">
          {words.firstTime}
        </Text>
      </Stack>
    </Center>
  );
}
