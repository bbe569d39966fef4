import { Alert, List, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";

import { text } from "@/text/en";
import { asSentence, formatInstant } from "@/ui/format";

/** What a reader must know to trust the numbers, and when they were counted. */
export function Notes({ notes, asOf, rulesVersion }: { notes: readonly string[]; asOf: string; rulesVersion?: number | null }) {
  const words = text.reports.result;
  return (
    <>
      {notes.length > 0 && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={words.notes}>
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{asSentence(note)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {words.asOf(formatInstant(asOf))}
        {rulesVersion != null && ` · ${words.rules(String(rulesVersion))}`}
      </Text>
    </>
  );
}
