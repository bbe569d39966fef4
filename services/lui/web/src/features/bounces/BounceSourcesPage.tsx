import { Badge, type MantineColor, Stack, Table, Text } from "@mantine/core";
import { IconMailbox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { mailer, valueOf } from "@/api/client";
import type { BounceSource } from "@/api/types";
import { SendingPages } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { asSentence, formatAgo, formatInstant, formatNumber } from "@/ui/format";
import { ListBox } from "@/ui/ListBox";
import { PageHeader } from "@/ui/PageHeader";

const words = text.bounces.sources;

const COLOURS: Record<BounceSource["state"], MantineColor> = { ok: "green", failing: "red", silent: "gray" };

function SourceRow({ source }: { source: BounceSource }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <Text fw={600}>{words.kinds[source.kind]}</Text>
        <Text size="sm" c="dimmed">
          {source.name}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge miw="max-content" color={COLOURS[source.state]}>{words.states[source.state]}</Badge>
        {source.problem !== null && (
          <Text size="sm" mt={2} maw="40ch" style={{ overflowWrap: "anywhere" }}>
            {asSentence(source.problem)}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {source.last_received_at === null ? (
          <Text c="dimmed">{words.never}</Text>
        ) : (
          <time dateTime={source.last_received_at} title={formatInstant(source.last_received_at)}>
            {formatAgo(source.last_received_at)}
          </time>
        )}
      </Table.Td>
      <Table.Td ta="right">{formatNumber(source.received_count)}</Table.Td>
      <Table.Td ta="right" visibleFrom="md">
        {formatNumber(source.unmatched_count)}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="md">
        {formatNumber(source.quarantined_count)}
      </Table.Td>
    </Table.Tr>
  );
}

/** Where bounces and complaints come in, and whether they do. */
export function BounceSourcesPage() {
  const query = useQuery({
    queryKey: ["bounce sources"],
    queryFn: async ({ signal }) => valueOf(await mailer.GET("/api/v1/bounce-sources", { signal })).items,
    refetchInterval: 10_000,
  });
  return (
    <>
      <SendingPages />
      <PageHeader title={words.title} detail={words.detail} />
      <Stack>
        <ListBox query={query} empty={<EmptyState icon={<IconMailbox size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />}>
          {(sources) => (
            <Table verticalSpacing="sm" horizontalSpacing="lg">
              <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.columns.name}</Table.Th>
                  <Table.Th>{words.columns.state}</Table.Th>
                  <Table.Th visibleFrom="sm">{words.columns.last}</Table.Th>
                  <Table.Th ta="right">{words.columns.received}</Table.Th>
                  <Table.Th ta="right" visibleFrom="md">
                    {words.columns.unmatched}
                  </Table.Th>
                  <Table.Th ta="right" visibleFrom="md">
                    {words.columns.quarantined}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sources.map((source) => (
                  <SourceRow key={`${source.kind}${source.name}`} source={source} />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </ListBox>
        {query.data && query.data.length > 0 && (
          <Text size="sm" c="dimmed" visibleFrom="md">
            {words.unmatchedHelp}
          </Text>
        )}
      </Stack>
    </>
  );
}
