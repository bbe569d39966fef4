import { Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";

import classes from "./FileDrop.module.css";

interface Props {
  label: string;
  hint: string;
  button: string;
  accept: string;
  /** Share sent so far while a file travels; null when none does. */
  progress: number | null;
  progressLabel: string;
  onFile: (file: File) => void;
}

/** Takes one file by dropping it or by an ordinary button. */
export function FileDrop({ label, hint, button, accept, progress, progressLabel, onFile }: Props) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files.item(0);
    if (file && progress === null) onFile(file);
  };
  return (
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="xs">
        <IconUpload size={28} stroke={1.5} aria-hidden />
        <Text fw={600}>{label}</Text>
        <Text size="sm" c="dimmed" ta="center" maw="52ch">
          {hint}
        </Text>
        {progress === null ? (
          <FileButton onChange={(file) => file && onFile(file)} accept={accept} inputProps={{ "aria-label": label }}>
            {(props) => <Button {...props}>{button}</Button>}
          </FileButton>
        ) : (
          <Group w="100%" maw={320}>
            <Progress aria-label={progressLabel} value={progress * 100} w="100%" animated />
            <Text size="sm" c="dimmed">
              {progressLabel}
            </Text>
          </Group>
        )}
      </Stack>
    </div>
  );
}
