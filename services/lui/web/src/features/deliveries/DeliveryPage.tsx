import { Alert, Badge, Group, type MantineColor, Paper, Progress, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconClock, IconSend } from "@tabler/icons-react";
import { useState } from "react";

import type { Delivery, DeliveryState, Job } from "@/api/types";
import { useCurrentJob } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { Figure } from "@/ui/Figure";
import { asSentence, formatDuration, formatInstant, formatNumber, formatRate, formatShare, formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { EnvelopeTable } from "./EnvelopeTable";
import { InDoubtSection } from "./InDoubtSection";
import { JobControls } from "./JobControls";
import { PaceSection } from "./PaceSection";
import { attemptedCount, ENVELOPE_STATES, handedOverCount, notDeliveredCount, settledCount, worstState } from "./rules";
import { hasEnded, useDelivery } from "./useDelivery";

const words = text.deliveries;

const COLOURS: Record<DeliveryState, MantineColor> = { preparing: "blue", running: "petrol", paused: "yellow", finished: "green", failed: "red", cancelled: "gray" };

function Bar({ delivery }: { delivery: Delivery }) {
  const settled = settledCount(delivery);
  const share = (count: number) => (delivery.total === 0 ? 0 : (count / delivery.total) * 100);
  const failed = notDeliveredCount(delivery);
  return (
    <Stack gap={6}>
      <Progress.Root size="lg" radius="xl">
        <Progress.Section value={share(settled - failed)} aria-label={words.progress} aria-valuetext={words.done(formatNumber(settled), formatNumber(delivery.total))} />
        <Progress.Section value={share(failed)} color="red.7" withAria={false} />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="sm" className="numbers">
          {words.done(formatNumber(settled), formatNumber(delivery.total))}
        </Text>
        <Text size="sm" c="dimmed" className="numbers">
          {formatShare(settled, delivery.total)}
        </Text>
      </Group>
    </Stack>
  );
}

function Figures({ delivery }: { delivery: Delivery }) {
  const failed = notDeliveredCount(delivery);
  const span = delivery.started_at && delivery.finished_at ? (Date.parse(delivery.finished_at) - Date.parse(delivery.started_at)) / 1000 : null;
  const average = span === null || span === 0 ? null : attemptedCount(delivery) / span;
  const rate = hasEnded(delivery) ? average : delivery.rate_per_second;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
      <Figure label={words.figures.sent} value={formatNumber(handedOverCount(delivery))} detail={words.sentDetail(formatShare(handedOverCount(delivery), delivery.total), delivery.counts.bounced)} />
      <Figure label={words.figures.failed} value={formatNumber(failed)} detail={formatShare(failed, delivery.total)} />
      <Figure label={words.figures.rate} value={rate === null ? "–" : formatRate(rate)} detail={hasEnded(delivery) ? words.perSecondOnAverage : words.perSecond} />
      {hasEnded(delivery) ? (
        <Figure label={words.figures.took} value={span === null ? "–" : formatDuration(span)} detail={delivery.finished_at ? words.finished(formatInstant(delivery.finished_at)) : undefined} />
      ) : (
        <Figure
          label={words.figures.expectedEnd}
          value={delivery.expected_end ? formatTime(delivery.expected_end) : "–"}
          detail={delivery.expected_end ? (delivery.started_at ? words.started(formatTime(delivery.started_at)) : undefined) : words.notYet}
        />
      )}
    </SimpleGrid>
  );
}

function States({ delivery }: { delivery: Delivery }) {
  const shown = ENVELOPE_STATES.filter((state) => delivery.counts[state] > 0);
  return (
    <Section title={words.states_title} detail={words.states_detail}>
      <Stack gap="xs">
        {shown.map((state) => (
          <Group key={state} wrap="nowrap" align="baseline" gap="md">
            <Text fw={600} className="numbers" ta="right" miw={`${formatNumber(delivery.total).length}ch`}>
              {formatNumber(delivery.counts[state])}
            </Text>
            <div>
              <Text fw={600} span>
                {words.envelopes[state].name}
              </Text>{" "}
              <Text span size="sm" c="dimmed">
                {words.envelopes[state].meaning}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}

function LiveDelivery({ job, deliveryId }: { job: Job; deliveryId: string }) {
  const query = useDelivery(deliveryId);
  const maySee = useMay("see_recipients");
  if (query.data === undefined) return query.isError ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : null;
  const delivery = query.data;
  return (
    <Stack gap="lg">
      <Paper withBorder p={{ base: "md", sm: "lg" }}>
        <Stack gap="md">
          <Group justify="space-between">
            <Group gap="sm" role="status">
              <Badge size="lg" color={COLOURS[delivery.state]}>
                {words.states[delivery.state]}
              </Badge>
              {delivery.waiting_for && <Text size="sm">{asSentence(delivery.waiting_for)}</Text>}
            </Group>
            <JobControls delivery={delivery} />
          </Group>
          {delivery.reason && <Alert color={delivery.state === "failed" ? "red" : "gray"}>{asSentence(delivery.reason)}</Alert>}
          <Bar delivery={delivery} />
        </Stack>
      </Paper>
      <Figures delivery={delivery} />
      <InDoubtSection job={job} delivery={delivery} />
      {!hasEnded(delivery) && <PaceSection delivery={delivery} />}
      <States delivery={delivery} />
      {maySee ? <EnvelopeTable key={deliveryId} delivery={delivery} first={worstState(delivery)} /> : <Text c="dimmed">{words.mayNot}</Text>}
    </Stack>
  );
}

function Waiting({ job }: { job: Job }) {
  if (job.stage !== "waiting") return <EmptyState icon={<IconSend size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} action={<JobControls />} />;
  return (
    <EmptyState
      icon={<IconClock size={28} stroke={1.5} />}
      title={job.due_at ? words.waitingAt(formatInstant(job.due_at)) : words.waitingTrigger}
      detail={text.jobs.stageMeanings.waiting}
      action={<JobControls />}
    />
  );
}

/** The live deliveries of a job: how far, how fast, until when, and who was not reached and why. */
export function DeliveryPage() {
  const { job } = useCurrentJob();
  const live = job.deliveries.filter((delivery) => delivery.kind === "live");
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = chosen ?? live.at(-1)?.id;
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={2}>{words.title}</Title>
          <Text c="dimmed">{words.intro}</Text>
        </div>
        {live.length > 1 && (
          <Select
            label={words.which}
            value={shown ?? null}
            onChange={setChosen}
            allowDeselect={false}
            data={live.map((delivery, index) => ({ value: delivery.id, label: `${index + 1} · ${words.states[delivery.state]}` }))}
          />
        )}
      </Group>
      {shown === undefined ? (
        <Paper withBorder>
          <Waiting job={job} />
        </Paper>
      ) : (
        <LiveDelivery key={shown} job={job} deliveryId={shown} />
      )}
    </Stack>
  );
}
