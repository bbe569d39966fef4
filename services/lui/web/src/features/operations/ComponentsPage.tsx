import { Badge, Paper, Skeleton, Table, Text } from "@mantine/core";
import { IconActivityHeartbeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { hub, valueOf } from "@/api/client";
import type { ComponentSeen } from "@/api/types";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatAgo, formatInstant } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

const words = text.operations.components;

const colourOf = (state: ComponentSeen["state"]) => (state === "missing" ? "red" : state === "starting" ? "blue" : "green");

function Row({ component }: { component: ComponentSeen }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{component.component}</Text>
        <Text size="sm" c="dimmed">
          {component.role}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge color={colourOf(component.state)}>{words.states[component.state]}</Badge>
      </Table.Td>
      <Table.Td visibleFrom="sm">{component.version}</Table.Td>
      <Table.Td visibleFrom="md">{component.host}</Table.Td>
      <Table.Td visibleFrom="md">
        <time dateTime={component.started_at}>{formatInstant(component.started_at)}</time>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <time dateTime={component.last_seen_at} title={formatInstant(component.last_seen_at)}>
          {formatAgo(component.last_seen_at)}
        </time>
      </Table.Td>
    </Table.Tr>
  );
}

/** Which processes run, and which are missing. */
export function ComponentsPage() {
  const query = useQuery({
    queryKey: ["components"],
    queryFn: async ({ signal }) => valueOf(await hub.GET("/api/v1/components", { signal })).items,
    refetchInterval: 5_000,
  });
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
      {query.data && (
        <Paper withBorder style={{ overflow: "hidden" }}>
          {query.data.length === 0 ? (
            <EmptyState icon={<IconActivityHeartbeat size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />
          ) : (
            <Table verticalSpacing="sm" horizontalSpacing="lg">
              <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.columns.component}</Table.Th>
                  <Table.Th>{words.columns.state}</Table.Th>
                  <Table.Th visibleFrom="sm">{words.columns.version}</Table.Th>
                  <Table.Th visibleFrom="md">{words.columns.host}</Table.Th>
                  <Table.Th visibleFrom="md">{words.columns.started}</Table.Th>
                  <Table.Th visibleFrom="sm">{words.columns.seen}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {query.data.map((component) => (
                  <Row key={component.instance_id} component={component} />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Paper>
      )}
    </>
  );
}
