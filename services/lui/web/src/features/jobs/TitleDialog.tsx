import { Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { ifMatch, lui, newIdempotencyKey, versionOf } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import type { Job } from "@/api/types";
import { text } from "@/text/en";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { useJobChanged } from "./useJob";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** The job to rename; none creates one. */
  job?: Job | undefined;
  etag?: string | undefined;
}

/** Asks for a job's title and prefix, to create a job or to rename one. */
export function TitleDialog({ opened, onClose, job, etag }: Props) {
  const words = text.jobs.dialog;
  const navigate = useNavigate();
  const jobChanged = useJobChanged();
  const key = useRef(newIdempotencyKey());
  const form = useForm({
    initialValues: { title: "", prefix: "" },
    validate: { title: (value) => (value.trim() === "" ? words.needTitle : null) },
  });
  const save = useMutation({
    mutationFn: async ({ title, prefix }: { title: string; prefix: string }) => {
      const body = { title: title.trim(), prefix: prefix.trim() || null };
      if (job === undefined) return versionOf(await lui.POST("/api/v1/jobs", { body, headers: { "Idempotency-Key": key.current } }));
      return versionOf(await lui.PATCH("/api/v1/jobs/{job_id}", { params: { path: { job_id: job.id } }, body, headers: ifMatch(etag) }));
    },
    onSuccess: async (saved) => {
      await jobChanged(saved);
      onClose();
      if (job === undefined) await navigate({ to: "/jobs/$jobId/recipients", params: { jobId: saved.value.id } });
    },
    onError: (error) => form.setErrors(splitFields(toProblem(error), ["title", "prefix"]).byField),
  });
  const { setValues, resetDirty, clearErrors } = form;
  const { reset } = save;
  useEffect(() => {
    if (!opened) return;
    key.current = newIdempotencyKey();
    setValues({ title: job?.title ?? "", prefix: job?.prefix ?? "" });
    resetDirty();
    clearErrors();
    reset();
    // Only opening starts afresh: a job that is read again must not overwrite what is being typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [opened]);
  const others = save.error ? splitFields(toProblem(save.error), ["title", "prefix"]) : null;
  return (
    <Modal opened={opened} onClose={onClose} title={job === undefined ? words.title : words.rename} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          {save.error && others !== null && (others.others.length > 0 || Object.keys(others.byField).length === 0) && <ProblemAlert error={save.error} />}
          <TextInput label={words.name} description={words.nameHelp} placeholder={words.namePlaceholder} required withAsterisk={false} data-autofocus maxLength={200} {...form.getInputProps("title")} />
          <TextInput label={words.prefix} description={words.prefixHelp} maxLength={20} {...form.getInputProps("prefix")} />
          <DialogButtons submit={job === undefined ? words.submit : words.renameSubmit} busy={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
