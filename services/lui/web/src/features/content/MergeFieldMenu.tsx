import { Button, Menu, Text } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";

import { text } from "@/text/en";

import { mergeField } from "./rules";

const words = text.content;

/** Puts a column of the recipients where the cursor is. */
export function MergeFieldMenu({ columns, onInsert }: { columns: readonly string[]; onInsert: (field: string) => void }) {
  return (
    <Menu position="bottom-start" shadow="md" width={280} returnFocus={false}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBraces size={15} aria-hidden />}>
          {words.insert}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: "auto" }}>
        <Menu.Label>{columns.length === 0 ? words.noFields : words.insertHint}</Menu.Label>
        {columns.map((column) => (
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
