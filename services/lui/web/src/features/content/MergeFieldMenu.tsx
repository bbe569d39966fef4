import { ActionIcon, Button, Menu, Text, Tooltip } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";

import { text } from "@/text/en";

import { mergeField, UNSUBSCRIBE_PAGE } from "./rules";

const words = text.content;

interface Props {
  columns: readonly string[];
  onInsert: (field: string) => void;
  /** As a sign inside a field. */
  small?: boolean;
}

/** Puts a column of the recipients where the cursor is. */
export function MergeFieldMenu({ columns, onInsert, small }: Props) {
  return (
    <Menu position="bottom-end" shadow="md" width={280} returnFocus={false}>
      <Menu.Target>
        {small ? (
          <Tooltip label={words.insert}>
            <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={words.insertInSubject}>
              <IconBraces size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Button size="xs" variant="default" leftSection={<IconBraces size={15} aria-hidden />}>
            {words.insert}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: "auto" }}>
        <Menu.Label>{columns.length === 0 ? words.noFields : words.insertHint}</Menu.Label>
        {[...columns, UNSUBSCRIBE_PAGE].map((column) => (
          <Menu.Item key={column} onClick={() => onInsert(mergeField(column))}>
            <Text span size="sm" ff="monospace">
              {mergeField(column)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
