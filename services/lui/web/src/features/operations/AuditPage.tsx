import { Code, Paper, Skeleton, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { hub, valueOf } from "@/api/client";
import type { AuditEntry } from "@/api/types";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatInstant } from "@/ui/format";
import { MorePages } from "@/ui/MorePages";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

const words = text.operations.audit;
const PAGE = 50;

function Row({ entry }: { entry: AuditEntry }) {
  const detail = Object.entries(entry.detail).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: "nowrap" }} visibleFrom="sm">
        <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
      </Table.Td>
      <Table.Td>
        {entry.actor_name ?? entry.actor_id ?? words.service}
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {formatInstant(entry.at)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Code>{entry.action}</Code>
        {detail.length > 0 && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {detail.join(", ")}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="md">
        {entry.target_type}
        <Text size="xs" c="dimmed" ff="monospace">
          {entry.target_id}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

/** What was done, by whom. */
export function AuditPage() {
  const [typed, setTyped] = useState("");
  const [action] = useDebouncedValue(typed.trim(), 300);
  const query = useInfiniteQuery({
    queryKey: ["audit", action],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      valueOf(await hub.GET("/api/v1/audit", { params: { query: { limit: PAGE, after: pageParam, action: action === "" ? null : action } }, signal })),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  });
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Stack>
        <TextInput type="search" label={words.action} placeholder={words.actionPlaceholder} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} maw={420} />
        {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
        {query.data && (
          <Paper withBorder style={{ overflow: "hidden" }}>
            {entries.length === 0 ? (
              <EmptyState icon={<IconHistory size={28} stroke={1.5} />} title={action === "" ? words.none : words.nothingFound} detail={words.noneDetail} />
            ) : (
              <Table verticalSpacing="sm" horizontalSpacing="lg">
                <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th visibleFrom="sm">{words.columns.at}</Table.Th>
                    <Table.Th>{words.columns.actor}</Table.Th>
                    <Table.Th>{words.columns.action}</Table.Th>
                    <Table.Th visibleFrom="md">{words.columns.target}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {entries.map((entry) => (
                    <Row key={entry.id} entry={entry} />
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </Paper>
        )}
        <MorePages of={query} />
      </Stack>
    </>
  );
}
