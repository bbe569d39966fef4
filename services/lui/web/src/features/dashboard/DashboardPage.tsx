import { Alert, List, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { IconInfoCircle, IconMail, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Dashboard } from "@/api/statistics";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { asSentence, formatInstant } from "@/ui/format";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { Activity } from "./Activity";
import { Calendar } from "./Calendar";
import classes from "./Dashboard.module.css";
import { LastDeliveries } from "./LastDeliveries";

const words = text.dashboard;
const AGAIN = 15_000;

function FirstJob() {
  const may = useMay("create_jobs");
  return (
    <Paper withBorder p="md">
      <EmptyState
        icon={<IconMail size={28} stroke={1.5} />}
        title={may ? words.empty.title : words.empty.mayNot}
        detail={may ? words.empty.detail : words.empty.mayNotDetail}
        action={
          may && (
            <ButtonLink to="/jobs" search={{ create: true }} leftSection={<IconPlus size={16} aria-hidden />}>
              {words.empty.create}
            </ButtonLink>
          )
        }
      />
      {may && (
        <ol className={classes.steps}>
          {words.empty.steps.map((step, index) => (
            <li key={step.name}>
              <Text fw={600}>
                {index + 1}. {step.name}
              </Text>
              <Text size="sm" c="dimmed">
                {step.detail}
              </Text>
            </li>
          ))}
        </ol>
      )}
    </Paper>
  );
}

function Upcoming({ upcoming }: { upcoming: Dashboard["upcoming"] }) {
  if (upcoming.length === 0) return <Text c="dimmed">{words.noneUpcoming}</Text>;
  return (
    <ul className={classes.agenda}>
      {upcoming.map(({ job, at }) => (
        <li key={`${job.id}${at ?? ""}`} style={{ padding: "0.25rem 0" }}>
          <Link to="/jobs/$jobId" params={{ jobId: job.id }} className={classes.job}>
            {job.title}
          </Link>
          <Text size="sm" c="dimmed" className="numbers">
            {at === null ? words.waits : formatInstant(at)}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Boxes({ dashboard, onMonth }: { dashboard: Dashboard; onMonth: (month: string) => void }) {
  const today = dashboard.activity.points.at(-1)?.day ?? "";
  return (
    <Stack gap="lg">
      <Section
        title={words.last}
        actions={
          <ButtonLink to="/jobs" variant="default" size="xs">
            {words.allJobs}
          </ButtonLink>
        }
      >
        <LastDeliveries deliveries={dashboard.last_deliveries} />
      </Section>
      {dashboard.notes.length > 0 && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={words.notes}>
          <List size="sm">
            {dashboard.notes.map((note) => (
              <List.Item key={note}>{asSentence(note)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <div className={classes.columns}>
        <Stack gap="lg">
          <Section title={words.activity} detail={dashboard.activity.time_zone}>
            <Activity activity={dashboard.activity} />
          </Section>
          <Section title={words.upcoming}>
            <Upcoming upcoming={dashboard.upcoming} />
          </Section>
        </Stack>
        <Section title={words.calendar}>
          <Calendar calendar={dashboard.calendar} month={dashboard.month} today={today} onMonth={onMonth} />
        </Section>
      </div>
      <Text size="sm" c="dimmed">
        {words.asOf(formatInstant(dashboard.as_of))}
      </Text>
    </Stack>
  );
}

/** The first page: what was sent last, what came of it, and what is due. */
export function DashboardPage() {
  const [month, setMonth] = useState<string | null>(null);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const found = useQuery({
    queryKey: [...keys.dashboard, zone, month],
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/dashboard", { params: { query: { time_zone: zone, ...(month === null ? {} : { month }) } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN,
  });
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      {found.data === undefined ? (
        found.isError ? (
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton height={420} role="status" aria-label={text.frame.loading} />
        )
      ) : (
        <>
          {found.isError && <ProblemAlert error={found.error} />}
          {found.data.jobs_total === 0 ? <FirstJob /> : <Boxes dashboard={found.data} onMonth={setMonth} />}
        </>
      )}
    </>
  );
}
