import { Paper, Stack } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

import type { DeliveryRow, TrackingRow } from "@/api/statistics";
import { WhenLoaded } from "@/features/jobs";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatDuration, formatInstant, formatNumber } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Section } from "@/ui/Section";

import { Filters } from "./Filters";
import { type Column, JobRows } from "./JobRows";
import { Notes } from "./Notes";
import { Rates } from "./Rates";
import { formatRateOf, type StatisticsSearch } from "./rules";
import { useDeliveryStatistics, useTrackingStatistics } from "./useStatistics";

const words = text.statistics;

const TRACKING: Column<TrackingRow>[] = [
  { key: "sent", name: words.columns.sent, show: (row) => formatInstant(row.delivered_at) },
  { key: "level", name: words.columns.level, show: (row) => (row.level !== null && row.level in text.tracking.levels ? text.tracking.levels[row.level].name : "–") },
  { key: "recipients", name: words.columns.recipients, show: (row) => formatNumber(row.recipients) },
  { key: "opens", name: words.columns.opens, show: (row) => formatNumber(row.opens) },
  { key: "clicks", name: words.columns.clicks, show: (row) => formatNumber(row.clicks) },
  ...(["opened_of_unbounced", "clicked_of_unbounced", "clicked_of_opened", "unsubscribed_of_unbounced"] as const).map((rate) => ({
    key: rate,
    ...words.trackingRates[rate],
    show: (row: TrackingRow) => formatRateOf(row.rates[rate]),
  })),
];

const DELIVERIES: Column<DeliveryRow>[] = [
  { key: "sent", name: words.columns.sent, show: (row) => formatInstant(row.delivered_at) },
  { key: "recipients", name: words.columns.recipients, show: (row) => formatNumber(row.recipients) },
  { key: "unbounced", name: words.columns.unbounced, show: (row) => formatNumber(row.unbounced) },
  { key: "bounced", name: words.columns.bounced, show: (row) => `${formatNumber(row.bounced)} (${formatRateOf(row.rates.bounced_of_taken)})` },
  { key: "refused", name: words.columns.refused, show: (row) => `${formatNumber(row.refused)} (${formatRateOf(row.rates.refused_of_recipients)})` },
  { key: "complained", name: words.columns.complained, show: (row) => formatNumber(row.complained) },
  { key: "took", name: words.columns.took, show: (row) => (row.seconds === null ? "–" : formatDuration(row.seconds)) },
];

const NoJobs = () => (
  <Paper withBorder>
    <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={words.empty.title} detail={words.empty.detail} />
  </Paper>
);

const MayNot = () => (
  <Paper withBorder>
    <EmptyState level={1} icon={<IconChartBar size={28} stroke={1.5} />} title={text.reports.saved.mayNot.title} detail={text.reports.saved.mayNot.detail} />
  </Paper>
);

/** Openings, clicks and unsubscriptions of many jobs. */
export function TrackingStatisticsPage({ search }: { search: StatisticsSearch }) {
  const navigate = useNavigate();
  const may = useMay("see_reports");
  const found = useTrackingStatistics(search, may);
  if (!may) return <MayNot />;
  return (
    <>
      <ReportPages />
      <PageHeader title={words.tracking.title} detail={words.tracking.detail} />
      <Stack gap="lg">
        <Filters search={search} onSearch={(next) => void navigate({ to: "/statistics/tracking", search: next, replace: true })} withJudged />
        <WhenLoaded query={found}>
          {(statistics) =>
            statistics.rows.length === 0 ? (
              <NoJobs />
            ) : (
              <>
                <Rates names={words.trackingRates} mean={statistics.mean} pooled={statistics.pooled} counted={statistics.counted} />
                <Section title={words.perJob}>
                  <JobRows rows={statistics.rows} columns={TRACKING} />
                </Section>
                <Notes notes={statistics.notes} asOf={statistics.as_of} rulesVersion={statistics.rules_version} />
              </>
            )
          }
        </WhenLoaded>
      </Stack>
    </>
  );
}

/** How the deliveries of many jobs went. */
export function DeliveryStatisticsPage({ search }: { search: StatisticsSearch }) {
  const navigate = useNavigate();
  const may = useMay("see_reports");
  const found = useDeliveryStatistics(search, may);
  if (!may) return <MayNot />;
  return (
    <>
      <ReportPages />
      <PageHeader title={words.deliveries.title} detail={words.deliveries.detail} />
      <Stack gap="lg">
        <Filters search={search} onSearch={(next) => void navigate({ to: "/statistics/deliveries", search: next, replace: true })} withJudged={false} />
        <WhenLoaded query={found}>
          {(statistics) =>
            statistics.rows.length === 0 ? (
              <NoJobs />
            ) : (
              <>
                <Rates names={words.deliveryRates} mean={statistics.mean} pooled={statistics.pooled} counted={statistics.counted} />
                <Section title={words.perJob}>
                  <JobRows rows={statistics.rows} columns={DELIVERIES} />
                </Section>
                <Notes notes={statistics.notes} asOf={statistics.as_of} />
              </>
            )
          }
        </WhenLoaded>
      </Stack>
    </>
  );
}
