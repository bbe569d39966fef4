import { List, Text } from "@mantine/core";

import { text } from "@/text/en";

import { asSentence, formatInstant } from "./format";

interface Reason {
  detail: string;
  until?: string | null;
}

/** Reasons in sentences, each with the moment at which it ends where that is known. */
export function Reasons({ reasons, extra }: { reasons: readonly Reason[]; extra?: (index: number) => string | null }) {
  return (
    <List spacing="xs">
      {reasons.map(({ detail, until }, index) => (
        <List.Item key={`${detail}${index}`} style={{ overflowWrap: "anywhere" }}>
          {asSentence(detail)}
          <Text span size="sm" c="dimmed">
            {until != null && ` (${text.gateways.traffic.until(formatInstant(until))})`}
            {extra?.(index)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
