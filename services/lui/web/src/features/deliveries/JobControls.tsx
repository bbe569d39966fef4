import { Button, Group, Text } from "@mantine/core";
import { IconArrowBackUp, IconLockOpen, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRefresh, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { lui, type Versioned, versionOf } from "@/api/client";
import type { Delivery, Job } from "@/api/types";
import { useCurrentJob, useJobChanged } from "@/features/jobs";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { retryableCount } from "./rules";

const words = text.deliveries;

type Control = keyof typeof words.controls;

const CONTROLS: readonly { control: Control; icon: ReactNode; forward?: boolean }[] = [
  { control: "trigger", icon: <IconPlayerPlay size={16} aria-hidden />, forward: true },
  { control: "resume", icon: <IconPlayerPlay size={16} aria-hidden />, forward: true },
  { control: "retry", icon: <IconRefresh size={16} aria-hidden />, forward: true },
  { control: "pause", icon: <IconPlayerPause size={16} aria-hidden /> },
  { control: "revoke", icon: <IconArrowBackUp size={16} aria-hidden /> },
  { control: "reopen", icon: <IconLockOpen size={16} aria-hidden /> },
  { control: "stop", icon: <IconPlayerStop size={16} aria-hidden /> },
  { control: "close", icon: <IconX size={16} aria-hidden /> },
];

function perform(control: Control, jobId: string): Promise<Versioned<Job>> {
  const options = { params: { path: { job_id: jobId } } };
  switch (control) {
    case "revoke":
      return lui.POST("/api/v1/jobs/{job_id}/revoke", options).then(versionOf<Job>);
    case "trigger":
      return lui.POST("/api/v1/jobs/{job_id}/trigger", options).then(versionOf<Job>);
    case "pause":
      return lui.POST("/api/v1/jobs/{job_id}/pause", options).then(versionOf<Job>);
    case "resume":
      return lui.POST("/api/v1/jobs/{job_id}/resume", options).then(versionOf<Job>);
    case "stop":
      return lui.POST("/api/v1/jobs/{job_id}/stop", options).then(versionOf<Job>);
    case "retry":
      return lui.POST("/api/v1/jobs/{job_id}/retry", options).then(versionOf<Job>);
    case "reopen":
      return lui.POST("/api/v1/jobs/{job_id}/reopen", options).then(versionOf<Job>);
    case "close":
      return lui.POST("/api/v1/jobs/{job_id}/close", options).then(versionOf<Job>);
  }
}

/** Whom a retry reaches, as far as the counts tell. */
function retryDetail(delivery: Delivery | undefined): string {
  const count = delivery === undefined ? 0 : retryableCount(delivery);
  return count === 0 ? words.retryUnknown : words.retryDetail(words.inDoubt.people(count, formatNumber(count)));
}

/** What can be done with an authorized job right now, as the server says. Asks first where something cannot be undone. */
export function JobControls({ delivery }: { delivery?: Delivery }) {
  const { job } = useCurrentJob();
  const jobChanged = useJobChanged();
  const client = useQueryClient();
  const [asking, setAsking] = useState<keyof typeof words.confirm | null>(null);
  const action = useMutation({
    mutationFn: (control: Control) => perform(control, job.id),
    onSuccess: async (changed) => {
      setAsking(null);
      await jobChanged(changed);
      await client.invalidateQueries({ queryKey: ["deliveries"] });
    },
  });
  const offered = CONTROLS.filter(({ control }) => job.allowed_actions.includes(control));
  if (job.stopping) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {words.stopping}
      </Text>
    );
  }
  if (offered.length === 0) return null;
  const press = (control: Control) => {
    action.reset();
    if (control in words.confirm) setAsking(control as keyof typeof words.confirm);
    else action.mutate(control);
  };
  return (
    <>
      <Group gap="xs">
        {offered.map(({ control, icon, forward }) => (
          <Button
            key={control}
            variant={forward ? "filled" : "default"}
            leftSection={icon}
            loading={action.isPending && action.variables === control}
            disabled={action.isPending}
            onClick={() => press(control)}
          >
            {words.controls[control]}
          </Button>
        ))}
      </Group>
      {action.error && asking === null && <ProblemAlert error={action.error} />}
      {asking !== null && (
        <ConfirmDialog
          opened
          title={words.confirm[asking].title}
          confirm={words.controls[asking]}
          danger={asking === "stop" || asking === "close"}
          busy={action.isPending}
          error={action.error}
          onConfirm={() => action.mutate(asking)}
          onCancel={() => setAsking(null)}
        >
          {asking === "retry" ? retryDetail(delivery) : words.confirm[asking].detail}
        </ConfirmDialog>
      )}
    </>
  );
}
