import { Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

import { newIdempotencyKey } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import type { Folder, Sharing } from "@/api/reports";
import { text } from "@/text/en";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { changeFolder, createFolder, useReportsChanged } from "./useSaved";

const words = text.reports.saved;
const SHARINGS = ["private", "group", "group_edit"] as const satisfies readonly Sharing[];

/** Makes a folder, or changes its name and who sees it. */
export function FolderDialog({ folder, onClose }: { folder: Folder | null; onClose: () => void }) {
  const changed = useReportsChanged();
  const key = useRef(newIdempotencyKey());
  const form = useForm({
    initialValues: { name: folder?.name ?? "", sharing: folder?.sharing ?? ("private") },
    validate: { name: (value) => (value.trim() === "" ? words.needFolderName : null) },
  });
  const mine = folder?.mine ?? true;
  const saving = useMutation({
    mutationFn: ({ name, sharing }: { name: string; sharing: Sharing }) =>
      folder === null ? createFolder(name.trim(), sharing, key.current) : changeFolder(folder, { name: name.trim(), ...(mine ? { sharing } : {}) }),
    onSuccess: async () => {
      await changed();
      onClose();
    },
    onError: (error) => form.setErrors(splitFields(toProblem(error), ["name", "sharing"]).byField),
  });
  return (
    <Modal opened onClose={onClose} title={folder === null ? words.createFolder : words.renameFolder} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((values) => saving.mutate(values))}>
        <Stack>
          {saving.error && <ProblemAlert error={saving.error} />}
          <TextInput label={words.folderName} required withAsterisk={false} data-autofocus maxLength={200} {...form.getInputProps("name")} />
          <Radio.Group label={words.dialog.sharing} value={form.values.sharing} onChange={(sharing) => form.setFieldValue("sharing", sharing)}>
            <Stack gap="xs" mt={6}>
              {SHARINGS.map((sharing) => (
                <Radio key={sharing} value={sharing} label={words.sharings[sharing]} disabled={!mine} />
              ))}
            </Stack>
          </Radio.Group>
          <DialogButtons busy={saving.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
