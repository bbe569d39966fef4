import { Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import type { ActionTag } from "@/api/types";
import { text } from "@/text/en";
import { DialogButtons } from "@/ui/DialogButtons";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { useSaveTag } from "./useActionTags";

const words = text.actions;

/** Asks for the name of a new tag, or for another one. */
export function NameDialog({ tag, onClose }: { tag: ActionTag | null; onClose: () => void }) {
  const [name, setName] = useState(tag?.name ?? "");
  const [missing, setMissing] = useState(false);
  const saving = useSaveTag(onClose);
  const submit = () => {
    const given = name.trim();
    setMissing(given === "");
    if (given !== "") saving.mutate(tag ? { tag, change: { name: given } } : { name: given });
  };
  return (
    <Modal opened onClose={onClose} title={tag ? words.rename_title : words.create}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          {saving.error && <ProblemAlert error={saving.error} />}
          <TextInput
            data-autofocus
            label={words.name}
            description={words.nameHelp}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
            error={missing && name.trim() === "" ? words.needName : undefined}
          />
          <DialogButtons busy={saving.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
