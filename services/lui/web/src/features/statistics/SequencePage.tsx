import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowRampRight, IconCopy, IconMail, IconRoute } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import type { SequenceStep } from "@/api/statistics";
import { useCurrentJob, WhenLoaded } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { asSentence, formatInstant, formatNumber } from "@/ui/format";

import classes from "./SequencePage.module.css";
import { useSequence } from "./useStatistics";

const words = text.statistics.sequence;
const ICONS = { origin: <IconMail size={18} aria-hidden />, reaction: <IconArrowRampRight size={18} aria-hidden />, copy: <IconCopy size={18} aria-hidden /> };
/** Beyond this, indenting further would leave no room on a phone. */
const DEEPEST = 6;

function Step({ step, source, isHere }: { step: SequenceStep; source: string | undefined; isHere: boolean }) {
  return (
    <li className={classes.step} style={{ "--depth": Math.min(step.depth, DEEPEST) } as React.CSSProperties} data-here={isHere || undefined}>
      <span className={classes.icon}>{ICONS[step.via]}</span>
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Link to="/jobs/$jobId/report" params={{ jobId: step.job.id }} className={classes.link} aria-current={isHere ? "page" : undefined}>
            {step.job.title}
          </Link>
          {isHere && <Badge>{words.here}</Badge>}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {words.via[step.via]}
          {source !== undefined && `, ${words.follows(source)}`} · {step.delivered_at === null ? words.notSent : `${words.sentTimes(step.deliveries)}, ${formatInstant(step.delivered_at)}`}
        </Text>
        {step.delivered_at !== null && (
          <Text size="sm" className="numbers">
            {words.numbers(formatNumber(step.recipients), formatNumber(step.opens), formatNumber(step.clicks))}
          </Text>
        )}
      </div>
    </li>
  );
}

/** Which jobs follow from which. */
export function SequencePage() {
  const { job } = useCurrentJob();
  const may = useMay("see_reports");
  const found = useSequence(job.id, may);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed" maw="72ch">
          {words.detail}
        </Text>
      </div>
      {!may ? (
        <EmptyState icon={<IconRoute size={28} stroke={1.5} />} title={text.reports.saved.mayNot.title} detail={text.reports.saved.mayNot.detail} />
      ) : (
        <WhenLoaded query={found}>
          {({ items, notes }) => {
            const titles = new Map(items.map((step) => [step.job.id, step.job.title]));
            return items.length < 2 ? (
              <Paper withBorder>
                <EmptyState icon={<IconRoute size={28} stroke={1.5} />} title={words.alone.title} detail={words.alone.detail} />
              </Paper>
            ) : (
              <Paper withBorder p={{ base: "sm", sm: "lg" }}>
                <ol className={classes.list}>
                  {items.map((step) => (
                    <Step key={step.job.id} step={step} source={step.source_job_id === null ? undefined : titles.get(step.source_job_id)} isHere={step.job.id === job.id} />
                  ))}
                </ol>
                {notes.map((note) => (
                  <Text key={note} size="sm" c="dimmed">
                    {asSentence(note)}
                  </Text>
                ))}
              </Paper>
            );
          }}
        </WhenLoaded>
      )}
    </Stack>
  );
}
