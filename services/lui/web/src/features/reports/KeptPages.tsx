import { Alert, Group, Paper, Skeleton, Stack, Table, Text } from "@mantine/core";
import { IconArchive, IconChevronLeft, IconPin } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import type { Snapshot, SnapshotResult } from "@/api/reports";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { Facts } from "@/ui/Facts";
import { formatInstant } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { ListBox } from "@/ui/ListBox";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { DownloadMenu } from "./DownloadMenu";
import { MayNotSee } from "./MayNotSee";
import { periodLabel } from "./period";
import { isTable, nameOf } from "./query";
import { Result } from "./Result";
import { titleOf } from "./shown";
import classes from "./SavedRow.module.css";
import { savedReportQuery, snapshotQuery, snapshotsQuery } from "./useSaved";

const words = text.reports.kept;

function KeptTable({ kept }: { kept: readonly Snapshot[] }) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Caption className="visually-hidden">{words.title}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.columns.taken}</Table.Th>
          <Table.Th>{words.columns.by}</Table.Th>
          <Table.Th visibleFrom="sm">{text.reports.builder.type}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {kept.map((snapshot) => (
          <Table.Tr key={snapshot.id}>
            <Table.Td className={classes.title}>
              <Link to="/kept-results/$snapshotId" params={{ snapshotId: snapshot.id }} className={classes.link}>
                {formatInstant(snapshot.created_at)}
              </Link>
            </Table.Td>
            <Table.Td className={classes.title}>{snapshot.created_by.name}</Table.Td>
            <Table.Td visibleFrom="sm">{text.reports.builder.types[snapshot.type].name}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Back({ reportId }: { reportId: string }) {
  return (
    <TextLink to="/reports/$reportId" params={{ reportId }} size="sm" style={{ display: "inline-flex", alignItems: "center", gap: 2 }}>
      <IconChevronLeft size={14} aria-hidden />
      {words.toReport}
    </TextLink>
  );
}

/** The results of a report that were kept. */
export function KeptResultsPage({ reportId }: { reportId: string }) {
  const may = useMay("see_reports");
  const report = useQuery({ ...savedReportQuery(reportId), enabled: may });
  const kept = useQuery({ ...snapshotsQuery(reportId), enabled: may });
  if (!may) return <MayNotSee />;
  return (
    <>
      <ReportPages />
      <PageHeader title={report.data === undefined ? words.title : `${words.title}: ${report.data.value.title}`} detail={words.detail} eyebrow={<Back reportId={reportId} />} />
      <ListBox query={kept} empty={<EmptyState icon={<IconArchive size={28} stroke={1.5} />} title={words.empty.title} detail={words.empty.detail} />}>
        {(items) => <KeptTable kept={items} />}
      </ListBox>
    </>
  );
}

function Asked({ result: { result, snapshot } }: { result: SnapshotResult }) {
  const titles = new Map(result.jobs.map((job) => [job.id, titleOf(job)]));
  const { query } = result;
  return (
    <Facts
      items={[
        [text.reports.builder.type, text.reports.builder.types[query.type].name],
        [text.reports.builder.sources, query.sources.map((source) => nameOf(source, titles)).join("; ")],
        [text.reports.result.jobs, [...titles.values()].join("; ")],
        [text.reports.period.label, periodLabel({ from: result.period.from, to: result.period.to })],
        [text.reports.builder.count, text.reports.builder.counts[query.count].name],
        [text.reports.builder.judged, query.judged === "human" ? text.reports.builder.judgedHuman : text.reports.builder.judgedAll],
        [words.digest, <code key="digest">{snapshot.digest}</code>],
      ]}
    />
  );
}

/** A kept result: the same numbers for ever. */
export function KeptResultPage({ snapshotId }: { snapshotId: string }) {
  const may = useMay("see_reports");
  const found = useQuery({ ...snapshotQuery(snapshotId), enabled: may });
  if (!may) return <MayNotSee />;
  if (found.data === undefined) {
    return found.isError ? <ProblemAlert error={found.error} onRetry={() => void found.refetch()} /> : <Skeleton height={320} role="status" aria-label={text.frame.loading} />;
  }
  const { snapshot, result } = found.data;
  return (
    <>
      <ReportPages />
      <PageHeader
        title={snapshot.title}
        eyebrow={snapshot.report_id !== null && <Back reportId={snapshot.report_id} />}
        detail={
          <Group gap="xs">
            <IconPin size={16} aria-hidden />
            <Text size="sm">
              {words.at(formatInstant(snapshot.created_at))} · {words.by(snapshot.created_by.name)}
            </Text>
          </Group>
        }
      />
      <Stack>
        <Alert color="gray" icon={<IconPin aria-hidden />}>
          {words.unchanging}
        </Alert>
        <Paper component="section" withBorder p={{ base: "md", sm: "lg" }} aria-label={text.reports.result.title}>
          <Result result={result} actions={<DownloadMenu from={{ address: `/api/v1/report-snapshots/${encodeURIComponent(snapshotId)}` }} withPlot={!isTable(result.query.type)} size="xs" />} />
        </Paper>
        <Paper component="section" withBorder p={{ base: "md", sm: "lg" }} aria-label={text.reports.result.query}>
          <Asked result={found.data} />
        </Paper>
      </Stack>
    </>
  );
}
