import { Badge, Button, Group, Paper, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { IconBroadcast, IconChartBar, IconDownload } from "@tabler/icons-react";
import { useState } from "react";

import type { ReportInterval, ReportQuery } from "@/api/reports";
import type { Job, Report } from "@/api/types";
import { useDelivery } from "@/features/deliveries";
import { WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { Figure } from "@/ui/Figure";
import { formatInstant, formatNumber, formatShare, shorten } from "@/ui/format";
import { ButtonLink, TextLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { Bounced } from "./Bounced";
import { KeepMenu } from "./KeepMenu";
import { Links } from "./Links";
import { LiveResult } from "./LiveResult";
import type { DrillStep } from "./period";
import { INTERVALS, newSource, withEvent } from "./query";
import { linksOf, nothingRecorded } from "./rules";
import { useJobReport, useLive, useQuickReports } from "./useJobReport";

const words = text.reports;
const TOP_LINKS = 10;
/** As many characters as a source's name may have. */
const LONGEST_NAME = 120;

function people(unique: number | null): string {
  return unique === null ? words.uniqueUnknown : words.unique(formatNumber(unique));
}

const ofPeople = (total: number, humans: number | undefined): string | null => (humans === undefined || total === 0 ? null : words.byPeople(formatNumber(humans), formatShare(humans, total)));

function Figures({ report, humans, delivered }: { report: Report; humans: Report | undefined; delivered: number }) {
  const { opens, clicks, bounces } = report;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, xl: 4 }} spacing="sm">
      <Figure
        label={words.figures.opens}
        value={formatNumber(opens.total)}
        detail={
          <>
            <div>{ofPeople(opens.total, humans?.opens.total)}</div>
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
            <div>{ofPeople(clicks.any, humans?.clicks.any)}</div>
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

function courseOf(jobId: string, interval: ReportInterval, human: boolean): ReportQuery {
  const sources = (["opens", "clicks_html", "clicks_text"] as const).reduce<ReportQuery["sources"]>((taken, event) => [...taken, { ...newSource(taken, [jobId], event), name: words.builder.events[event] }], []);
  return { type: "over_time", sources, period: {}, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, interval, count: "total", judged: human ? "human" : null };
}

function Course({ job }: { job: Job }) {
  const [interval, setInterval] = useState<ReportInterval>("day");
  const [human, setHuman] = useState(false);
  const [steps, setSteps] = useState<readonly DrillStep[]>([]);
  const query = courseOf(job.id, interval, human);
  return (
    <Section
      title={words.overTime}
      actions={
        <Group gap="sm">
          <Switch size="sm" label={words.humans} checked={human} onChange={(event) => setHuman(event.currentTarget.checked)} />
          <Select
            size="xs"
            w={110}
            aria-label={words.interval}
            value={interval}
            allowDeselect={false}
            onChange={(value) => {
              if (value === null) return;
              setInterval(value);
              setSteps([]);
            }}
            data={INTERVALS.map((value) => ({ value, label: words.intervals[value] }))}
          />
        </Group>
      }
    >
      <LiveResult query={query} steps={steps} onSteps={setSteps} actions={<KeepMenu query={query} title={words.quick.titled(job.title, words.overTime)} />} />
    </Section>
  );
}

function TopLinks({ job, report, humans }: { job: Job; report: Report; humans: Report | undefined }) {
  const links = linksOf(report, humans);
  const labels = [...new Set(links.filter(({ total }) => total > 0).map(({ label }) => label))].slice(0, TOP_LINKS);
  const sources = labels.reduce<ReportQuery["sources"]>(
    (taken, label) => [...taken, { ...withEvent(newSource(taken, [job.id]), "clicks"), links: [label], name: shorten(label, LONGEST_NAME) }],
    [],
  );
  const query: ReportQuery = { ...courseOf(job.id, "day", false), type: "sum", sources };
  return (
    <>
      {sources.length > 0 && (
        <Section title={words.topLinks} detail={words.topLinksDetail}>
          <LiveResult query={query} actions={<KeepMenu query={query} title={words.quick.titled(job.title, words.topLinks)} />} />
        </Section>
      )}
      <Section
        title={words.links}
        detail={words.linksDetail}
        actions={
          <Button component="a" href={`/api/v1/jobs/${encodeURIComponent(job.id)}/report.csv`} download variant="default" size="xs" leftSection={<IconDownload size={16} aria-hidden />}>
            {words.download}
          </Button>
        }
      >
        <Links links={links} clicks={report.clicks.any} />
      </Section>
    </>
  );
}

function Quick({ job }: { job: Job }) {
  const found = useQuickReports(job.id);
  if (found.data === undefined || found.data.length === 0) return null;
  return (
    <Section title={words.quick.title} detail={words.quick.detail}>
      <Group gap="xs">
        {found.data.map((quick) => (
          <ButtonLink key={quick.key} to="/reports/new" search={{ q: quick.query }} variant="default" size="sm" leftSection={<IconChartBar size={16} aria-hidden />}>
            {quick.title.replace(`: ${job.title}`, "")}
          </ButtonLink>
        ))}
      </Group>
    </Section>
  );
}

/** The sum of a job's events, as they come in. */
export function Overview({ job, deliveryId }: { job: Job; deliveryId: string }) {
  const live = useLive(job.id);
  const delivery = useDelivery(deliveryId);
  const all = useJobReport(job.id, undefined, live);
  const humans = useJobReport(job.id, "human", live);
  const delivered = delivery.data ? delivery.data.counts.sent + delivery.data.counts.complained : 0;
  return (
    <WhenLoaded query={all}>
      {(report) => (
        <Stack gap="lg">
          {all.isError && <ProblemAlert error={all.error} />}
          <Stack gap="xs">
            <Group gap="sm" justify="space-between">
              <Text size="sm" c="dimmed">
                {words.asOf(formatInstant(report.as_of))}
              </Text>
              {live && (
                <Badge color="green" leftSection={<IconBroadcast size={12} aria-hidden />}>
                  {words.live}
                </Badge>
              )}
            </Group>
            <Figures report={report} humans={humans.data} delivered={delivered} />
            <Text size="sm" c="dimmed" maw="80ch">
              {words.bothTotals}
            </Text>
          </Stack>
          {nothingRecorded(report) ? (
            <Paper withBorder>
              <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={words.nothing} detail={words.noneDetail} />
            </Paper>
          ) : (
            <>
              <Course job={job} />
              <TopLinks job={job} report={report} humans={humans.data} />
            </>
          )}
          <Bounced jobId={job.id} report={report} />
          <Quick job={job} />
          <TextLink to="/jobs/$jobId/sequence" params={{ jobId: job.id }} size="sm">
            {text.statistics.sequence.title}
          </TextLink>
        </Stack>
      )}
    </WhenLoaded>
  );
}
