import { Badge, Group, Paper, Stack, Switch, Table, Text } from "@mantine/core";
import { IconArrowsDiff, IconReportAnalytics } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import type { TrackingRow, TrackingStatistics } from "@/api/statistics";
import { jobQuery, WhenLoaded } from "@/features/jobs";
import { comparisonQuery, JobPicker } from "@/features/reports";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatInstant, formatNumber } from "@/ui/format";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { ScrollBox } from "@/ui/ScrollBox";
import { Section } from "@/ui/Section";

import classes from "./JobRows.module.css";
import { Notes } from "./Notes";
import { Rates } from "./Rates";
import { formatRateOf, highestAt } from "./rules";
import { useComparison } from "./useStatistics";

const words = text.statistics;
const RATES = ["opened_of_unbounced", "clicked_of_unbounced", "clicked_of_opened", "unsubscribed_of_unbounced"] as const;

const NUMBERS: readonly [string, (row: TrackingRow) => ReactNode][] = [
  [words.columns.sent, (row) => formatInstant(row.delivered_at)],
  [words.columns.recipients, (row) => formatNumber(row.recipients)],
  [words.columns.unbounced, (row) => formatNumber(row.unbounced)],
  [words.columns.bounced, (row) => formatNumber(row.bounced)],
  [words.columns.opens, (row) => formatNumber(row.opens)],
  [words.columns.clicks, (row) => formatNumber(row.clicks)],
];

function SideBySide({ rows }: { rows: readonly TrackingRow[] }) {
  return (
    <ScrollBox label={words.comparison.caption}>
      <Table verticalSpacing={8}>
        <Table.Caption className="visually-hidden">{words.comparison.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Td miw={150} />
            {rows.map(({ job }) => (
              <Table.Th key={job.id} ta="right" miw={170} className={classes.job}>
                <Link to="/jobs/$jobId/report" params={{ jobId: job.id }} className={classes.link}>
                  {job.title}
                </Link>
                <Text size="xs" c="dimmed" className="numbers">
                  {job.system_id}
                </Text>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {NUMBERS.map(([name, show]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              {rows.map((row) => (
                <Table.Td key={row.job.id} ta="right">
                  {show(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {RATES.map((rate) => {
            const highest = highestAt(rows.map((row) => row.rates[rate]));
            return (
              <Table.Tr key={rate}>
                <Table.Th scope="row" fw={600} title={words.trackingRates[rate].detail}>
                  {words.trackingRates[rate].name}
                </Table.Th>
                {rows.map((row, index) => (
                  <Table.Td key={row.job.id} ta="right" fw={600}>
                    {highest.includes(index) && (
                      <Badge mr={6} size="sm">
                        {words.comparison.best}
                      </Badge>
                    )}
                    {formatRateOf(row.rates[rate])}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

function Compared({ statistics }: { statistics: TrackingStatistics }) {
  return (
    <>
      <Section title={words.perJob}>
        <SideBySide rows={statistics.rows} />
      </Section>
      <Rates names={words.trackingRates} mean={statistics.mean} pooled={statistics.pooled} counted={statistics.counted} />
      <Notes notes={statistics.notes} asOf={statistics.as_of} rulesVersion={statistics.rules_version} />
    </>
  );
}

/** The names of chosen jobs, also of those that have no numbers yet. */
function useTitles(jobIds: readonly string[]): ReadonlyMap<string, string> {
  const jobs = useQueries({ queries: jobIds.map((id) => jobQuery(id)) });
  return new Map(jobs.flatMap(({ data }) => (data === undefined ? [] : [[data.value.id, `${data.value.title} (${data.value.reference})`] as const])));
}

/** Chosen jobs side by side. */
export function ComparisonPage({ jobIds }: { jobIds: readonly string[] }) {
  const navigate = useNavigate();
  const may = useMay("see_reports");
  const [human, setHuman] = useState(false);
  const found = useComparison(jobIds, human ? "human" : undefined, may);
  const titles = useTitles(jobIds);
  const enough = jobIds.length >= 2;
  return (
    <>
      <ReportPages />
      <PageHeader
        title={words.comparison.title}
        detail={words.comparison.detail}
        actions={
          enough && (
            <ButtonLink to="/reports/new" search={{ q: comparisonQuery(jobIds, titles) }} variant="default" leftSection={<IconReportAnalytics size={16} aria-hidden />}>
              {words.comparison.asReport}
            </ButtonLink>
          )
        }
      />
      <Stack gap="lg">
        <Group align="flex-end" gap="lg">
          <div style={{ flex: "1 1 20rem", minWidth: 0 }}>
            <JobPicker
              value={jobIds}
              titles={titles}
              label={words.comparison.choose}
              description={words.comparison.chooseHelp}
              most={20}
              onChange={(chosen) => void navigate({ to: "/comparison", search: chosen.length === 0 ? {} : { job: chosen }, replace: true })}
            />
          </div>
          <Switch label={words.judged} description={words.judgedDetail} checked={human} onChange={(event) => setHuman(event.currentTarget.checked)} />
        </Group>
        {enough ? (
          <WhenLoaded query={found}>{(statistics) => <Compared statistics={statistics} />}</WhenLoaded>
        ) : (
          <Paper withBorder>
            <EmptyState icon={<IconArrowsDiff size={28} stroke={1.5} />} title={words.comparison.none.title} detail={words.comparison.none.detail} />
          </Paper>
        )}
      </Stack>
    </>
  );
}
