import { ActionIcon, Anchor, Badge, Button, FileButton, Group, Modal, Progress, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPaperclip, IconPhoto, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { keys } from "@/api/queries";
import type { JobFile } from "@/api/types";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { formatBytes, formatShare } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { addFile, fileAddress, isShown, removeFile, wordsOf } from "./files";

const words = text.content.files;
const PICTURES = "image/png,image/jpeg,image/gif,image/webp";

interface Props {
  jobId: string;
  files: readonly JobFile[];
  html: string;
  editable: boolean;
  /** Puts a picture where the cursor is in the HTML part. */
  onInsert: (contentId: string, alt: string) => void;
}

function InsertDialog({ file, onInsert, onClose }: { file: JobFile; onInsert: (alt: string) => void; onClose: () => void }) {
  const [alt, setAlt] = useState(wordsOf(file.file_name));
  return (
    <Modal opened onClose={onClose} title={words.insertTitle} closeButtonProps={{ "aria-label": text.frame.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onClose();
          onInsert(alt.trim());
        }}
      >
        <Stack>
          <TextInput label={words.alt} description={words.altHelp} data-autofocus value={alt} onChange={(event) => setAlt(event.currentTarget.value)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.frame.cancel}
            </Button>
            <Button type="submit">{words.insert}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function FileRow({ jobId, file, html, editable, onInsert, onRemove }: Omit<Props, "files"> & { file: JobFile; onRemove: () => void }) {
  const [inserting, setInserting] = useState(false);
  const address = fileAddress(jobId, file);
  const contentId = file.content_id;
  return (
    <Group component="li" justify="space-between" gap="sm" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        {file.is_inline ? <img src={address} alt="" width={40} height={40} style={{ objectFit: "cover", borderRadius: 6, flex: "none" }} /> : <IconPaperclip size={20} aria-hidden style={{ flex: "none" }} />}
        <div style={{ minWidth: 0 }}>
          <Anchor href={address} download={file.file_name} style={{ overflowWrap: "anywhere" }}>
            {file.file_name}
          </Anchor>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {formatBytes(file.size)}
            </Text>
            {file.is_inline && <Badge color={isShown(html, file) ? "green" : "gray"}>{isShown(html, file) ? words.shown : words.notShown}</Badge>}
          </Group>
        </div>
      </Group>
      {editable && (
        <Group gap={4} wrap="nowrap">
          {file.is_inline && (
            <Button size="xs" variant="default" aria-label={words.insertOf(file.file_name)} onClick={() => setInserting(true)}>
              {words.insert}
            </Button>
          )}
          <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={words.removeOf(file.file_name)} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      )}
      {inserting && <InsertDialog file={file} onInsert={(alt) => onInsert(contentId, alt)} onClose={() => setInserting(false)} />}
    </Group>
  );
}

/** Files that travel with the message: attached, or shown as pictures in the HTML part. They are kept as soon as they are here. */
export function FilesSection(props: Props) {
  const { jobId, files, html, editable } = props;
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const [removing, setRemoving] = useState<JobFile | null>(null);
  const outdate = () => client.invalidateQueries({ queryKey: keys.job(jobId) });
  const add = useMutation({
    mutationFn: ({ file, isInline }: { file: File; isInline: boolean }) => {
      setShare(0);
      return addFile(jobId, file, isInline, setShare);
    },
    onSuccess: outdate,
  });
  const remove = useMutation({
    mutationFn: (file: JobFile) => removeFile(jobId, file.id),
    onSuccess: async () => {
      setRemoving(null);
      notifications.show({ message: words.removed });
      await outdate();
    },
  });
  const take = (isInline: boolean) => (file: File | null) => file && add.mutate({ file, isInline });
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const buttons = editable && (
    <Group gap="xs">
      <FileButton onChange={take(false)} inputProps={{ "aria-label": words.attach }}>
        {(button) => (
          <Button {...button} size="xs" variant="default" disabled={add.isPending} leftSection={<IconPaperclip size={15} aria-hidden />}>
            {words.attach}
          </Button>
        )}
      </FileButton>
      <FileButton onChange={take(true)} accept={PICTURES} inputProps={{ "aria-label": words.picture }}>
        {(button) => (
          <Button {...button} size="xs" variant="default" disabled={add.isPending} leftSection={<IconPhoto size={15} aria-hidden />}>
            {words.picture}
          </Button>
        )}
      </FileButton>
    </Group>
  );
  return (
    <Section title={words.title} detail={files.length === 0 ? words.detail : words.total(formatBytes(total))} actions={buttons}>
      {add.error && <ProblemAlert error={add.error} />}
      {add.isPending && (
        <Group role="status" gap="sm">
          <Progress value={share * 100} aria-label={words.sending(formatShare(share, 1))} style={{ flex: 1 }} animated />
          <Text size="sm" c="dimmed">
            {words.sending(formatShare(share, 1))}
          </Text>
        </Group>
      )}
      {files.length === 0 && !add.isPending && <Text c="dimmed">{words.none}</Text>}
      {files.length > 0 && (
        <Stack gap="sm" component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {files.map((file) => (
            <FileRow
              key={file.id}
              {...props}
              file={file}
              onRemove={() => {
                remove.reset();
                setRemoving(file);
              }}
            />
          ))}
        </Stack>
      )}
      <ConfirmDialog opened={removing !== null} title={words.removeTitle} confirm={words.remove} danger busy={remove.isPending} error={remove.error} onConfirm={() => removing && remove.mutate(removing)} onCancel={() => setRemoving(null)}>
        {removing !== null && (isShown(html, removing) ? words.removeShown(removing.file_name) : words.removeDetail(removing.file_name))}
      </ConfirmDialog>
    </Section>
  );
}
