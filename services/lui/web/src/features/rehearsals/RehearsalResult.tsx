import { Anchor, Badge, Button, Group, Modal, Progress, SimpleGrid, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Delivery, Rehearsal } from "@/api/types";
import { hasEnded, settledCount, useDelivery } from "@/features/deliveries";
import { useCurrentJob } from "@/features/jobs";
import { text } from "@/text/en";
import { Facts } from "@/ui/Facts";
import { Figure } from "@/ui/Figure";
import { asSentence, formatBytes, formatDuration, formatInstant, formatNumber, formatRate } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

const words = text.rehearsals;
type Sample = Rehearsal["samples"][number];

const sampleAddress = (deliveryId: string, number: number) => `/api/v1/deliveries/${encodeURIComponent(deliveryId)}/rehearsal/samples/${number}`;

function SampleDialog({ deliveryId, sample, onClose }: { deliveryId: string; sample: Sample; onClose: () => void }) {
  const address = sampleAddress(deliveryId, sample.number);
  const query = useQuery({
    queryKey: [...keys.delivery(deliveryId), "sample", sample.number],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const options = { params: { path: { delivery_id: deliveryId, number: sample.number } }, parseAs: "text" as const, signal };
      return valueOf(await lui.GET("/api/v1/deliveries/{delivery_id}/rehearsal/samples/{number}", options));
    },
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={words.sample(sample.rcpt_to)} closeButtonProps={{ "aria-label": text.frame.close }}>
      <Stack>
        {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={240} role="status" aria-label={text.frame.loading} />}
        {query.data !== undefined && (
          <pre tabIndex={0} style={{ margin: 0, maxHeight: "60vh", overflow: "auto", whiteSpace: "pre-wrap", overflowWrap: "anywhere", fontSize: "0.8125rem", lineHeight: 1.55 }}>
            {query.data}
          </pre>
        )}
        <Anchor href={address} download={`${sample.number}.eml`} size="sm">
          {words.sampleFile}
        </Anchor>
      </Stack>
    </Modal>
  );
}

function Samples({ deliveryId, samples }: { deliveryId: string; samples: readonly Sample[] }) {
  const [reading, setReading] = useState<Sample | null>(null);
  return (
    <Stack gap="xs">
      <Text fw={600}>{words.samples}</Text>
      <Text size="sm" c="dimmed">
        {words.samplesDetail}
      </Text>
      <Table verticalSpacing="xs">
        <Table.Caption className="visually-hidden">{words.samples}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.sampleColumns.to}</Table.Th>
            <Table.Th visibleFrom="sm">{words.sampleColumns.subject}</Table.Th>
            <Table.Th visibleFrom="sm" ta="right">
              {words.sampleColumns.size}
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {samples.map((sample) => (
            <Table.Tr key={sample.number}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{sample.rcpt_to}</Table.Td>
              <Table.Td visibleFrom="sm" style={{ overflowWrap: "anywhere" }}>
                {sample.subject}
              </Table.Td>
              <Table.Td visibleFrom="sm" ta="right">
                {formatBytes(sample.size)}
              </Table.Td>
              <Table.Td ta="right">
                <Button size="xs" variant="default" aria-label={words.readOf(sample.rcpt_to)} onClick={() => setReading(sample)}>
                  {words.read}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {reading !== null && <SampleDialog deliveryId={deliveryId} sample={reading} onClose={() => setReading(null)} />}
    </Stack>
  );
}

function Faults({ rehearsal }: { rehearsal: Rehearsal }) {
  return (
    <Stack gap="xs">
      <Text fw={600}>{words.faultsFound}</Text>
      <Text size="sm" c="dimmed">
        {words.faultsDetail(formatNumber(rehearsal.faults.length), formatNumber(rehearsal.fault_count))}
      </Text>
      <Table.ScrollContainer minWidth={320} maxHeight={360} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": words.faultsFound, role: "region" } }}>
        <Table verticalSpacing="xs" stickyHeader>
          <Table.Caption className="visually-hidden">{words.faultsFound}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">{words.faultColumns.ordinal}</Table.Th>
              <Table.Th>{words.faultColumns.address}</Table.Th>
              <Table.Th>{words.faultColumns.detail}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rehearsal.faults.map((fault) => (
              <Table.Tr key={fault.ordinal}>
                <Table.Td ta="right">{formatNumber(fault.ordinal)}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{fault.address}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{asSentence(fault.detail)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function Result({ delivery, rehearsal }: { delivery: Delivery; rehearsal: Rehearsal }) {
  const answers = Object.entries(rehearsal.answers).filter(([, count]) => count > 0);
  const ended = hasEnded(delivery);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
        <Figure label={words.figures.messages} value={formatNumber(delivery.total)} />
        <Figure label={words.figures.duration} value={rehearsal.duration_seconds === null ? "–" : formatDuration(rehearsal.duration_seconds)} detail={ended ? undefined : words.running} />
        <Figure label={words.figures.rate} value={rehearsal.rate_per_second === null ? "–" : formatRate(rehearsal.rate_per_second)} />
        <Figure label={words.figures.faults} value={formatNumber(rehearsal.fault_count)} detail={ended && rehearsal.fault_count === 0 ? words.noFaults : undefined} />
      </SimpleGrid>
      {rehearsal.faults.length > 0 && <Faults rehearsal={rehearsal} />}
      {answers.length > 0 && (
        <div role="group" aria-label={words.answers}>
          <Facts items={answers.map(([name, count]) => [words.answerNames[name] ?? name.replaceAll("_", " "), formatNumber(count)] as const)} />
        </div>
      )}
      {rehearsal.samples.length > 0 && <Samples deliveryId={delivery.id} samples={rehearsal.samples} />}
    </Stack>
  );
}

function StopButton({ jobId, deliveryId }: { jobId: string; deliveryId: string }) {
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => lui.POST("/api/v1/jobs/{job_id}/rehearsals/{delivery_id}/stop", { params: { path: { job_id: jobId, delivery_id: deliveryId } } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.delivery(deliveryId) }),
  });
  return (
    <>
      <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate()}>
        {words.stop}
      </Button>
      {stop.error && <ProblemAlert error={stop.error} />}
    </>
  );
}

/** One rehearsal: how far it is, and what it showed. */
export function RehearsalResult({ deliveryId }: { deliveryId: string }) {
  const { job } = useCurrentJob();
  const query = useDelivery(deliveryId);
  const ended = query.data !== undefined && hasEnded(query.data);
  const result = useQuery({
    queryKey: [...keys.delivery(deliveryId), "rehearsal", ended],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/deliveries/{delivery_id}/rehearsal", { params: { path: { delivery_id: deliveryId } }, signal })),
    refetchInterval: ended ? false : 3_000,
    placeholderData: (previous) => previous,
  });
  if (query.data === undefined) return query.isError ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton height={120} role="status" aria-label={text.frame.loading} />;
  const delivery = query.data;
  const settled = settledCount(delivery);
  return (
    <Section
      title={delivery.started_at ? words.on(formatInstant(delivery.started_at)) : text.deliveries.states[delivery.state]}
      actions={
        <Group gap="xs">
          <Badge color={ended ? (delivery.state === "finished" ? "green" : "gray") : "petrol"}>{text.deliveries.states[delivery.state]}</Badge>
          {!ended && <StopButton jobId={job.id} deliveryId={deliveryId} />}
        </Group>
      }
    >
      {delivery.reason && <Text>{asSentence(delivery.reason)}</Text>}
      {!ended && (
        <Group gap="sm" wrap="nowrap">
          <Progress value={delivery.total === 0 ? 0 : (settled / delivery.total) * 100} aria-label={words.progressLabel} style={{ flex: 1 }} />
          <Text size="sm" className="numbers">
            {words.progress(formatNumber(settled), formatNumber(delivery.total))}
          </Text>
        </Group>
      )}
      {result.isError && <ProblemAlert error={result.error} onRetry={() => void result.refetch()} />}
      {result.data && <Result delivery={delivery} rehearsal={result.data} />}
    </Section>
  );
}
