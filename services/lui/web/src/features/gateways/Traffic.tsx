import { SimpleGrid, Stack, Table, Text } from "@mantine/core";

import type { Gateway, GatewayTraffic } from "@/api/types";
import { WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { Figure } from "@/ui/Figure";
import { asSentence, formatInstant, formatNumber, formatRate } from "@/ui/format";
import { Reasons } from "@/ui/Reasons";
import { Section } from "@/ui/Section";

import { useTraffic } from "./useGateways";

const words = text.gateways.traffic;

function Destinations({ traffic }: { traffic: GatewayTraffic }) {
  if (traffic.destinations.length === 0) return <Text c="dimmed">{words.noDestinations}</Text>;
  return (
    <Table.ScrollContainer minWidth={320} maxHeight={420} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": words.caption, role: "region" } }}>
      <Table verticalSpacing="xs" stickyHeader>
        <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.columns.name}</Table.Th>
            <Table.Th ta="right">{words.columns.concurrency}</Table.Th>
            <Table.Th visibleFrom="sm">{words.columns.backoff}</Table.Th>
            <Table.Th visibleFrom="sm">{words.columns.reason}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {traffic.destinations.map((destination) => (
            <Table.Tr key={destination.name}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {destination.name}
                {destination.reason !== null && (
                  <Text size="sm" c="dimmed" hiddenFrom="sm">
                    {asSentence(destination.reason)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                {formatNumber(destination.concurrency)}
                 {words.of(formatNumber(destination.limit))}
              </Table.Td>
              <Table.Td visibleFrom="sm">{destination.backoff_until === null ? "–" : formatInstant(destination.backoff_until)}</Table.Td>
              <Table.Td visibleFrom="sm">{destination.reason === null ? "–" : asSentence(destination.reason)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What goes through a gateway now, and what holds it back. */
export function Traffic({ gateway }: { gateway: Gateway }) {
  const query = useTraffic(gateway.id);
  return (
    <WhenLoaded query={query}>
      {(traffic) => (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Figure label={words.connections} value={formatNumber(traffic.connections_open)} detail={words.of(formatNumber(gateway.connections))} />
            <Figure label={words.rate} value={formatRate(traffic.rate_per_second)} detail={gateway.rate_per_second === null ? words.noLimit : words.of(formatRate(gateway.rate_per_second))} />
            <Figure label={words.hour} value={formatNumber(traffic.used_this_hour)} detail={gateway.rate_per_hour === null ? words.noLimit : words.of(formatNumber(gateway.rate_per_hour))} />
          </SimpleGrid>
          <Section title={words.slow} detail={traffic.as_of === null ? words.nobodySends : words.asOf(formatInstant(traffic.as_of))}>
            {traffic.slowness.length === 0 ? <Text c="dimmed">{words.nothingSlow}</Text> : <Reasons reasons={traffic.slowness} />}
          </Section>
          <Section title={words.destinations} detail={words.destinationsDetail}>
            <Destinations traffic={traffic} />
          </Section>
        </Stack>
      )}
    </WhenLoaded>
  );
}
