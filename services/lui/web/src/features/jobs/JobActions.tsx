import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { ifMatch, lui, newIdempotencyKey, versionOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Job } from "@/api/types";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

import { TitleDialog } from "./TitleDialog";
import { useJobChanged } from "./useJob";

const words = text.jobs.page;

/** Rename, copy, delete. */
export function JobActions({ job, etag }: { job: Job; etag: string | undefined }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const jobChanged = useJobChanged();
  const may = useMay("create_jobs");
  const [renaming, setRenaming] = useState(false);
  const [removing, setRemoving] = useState(false);
  const path = { job_id: job.id };
  const copy = useMutation({
    mutationFn: async () => versionOf(await lui.POST("/api/v1/jobs/{job_id}/copy", { params: { path }, headers: { "Idempotency-Key": newIdempotencyKey() } })),
    onSuccess: async (copied) => {
      await jobChanged(copied);
      notifications.show({ message: words.copied });
      await navigate({ to: "/jobs/$jobId", params: { jobId: copied.value.id } });
    },
  });
  const remove = useMutation({
    mutationFn: async () => lui.DELETE("/api/v1/jobs/{job_id}", { params: { path }, headers: ifMatch(etag) }),
    onSuccess: async () => {
      await navigate({ to: "/jobs" });
      client.removeQueries({ queryKey: keys.job(job.id) });
      await client.invalidateQueries({ queryKey: keys.jobs });
      notifications.show({ message: words.removed });
    },
  });
  if (!may) return null;
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={words.actions} loading={copy.isPending}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setRenaming(true)}>
            {words.rename}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy.mutate()}>
            {words.copy}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item c="error" leftSection={<IconTrash size={16} aria-hidden />} disabled={!job.allowed_actions.includes("delete")} onClick={() => setRemoving(true)}>
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TitleDialog opened={renaming} onClose={() => setRenaming(false)} job={job} etag={etag} />
      <ConfirmDialog
        opened={removing}
        title={words.removeTitle}
        confirm={words.remove}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setRemoving(false)}
      >
        {words.removeDetail}
      </ConfirmDialog>
    </>
  );
}
