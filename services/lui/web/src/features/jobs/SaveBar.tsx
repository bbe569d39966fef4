import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { keys } from "@/api/queries";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { LeaveGuard } from "@/ui/LeaveGuard";

import classes from "./SaveBar.module.css";
import { useCurrentJob } from "./useJob";

interface Props {
  dirty: boolean;
  busy: boolean;
  conflict: boolean;
  onDismissConflict: () => void;
  /** Called once the newest version is here. */
  onReloaded: () => void;
  onSaveAndContinue?: () => void;
}

/** The foot of a step's form: save, save and go on, and the warnings about losing what was typed. */
export function SaveBar({ dirty, busy, conflict, onDismissConflict, onReloaded, onSaveAndContinue }: Props) {
  const { job, editable } = useCurrentJob();
  const client = useQueryClient();
  const words = text.frame;
  const reload = async () => {
    await client.refetchQueries({ queryKey: keys.job(job.id) });
    onDismissConflict();
    onReloaded();
  };
  if (!editable) return null;
  return (
    <div className={classes.bar}>
      <Text size="sm" c="dimmed" role="status">
        {dirty ? words.unsaved : ""}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <Button type="submit" variant={onSaveAndContinue ? "default" : "filled"} loading={busy}>
          {words.save}
        </Button>
        {onSaveAndContinue && (
          <Button type="button" onClick={onSaveAndContinue} loading={busy}>
            {words.saveAndContinue}
          </Button>
        )}
      </Group>
      <LeaveGuard active={dirty && !busy} />
      <ConfirmDialog opened={conflict} title={words.conflict.title} confirm={words.conflict.reload} cancel={words.conflict.stay} onConfirm={() => void reload()} onCancel={onDismissConflict}>
        {words.conflict.detail}
      </ConfirmDialog>
    </div>
  );
}
