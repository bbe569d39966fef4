import { ActionIcon, Badge, Button, Stack, Table, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Suppression } from "@/api/types";
import { deliveryQuery } from "@/features/deliveries";
import { useSession } from "@/features/session";
import { text } from "@/text/en";
import { Facts } from "@/ui/Facts";
import { formatAgo, formatInstant } from "@/ui/format";
import { TextLink } from "@/ui/links";

import { deliveryOf, evidenceOf } from "./rules";

const words = text.suppressions;

/** The way to the delivery that it was heard from; none where that is gone or not for this person. */
function ToDelivery({ deliveryId }: { deliveryId: string }) {
  const query = useQuery({ ...deliveryQuery(deliveryId), retry: false, staleTime: Infinity });
  if (query.data === undefined) return <>{deliveryId}</>;
  return (
    <TextLink to="/jobs/$jobId/delivery" params={{ jobId: query.data.job_id }}>
      {words.evidence.toDelivery}
    </TextLink>
  );
}

function Details({ suppression }: { suppression: Suppression }) {
  const deliveryId = deliveryOf(suppression);
  const names = words.evidence;
  const account = useSession()?.account;
  // The server knows accounts by their number; one's own name is the only one that can be told here.
  const nameOf = (accountId: string | null) => (accountId !== null && accountId === account?.id ? account.name : null);
  const who = nameOf(suppression.added_by);
  const by = (accountId: string | null, when: string) => [nameOf(accountId), formatInstant(when)].filter((part) => part !== null).join(", ");
  return (
    <Stack gap="xs">
      <Text size="sm">{words.why[suppression.reason]}</Text>
      <Facts
        items={[
          ...evidenceOf(suppression),
          ...(suppression.note === null || suppression.note === "" ? [] : [[names.note, suppression.note] as const]),
          ...(who === null ? [] : [[names.by, who] as const]),
          ...(deliveryId === null ? [] : [[names.delivery, <ToDelivery key="d" deliveryId={deliveryId} />] as const]),
          ...(suppression.lifted_at === null ? [] : [[names.liftedBy, by(suppression.lifted_by, suppression.lifted_at)] as const]),
          ...(suppression.lift_note === null ? [] : [[names.liftNote, suppression.lift_note] as const]),
        ]}
      />
    </Stack>
  );
}

/** One address with the reason; opens to the evidence. */
export function SuppressionRow({ suppression, onLift }: { suppression: Suppression; onLift: () => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Table.Tr>
        <Table.Td w={44}>
          <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={words.detailsOf(suppression.address)} aria-expanded={opened} onClick={() => setOpened(!opened)}>
            <IconChevronDown size={16} aria-hidden style={{ transform: opened ? "rotate(180deg)" : undefined }} />
          </ActionIcon>
        </Table.Td>
        <Table.Td style={{ overflowWrap: "anywhere" }}>
          <Text fw={600} td={suppression.lifted_at === null ? undefined : "line-through"}>
            {suppression.address}
          </Text>
          <Text size="sm" c="dimmed" hiddenFrom="sm">
            {words.reasons[suppression.reason]}
          </Text>
          {suppression.lifted_at !== null && <Badge color="gray">{words.lifted}</Badge>}
        </Table.Td>
        <Table.Td visibleFrom="sm">{words.reasons[suppression.reason]}</Table.Td>
        <Table.Td visibleFrom="md">{words.scopesLong[suppression.scope]}</Table.Td>
        <Table.Td visibleFrom="sm">
          <time dateTime={suppression.since} title={formatInstant(suppression.since)}>
            {formatAgo(suppression.since)}
          </time>
        </Table.Td>
        <Table.Td ta="right">
          {suppression.lifted_at === null && (
            <Button size="xs" variant="default" aria-label={words.liftOf(suppression.address)} onClick={onLift}>
              {words.lift}
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
      {opened && (
        <Table.Tr>
          <Table.Td />
          <Table.Td colSpan={5}>
            <Details suppression={suppression} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
