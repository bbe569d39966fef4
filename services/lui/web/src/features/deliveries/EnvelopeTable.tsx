import { Button, Group, Select, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Delivery, Envelope, EnvelopeState } from "@/api/types";
import { text } from "@/text/en";
import { formatInstant, formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { answerOf, ENVELOPE_STATES } from "./rules";
import { hasEnded } from "./useDelivery";

const words = text.deliveries;
const PAGE = 50;

function EnvelopeRow({ envelope }: { envelope: Envelope }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{envelope.address}</Table.Td>
      <Table.Td>
        {envelope.class && <Text size="sm">{text.bounces.classes[envelope.class]?.name ?? envelope.class.replaceAll("_", " ")}</Text>}
        <Text size="sm" c={envelope.class ? "dimmed" : undefined} style={{ overflowWrap: "anywhere" }}>
          {answerOf(envelope)}
        </Text>
        {envelope.next_attempt_at && (
          <Text size="sm" c="dimmed">
            {words.columns.next}: {formatInstant(envelope.next_attempt_at)}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {formatNumber(envelope.attempts)}
      </Table.Td>
    </Table.Tr>
  );
}

/** Recipients in one state, with what the receiving server said about each. */
export function EnvelopeTable({ delivery, first }: { delivery: Delivery; first: EnvelopeState }) {
  const [chosen, setChosen] = useState<EnvelopeState | null>(null);
  const state = chosen ?? first;
  const count = delivery.counts[state];
  const query = useInfiniteQuery({
    // Once more when it has ended; until then every few seconds, however often the counts move.
    queryKey: [...keys.envelopes(delivery.id, state), hasEnded(delivery)],
    enabled: count > 0,
    refetchInterval: hasEnded(delivery) ? false : 5_000,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      valueOf(
        await lui.GET("/api/v1/deliveries/{delivery_id}/envelopes", {
          params: { path: { delivery_id: delivery.id }, query: { state, limit: PAGE, ...(pageParam === undefined ? {} : { after: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (previous) => previous,
  });
  const envelopes = count > 0 ? (query.data?.pages.flatMap((page) => page.items) ?? []) : [];
  return (
    <Section
      title={words.who}
      detail={words.whoDetail}
      actions={
        <Select
          aria-label={words.whoState}
          value={state}
          onChange={(value) => setChosen(value)}
          allowDeselect={false}
          data={ENVELOPE_STATES.map((value) => ({ value, label: `${words.envelopes[value].name} (${formatNumber(delivery.counts[value])})` }))}
        />
      }
    >
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {count === 0 ? (
        <Text c="dimmed">{chosen === null ? words.whoNobodyFailed : words.whoNobodyDetail}</Text>
      ) : (
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.columns.address}</Table.Th>
              <Table.Th>{words.columns.reason}</Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                {words.columns.attempts}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {envelopes.map((envelope) => (
              <EnvelopeRow key={envelope.ordinal} envelope={envelope} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {query.hasNextPage && count > 0 && (
        <Group>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {text.frame.more}
          </Button>
        </Group>
      )}
    </Section>
  );
}
