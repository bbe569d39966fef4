import { Modal, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

import { newIdempotencyKey } from "@/api/client";
import { splitFields, toProblem } from "@/api/problem";
import type { Sharing } from "@/api/reports";
import { text } from "@/text/en";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { type ReportDraft, useFolders } from "./useSaved";

const words = text.reports.saved;
const SHARINGS = ["private", "group", "group_edit"] as const satisfies readonly Sharing[];
const FIELDS = ["title", "folder_id", "sharing"];

interface Props {
  title: string;
  initial: ReportDraft;
  /** Only the owner decides who else may see it. */
  mayShare: boolean;
  onSave: (draft: ReportDraft, key: string) => Promise<void>;
  onClose: () => void;
}

/** What a saved report is called, where it lies and who else may see it. */
export function SaveDialog({ title, initial, mayShare, onSave, onClose }: Props) {
  const folders = useFolders();
  const key = useRef(newIdempotencyKey());
  const form = useForm({ initialValues: initial, validate: { title: (value) => (value.trim() === "" ? words.dialog.needName : null) } });
  const saving = useMutation({
    mutationFn: (draft: ReportDraft) => onSave({ ...draft, title: draft.title.trim() }, key.current),
    onSuccess: onClose,
    onError: (error) => form.setErrors(splitFields(toProblem(error), FIELDS).byField),
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form noValidate onSubmit={form.onSubmit((draft) => saving.mutate(draft))}>
        <Stack>
          {saving.error && <ProblemAlert error={saving.error} />}
          <TextInput label={words.dialog.name} description={words.dialog.nameHelp} required withAsterisk={false} data-autofocus maxLength={200} {...form.getInputProps("title")} />
          <Select
            label={words.inFolder}
            value={form.values.folder_id ?? ""}
            onChange={(folder) => form.setFieldValue("folder_id", folder === null || folder === "" ? null : folder)}
            allowDeselect={false}
            data={[{ value: "", label: words.noFolder }, ...(folders.data ?? []).filter((folder) => folder.may_edit).map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <Radio.Group label={words.dialog.sharing} value={form.values.sharing} onChange={(sharing) => form.setFieldValue("sharing", sharing)}>
            <Stack gap="xs" mt={6}>
              {SHARINGS.map((sharing) => (
                <Radio key={sharing} value={sharing} label={words.sharings[sharing]} description={words.sharingDetails[sharing]} disabled={!mayShare} />
              ))}
            </Stack>
          </Radio.Group>
          <DialogButtons submit={words.dialog.submit} busy={saving.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
