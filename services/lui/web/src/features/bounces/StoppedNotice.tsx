import { Alert, Button, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { mailer, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { asSentence, formatInstant } from "@/ui/format";

const words = text.bounces.stopped;

/** Says that unusually many reports came and suppress nobody until somebody looked; an administrator lets them. */
export function StoppedNotice({ deliveryId }: { deliveryId: string }) {
  const mayResume = useMay("administer_installation");
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const path = { params: { path: { delivery_id: deliveryId } } };
  const query = useQuery({
    queryKey: keys.suppressing(deliveryId),
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/deliveries/{delivery_id}/bounces", { ...path, signal })),
    retry: false,
  });
  const resume = useMutation({
    mutationFn: () => mailer.POST("/api/v1/deliveries/{delivery_id}/bounces/resume-suppression", path),
    onSuccess: () => {
      notifications.show({ message: words.done });
      setAsking(false);
    },
    // Somebody else may have been faster: show what is.
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: keys.suppressing(deliveryId) });
      await client.invalidateQueries({ queryKey: keys.suppressions });
    },
  });
  const stopped = query.data?.suppression_stopped;
  if (!stopped) return null;
  return (
    <Alert role="status" color="yellow" icon={<IconAlertTriangle aria-hidden />} title={words.title}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{words.since(formatInstant(stopped.at), asSentence(stopped.reason))}</Text>
        <Text size="sm">{words.meaning}</Text>
        {mayResume ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              resume.reset();
              setAsking(true);
            }}
          >
            {words.resume}
          </Button>
        ) : (
          <Text size="sm">{words.tell}</Text>
        )}
      </Stack>
      <ConfirmDialog opened={asking} title={words.question} confirm={words.confirm} busy={resume.isPending} error={resume.error} onConfirm={() => resume.mutate()} onCancel={() => setAsking(false)}>
        {words.consequence}
      </ConfirmDialog>
    </Alert>
  );
}
