import { Button, Collapse, Select, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Charset } from "@/api/types";
import { text } from "@/text/en";

import { CHARSETS } from "./rules";

const words = text.content.advanced;

interface Props {
  value: Charset;
  readOnly: boolean;
  error: ReactNode;
  onChange: (charset: Charset) => void;
}

/** How the letters of the message are encoded. Nearly nobody needs it, so it is folded away unless it was set. */
export function CharsetChoice({ value, readOnly, error, onChange }: Props) {
  const [opened, { toggle }] = useDisclosure(value !== "utf-8");
  const shown = opened || Boolean(error);
  return (
    <div>
      <Button variant="subtle" size="xs" aria-expanded={shown} onClick={toggle} rightSection={<IconChevronDown size={14} aria-hidden />}>
        {words.title}
      </Button>
      <Collapse expanded={shown}>
        <Select
          mt="xs"
          maw={420}
          label={words.charset}
          description={words.charsetHelp}
          data={CHARSETS.map((charset) => ({ value: charset, label: words.charsets[charset] ?? charset.toUpperCase() }))}
          value={value}
          onChange={(next) => next !== null && onChange(next)}
          allowDeselect={false}
          readOnly={readOnly}
          error={error}
        />
        {value !== "utf-8" && value !== "auto" && (
          <Text size="sm" c="dimmed" mt="xs">
            {words.narrow}
          </Text>
        )}
      </Collapse>
    </div>
  );
}
