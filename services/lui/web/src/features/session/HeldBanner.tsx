import { Alert, Button, Container, List, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconShieldPause } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { mailer, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { asSentence } from "@/ui/format";

import { useMay } from "./session";

const words = text.frame.held;

function ArmDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const arm = useMutation({
    mutationFn: () => mailer.POST("/api/v1/arm"),
    onSuccess: () => {
      notifications.show({ message: words.done });
      onClose();
    },
    // Somebody else may have been faster: show what is.
    onSettled: () => client.invalidateQueries({ queryKey: keys.arming }),
  });
  return (
    <ConfirmDialog opened title={words.question} confirm={words.arm} danger busy={arm.isPending} error={arm.error} onConfirm={() => arm.mutate()} onCancel={onClose}>
      <Stack gap="sm">
        <Text>{words.consequence}</Text>
        <List spacing={4}>
          {words.before.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      </Stack>
    </ConfirmDialog>
  );
}

/** Says on every page that nothing is sent because this is a restored copy; whoever administers it can arm it. */
export function HeldBanner() {
  const mayArm = useMay("administer_installation");
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: keys.arming,
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/arming", { signal })),
    refetchInterval: 30_000,
    retry: false,
  });
  if (query.data?.state !== "held") return null;
  return (
    <Container size="xl" pt="md">
      <Alert role="status" color="yellow" icon={<IconShieldPause aria-hidden />} title={words.title}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{asSentence(query.data.reason ?? "")}</Text>
          {mayArm ? (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {words.look}
            </Button>
          ) : (
            <Text size="sm">{words.tell}</Text>
          )}
        </Stack>
      </Alert>
      {asking && <ArmDialog onClose={() => setAsking(false)} />}
    </Container>
  );
}
