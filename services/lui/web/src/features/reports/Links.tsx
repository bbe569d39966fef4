import { Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

import { text } from "@/text/en";
import { formatNumber, formatShare } from "@/ui/format";
import { ScrollBox } from "@/ui/ScrollBox";

import { More } from "./ResultTable";
import { type LinkCount, matching } from "./rules";

const words = text.reports;
const AT_ONCE = 50;
/** Fewer than this are found by looking. */
const MANY = 15;

/** Every link with both numbers; of thousands, those one looks for. */
export function Links({ links, clicks }: { links: readonly LinkCount[]; clicks: number }) {
  const [typed, setTyped] = useState("");
  const [limit, setLimit] = useState(AT_ONCE);
  if (links.length === 0) return <Text c="dimmed">{words.noLinks}</Text>;
  const found = matching(links, typed);
  const withUnique = links.some((link) => link.unique !== null);
  return (
    <Stack gap="sm">
      {links.length > MANY && (
        <Group gap="sm">
          <TextInput
            type="search"
            aria-label={words.findLink}
            placeholder={words.findLink}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            style={{ flex: "1 1 12rem" }}
            maw={380}
          />
          <Text size="sm" c="dimmed" role="status" className="numbers">
            {words.linksFound(formatNumber(found.length), formatNumber(links.length))}
          </Text>
        </Group>
      )}
      <ScrollBox label={words.links}>
        <Table verticalSpacing="xs">
          <Table.Caption className="visually-hidden">{words.links}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th miw={160}>{words.linkColumns.link}</Table.Th>
              <Table.Th visibleFrom="sm">{words.linkColumns.part}</Table.Th>
              <Table.Th ta="right">{words.linkColumns.total}</Table.Th>
              <Table.Th ta="right">{words.linkColumns.humans}</Table.Th>
              {withUnique && <Table.Th ta="right">{words.linkColumns.unique}</Table.Th>}
              <Table.Th ta="right" visibleFrom="sm">
                {words.linkColumns.share}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, limit).map((link) => (
              <Table.Tr key={link.id}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  {link.label !== link.url && <Text fw={600}>{link.label}</Text>}
                  <Text size="sm" c={link.label === link.url ? undefined : "dimmed"}>
                    {link.url}
                  </Text>
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    {words.parts[link.part]}
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm">{words.parts[link.part]}</Table.Td>
                <Table.Td ta="right">{formatNumber(link.total)}</Table.Td>
                <Table.Td ta="right">{link.humans === null ? "–" : formatNumber(link.humans)}</Table.Td>
                {withUnique && <Table.Td ta="right">{link.unique === null ? "–" : formatNumber(link.unique)}</Table.Td>}
                <Table.Td ta="right" visibleFrom="sm">
                  {formatShare(link.total, clicks)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
      {found.length > limit && <More shown={limit} all={found.length} onMore={() => setLimit(limit + AT_ONCE)} />}
    </Stack>
  );
}
