import { Badge, Button, Group, type MantineColor, Stack, Table, Text } from "@mantine/core";
import { IconPlus, IconServer } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import type { Gateway } from "@/api/types";
import { SendingPages } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { asSentence, formatNumber, formatRate } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { ListBox } from "@/ui/ListBox";
import { PageHeader } from "@/ui/PageHeader";

import { DestinationLimits } from "./DestinationLimits";
import { GatewayDialog } from "./GatewayDialog";
import { useGateways } from "./useGateways";

const words = text.gateways;

const COLOURS: Record<Gateway["state"], MantineColor> = { ok: "green", failing: "red", paused: "yellow", off: "gray" };

export function GatewayState({ state }: { state: Gateway["state"] }) {
  return <Badge miw="max-content" color={COLOURS[state]}>{words.states[state]}</Badge>;
}

const addressOf = (gateway: Gateway): string => `${gateway.host}:${gateway.port}`;

/** The limits that are set, in few words. */
export function limitsOf(gateway: Gateway): string {
  return [
    words.connections(gateway.connections, formatNumber(gateway.connections)),
    gateway.rate_per_second === null ? null : words.perSecond(formatRate(gateway.rate_per_second)),
    gateway.rate_per_hour === null ? null : words.perHour(formatNumber(gateway.rate_per_hour)),
  ]
    .filter((part) => part !== null)
    .join(", ");
}

function GatewayRow({ gateway }: { gateway: Gateway }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <Group gap="xs">
          <TextLink to="/gateways/$gatewayId" params={{ gatewayId: gateway.id }} fw={600}>
            {gateway.name}
          </TextLink>
          {gateway.origin === "configuration" && <Badge color="gray">{words.fromConfiguration}</Badge>}
        </Group>
        {gateway.name !== addressOf(gateway) && (
          <Text size="sm" c="dimmed">
            {addressOf(gateway)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <GatewayState state={gateway.state} />
        {gateway.problem !== null && (
          <Text size="sm" mt={2} maw="36ch" style={{ overflowWrap: "anywhere" }}>
            {asSentence(gateway.problem)}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm" maw="28ch" style={{ overflowWrap: "anywhere" }} lineClamp={3}>
          {gateway.sender_domains.length === 0 ? words.anySender : gateway.sender_domains.join(", ")}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{limitsOf(gateway)}</Text>
      </Table.Td>
      <Table.Td visibleFrom="md" ta="right">
        {formatNumber(gateway.weight)}
      </Table.Td>
    </Table.Tr>
  );
}

function GatewayTable({ gateways }: { gateways: readonly Gateway[] }) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="lg">
      <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.columns.name}</Table.Th>
          <Table.Th>{words.columns.state}</Table.Th>
          <Table.Th visibleFrom="md">{words.columns.senders}</Table.Th>
          <Table.Th visibleFrom="sm">{words.columns.load}</Table.Th>
          <Table.Th visibleFrom="md" ta="right">
            {words.columns.weight}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {gateways.map((gateway) => (
          <GatewayRow key={gateway.id} gateway={gateway} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Where mail leaves, how each of those servers is, and what destinations may get. */
export function GatewaysPage() {
  const query = useGateways();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  return (
    <>
      <SendingPages />
      <PageHeader title={words.title} detail={words.detail} actions={create} />
      <Stack gap="xl">
        <ListBox query={query} empty={<EmptyState icon={<IconServer size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />}>
          {(gateways) => <GatewayTable gateways={gateways} />}
        </ListBox>
        <DestinationLimits />
      </Stack>
      {creating && (
        <GatewayDialog
          gateway={null}
          onClose={() => setCreating(false)}
          onSaved={(saved) => void navigate({ to: "/gateways/$gatewayId", params: { gatewayId: saved.id } })}
        />
      )}
    </>
  );
}
