import { Button, Group, Paper, Select, SegmentedControl, SimpleGrid, Stack, Switch, Table, Text, Title } from "@mantine/core";
import { IconChartBar, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Interval, OverTime, Report } from "@/api/types";
import { useDelivery } from "@/features/deliveries";
import { useCurrentJob, WhenLoaded } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { Figure } from "@/ui/Figure";
import { asSentence, formatInstant, formatNumber, formatShare } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { Bounced } from "./Bounced";
import { bucketLabel, nothingRecorded, seriesName } from "./rules";

const words = text.reports;
const TimeChart = lazy(() => import("@/ui/TimeChart"));

function people(unique: number | null): string {
  return unique === null ? words.uniqueUnknown : words.unique(formatNumber(unique));
}

function Figures({ report, delivered }: { report: Report; delivered: number }) {
  const { opens, clicks, bounces } = report;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
      <Figure
        label={words.figures.opens}
        value={formatNumber(opens.total)}
        detail={
          <>
            {people(opens.unique)}
            {opens.unique !== null && delivered > 0 && <div>{words.ofDelivered(formatShare(opens.unique, delivered))}</div>}
          </>
        }
      />
      <Figure
        label={words.figures.clicks}
        value={formatNumber(clicks.any)}
        detail={
          <>
            {people(clicks.unique)}
            <div>{words.byPart(formatNumber(clicks.html), formatNumber(clicks.text))}</div>
          </>
        }
      />
      <Figure label={words.figures.bounces} value={formatNumber(bounces.total)} detail={words.bounceKinds(formatNumber(bounces.permanent), formatNumber(bounces.temporary))} />
      <Figure label={words.figures.unsubscribed} value={formatNumber(report.unsubscribed)} />
    </SimpleGrid>
  );
}

function SeriesTable({ overTime, interval }: { overTime: OverTime; interval: Interval }) {
  const starts = overTime.series[0]?.points.map(([start]) => String(start)) ?? [];
  return (
    <Table.ScrollContainer minWidth={420} maxHeight={420}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.start}</Table.Th>
            {overTime.series.map((series) => (
              <Table.Th key={series.name} ta="right">
                {seriesName(series.name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {starts.map((start, row) => (
            <Table.Tr key={start}>
              <Table.Td>{bucketLabel(start, interval)}</Table.Td>
              {overTime.series.map((series) => (
                <Table.Td key={series.name} ta="right">
                  {formatNumber(Number(series.points[row]?.[1] ?? 0))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function OverTimeSection({ jobId, humans }: { jobId: string; humans: boolean }) {
  const [interval, setInterval] = useState<Interval>("hour");
  const [view, setView] = useState("chart");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const query = useQuery({
    queryKey: [...keys.job(jobId), "over-time", interval, zone, humans],
    queryFn: async ({ signal }) =>
      valueOf(
        await lui.GET("/api/v1/jobs/{job_id}/report/over-time", {
          params: { path: { job_id: jobId }, query: { interval, time_zone: zone, ...(humans ? { judged: "human" as const } : {}) } },
          signal,
        }),
      ),
    placeholderData: (previous) => previous,
  });
  return (
    <Section
      title={words.overTime}
      detail={zone}
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={words.view}
            value={view}
            onChange={setView}
            data={[
              { value: "chart", label: words.asChart },
              { value: "table", label: words.asTable },
            ]}
          />
          <Select
            size="xs"
            w={110}
            aria-label={words.interval}
            value={interval}
            allowDeselect={false}
            onChange={(value) => value !== null && setInterval(value)}
            data={(["hour", "day", "week", "month"] as const).map((value) => ({ value, label: words.intervals[value] }))}
          />
        </Group>
      }
    >
      <WhenLoaded query={query}>
        {(overTime) => (
          <>
            {overTime.notes.map((note) => (
              <Text key={note} size="sm" c="dimmed">
                {asSentence(note)}
              </Text>
            ))}
            {overTime.series.every((series) => series.points.every(([, count]) => Number(count) === 0)) ? (
            <Text c="dimmed">{words.nothing}</Text>
          ) : view === "table" ? (
            <SeriesTable overTime={overTime} interval={interval} />
          ) : (
            <Suspense fallback={<div style={{ height: 300 }} />}>
              <TimeChart
                label={words.chart}
                series={overTime.series.map((series) => ({ name: seriesName(series.name), values: series.points.map(([, count]) => Number(count)) }))}
                starts={overTime.series[0]?.points.map(([start]) => bucketLabel(String(start), interval)) ?? []}
              />
            </Suspense>
          )}
          </>
        )}
      </WhenLoaded>
    </Section>
  );
}

function Links({ report }: { report: Report }) {
  const withUnique = report.by_link.some((link) => link.unique !== null);
  if (report.by_link.length === 0) return <Text c="dimmed">{words.noLinks}</Text>;
  return (
    <Table verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.linkColumns.link}</Table.Th>
          <Table.Th visibleFrom="sm">{words.linkColumns.part}</Table.Th>
          <Table.Th ta="right">{words.linkColumns.total}</Table.Th>
          {withUnique && <Table.Th ta="right">{words.linkColumns.unique}</Table.Th>}
          <Table.Th ta="right" visibleFrom="sm">
            {words.linkColumns.share}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.by_link.map((link) => (
          <Table.Tr key={link.link_id}>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              {link.alias !== null && <Text fw={600}>{link.alias}</Text>}
              <Text size="sm" c={link.alias === null ? undefined : "dimmed"}>
                {link.url}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{words.parts[link.part]}</Table.Td>
            <Table.Td ta="right">{formatNumber(link.total)}</Table.Td>
            {withUnique && <Table.Td ta="right">{link.unique === null ? "–" : formatNumber(link.unique)}</Table.Td>}
            <Table.Td ta="right" visibleFrom="sm">
              {formatShare(link.total, report.clicks.any)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ReportBody({ deliveryId }: { deliveryId: string }) {
  const { job } = useCurrentJob();
  const [humans, setHumans] = useState(false);
  const delivery = useDelivery(deliveryId);
  const query = useQuery({
    queryKey: [...keys.job(job.id), "report", humans],
    queryFn: async ({ signal }) =>
      valueOf(await lui.GET("/api/v1/jobs/{job_id}/report", { params: { path: { job_id: job.id }, query: humans ? { judged: "human" as const } : {} }, signal })),
    placeholderData: (previous) => previous,
    refetchInterval: 10_000,
  });
  const delivered = delivery.data ? delivery.data.counts.sent + delivery.data.counts.complained : 0;
  return (
    <WhenLoaded query={query}>
      {(report) => (
        <Stack gap="lg">
          {query.isError && <ProblemAlert error={query.error} />}
          <Group justify="space-between">
            <Switch label={words.humans} description={words.humansHelp} checked={humans} onChange={(event) => setHumans(event.currentTarget.checked)} maw={560} />
            <Button
              component="a"
              variant="default"
              href={`/api/v1/jobs/${encodeURIComponent(job.id)}/report.csv${humans ? "?judged=human" : ""}`}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {words.download}
            </Button>
          </Group>
          <Figures report={report} delivered={delivered} />
          {nothingRecorded(report) ? (
            <Paper withBorder>
              <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={words.nothing} detail={words.noneDetail} />
            </Paper>
          ) : (
            <OverTimeSection jobId={job.id} humans={humans} />
          )}
          <Section title={words.links} detail={words.linksDetail}>
            <Links report={report} />
          </Section>
          <Bounced jobId={job.id} report={report} />
          <Text size="sm" c="dimmed">
            {words.asOf(formatInstant(report.as_of))}
          </Text>
        </Stack>
      )}
    </WhenLoaded>
  );
}

/** The sum of events, over time and by link. */
export function ReportPage() {
  const { job } = useCurrentJob();
  const may = useMay("see_reports");
  const live = job.deliveries.filter((delivery) => delivery.kind === "live").at(-1);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed">{words.intro}</Text>
      </div>
      {live === undefined || !may ? (
        <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />
      ) : (
        <ReportBody deliveryId={live.id} />
      )}
    </Stack>
  );
}
