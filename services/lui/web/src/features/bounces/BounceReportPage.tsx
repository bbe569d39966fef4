import { Badge, Button, Checkbox, Group, Paper, Progress, Stack, Table, Text, Title } from "@mantine/core";
import { IconChevronLeft, IconDownload, IconMoodCheck, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { BounceReport } from "@/api/types";
import { useDelivery } from "@/features/deliveries";
import { useCurrentJob, WhenLoaded } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatInstant, formatNumber, formatShare } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { Section } from "@/ui/Section";

import { classWords, countOf, downloadAddress, sorted } from "./rules";
import { StoppedNotice } from "./StoppedNotice";

const words = text.bounces;

interface Slice {
  name: string;
  meaning: string;
  count: number;
  colour: string;
}

/** The totals as one bar, with what each part means below it. */
function Totals({ report, recipients }: { report: BounceReport; recipients: number }) {
  const temporary = report.total - report.permanent;
  const total = Math.max(recipients, report.total + report.complaints);
  const slices: Slice[] = [
    { name: words.reached, meaning: "", count: Math.max(0, total - report.total - report.complaints), colour: "petrol.7" },
    { name: words.permanent, meaning: words.permanentMeaning, count: report.permanent, colour: "red.7" },
    { name: words.temporary, meaning: words.temporaryMeaning, count: temporary, colour: "yellow.6" },
    { name: words.complaints, meaning: words.complaintsMeaning, count: report.complaints, colour: "grape.6" },
  ];
  return (
    <Section title={words.chart}>
      <Progress.Root size="xl" radius="md" role="img" aria-label={slices.map((slice) => `${slice.name}: ${formatNumber(slice.count)}`).join(", ")}>
        {slices.map((slice) => (
          <Progress.Section key={slice.name} value={total === 0 ? 0 : (slice.count / total) * 100} color={slice.colour} withAria={false} />
        ))}
      </Progress.Root>
      <Stack gap="xs" component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {slices.map((slice) => (
          <Group key={slice.name} component="li" gap="sm" wrap="nowrap" align="baseline">
            <span aria-hidden style={{ width: 12, height: 12, flex: "none", borderRadius: 3, background: `var(--mantine-color-${slice.colour.replace(".", "-")})` }} />
            <Text fw={600} className="numbers" ta="right" miw={`${formatNumber(total).length}ch`}>
              {formatNumber(slice.count)}
            </Text>
            <div>
              <Text span fw={600}>
                {slice.name}
              </Text>{" "}
              <Text span size="sm" c="dimmed">
                {words.shareOf(formatShare(slice.count, total))}
                {slice.meaning !== "" && `. ${slice.meaning}`}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}

function Groups({ jobId, report }: { jobId: string; report: BounceReport }) {
  const may = useMay("see_recipients");
  const [chosen, setChosen] = useState<string[]>([]);
  const [reasons, setReasons] = useState(true);
  const groups = sorted(report.by_class);
  const names = [...new Set(groups.map((group) => group.class))];
  const count = countOf(groups, chosen);
  const toggle = (name: string) => setChosen(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <Section title={words.groups} detail={may ? words.groupsDetail : words.mayNotDownload}>
      <Table verticalSpacing="xs">
        <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {may && (
              <Table.Th w={40}>
                <Checkbox
                  aria-label={words.chooseAll}
                  checked={chosen.length === names.length}
                  indeterminate={chosen.length > 0 && chosen.length < names.length}
                  onChange={() => setChosen(chosen.length === names.length ? [] : names)}
                />
              </Table.Th>
            )}
            <Table.Th>{words.columns.reason}</Table.Th>
            <Table.Th visibleFrom="sm">{words.columns.kind}</Table.Th>
            <Table.Th ta="right">{words.columns.count}</Table.Th>
            <Table.Th ta="right">{words.columns.share}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map((group) => {
            const about = classWords(group.class);
            const kind = group.permanent ? words.permanent : words.temporary;
            return (
              <Table.Tr key={`${group.class}${String(group.permanent)}`}>
                {may && (
                  <Table.Td>
                    <Checkbox aria-label={words.choose(`${about.name}, ${kind}`)} checked={chosen.includes(group.class)} onChange={() => toggle(group.class)} />
                  </Table.Td>
                )}
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <Text fw={600}>{about.name}</Text>
                  <Text size="sm" c="dimmed">
                    {about.meaning}
                  </Text>
                  <Text size="sm" c="dimmed" hiddenFrom="sm">
                    {kind}
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <Badge miw="max-content" color={group.permanent ? "red" : "yellow"}>{kind}</Badge>
                </Table.Td>
                <Table.Td ta="right">{formatNumber(group.count)}</Table.Td>
                <Table.Td ta="right">{formatShare(group.count, report.total)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {may && (
        <Group justify="space-between">
          <Checkbox label={words.withReasons} description={words.withReasonsHelp} checked={reasons} onChange={(event) => setReasons(event.currentTarget.checked)} maw={520} />
          <Button component="a" href={downloadAddress(jobId, chosen, reasons)} download leftSection={<IconDownload size={16} aria-hidden />}>
            {chosen.length === 0 ? words.download : words.downloadChosen(formatNumber(count))}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function Report({ deliveryId }: { deliveryId: string }) {
  const { job } = useCurrentJob();
  const delivery = useDelivery(deliveryId);
  const query = useQuery({
    queryKey: [...keys.job(job.id), "report", "bounces"],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs/{job_id}/report/bounces", { params: { path: { job_id: job.id } }, signal })),
  });
  const lives = job.deliveries.filter((each) => each.kind === "live");
  return (
    <WhenLoaded query={query}>
      {(report) => (
        <Stack gap="lg">
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {words.asOf(formatInstant(report.as_of))}
            </Text>
            <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={query.isFetching} onClick={() => void query.refetch()}>
              {words.refresh}
            </Button>
          </Group>
          {lives.map((each) => (
            <StoppedNotice key={each.id} deliveryId={each.id} />
          ))}
          {report.total === 0 && report.complaints === 0 ? (
            <Paper withBorder>
              <EmptyState icon={<IconMoodCheck size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />
            </Paper>
          ) : (
            <>
              <Totals report={report} recipients={lives.length === 1 ? (delivery.data?.total ?? 0) : 0} />
              {report.total > 0 && <Groups jobId={job.id} report={report} />}
            </>
          )}
        </Stack>
      )}
    </WhenLoaded>
  );
}

/** What came back of a job's live deliveries, by reason, to be downloaded. */
export function BounceReportPage() {
  const { job } = useCurrentJob();
  const may = useMay("see_reports");
  const live = job.deliveries.filter((delivery) => delivery.kind === "live").at(-1);
  return (
    <Stack gap="lg">
      <div>
        <TextLink to="/jobs/$jobId/report" params={{ jobId: job.id }} size="sm" style={{ display: "inline-flex", alignItems: "center", gap: 2 }}>
          <IconChevronLeft size={14} aria-hidden />
          {words.toReport}
        </TextLink>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed">{words.intro}</Text>
      </div>
      {live === undefined || !may ? (
        <Paper withBorder>
          <EmptyState icon={<IconMoodCheck size={28} stroke={1.5} />} title={words.notSent} detail={words.notSentDetail} />
        </Paper>
      ) : (
        <Report deliveryId={live.id} />
      )}
    </Stack>
  );
}
