import { Alert, Group, List, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconEye, IconInfoCircle, IconLock } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { type Job, STEP_ORDER, type StepName } from "@/api/types";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";
import { ButtonLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { STEP_PAGES } from "./JobRail";
import { useCurrentJob } from "./useJob";

const words = text.jobs.page;

function ViewOnly({ job }: { job: Job }) {
  if (job.stage === "open") return <Alert color="gray" icon={<IconEye aria-hidden />} title={words.mayNotEdit} />;
  const way = job.stage === "waiting" ? words.revokeToEdit : job.stage === "failed" ? words.reopenToEdit : words.copyToEdit;
  return (
    <Alert color="gray" icon={<IconEye aria-hidden />} title={words.viewOnly(text.jobs.stages[job.stage])}>
      {way}
    </Alert>
  );
}

function StepProblems({ step, job }: { step: StepName; job: Job }) {
  const { state, problems } = job.steps[step];
  // What a test still needs is said by the test's own page.
  if (problems.length === 0 || state === "locked" || (step === "test" && state === "available")) return null;
  const serious = state === "stale";
  return (
    <Alert color={serious ? "yellow" : "gray"} icon={serious ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />} title={words.problemsTitle[state]}>
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem.detail}>{asSentence(problem.detail)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** Why a step cannot be opened yet, and the way to what is missing. */
function Locked({ step, job }: { step: StepName; job: Job }) {
  const missing = STEP_ORDER.slice(0, STEP_ORDER.indexOf(step)).filter((other) => ["available", "stale"].includes(job.steps[other].state));
  return (
    <Paper withBorder p="xl">
      <Stack align="center" ta="center" gap="sm">
        <IconLock size={28} stroke={1.5} aria-hidden />
        <Title order={3}>{words.problemsTitle.locked}</Title>
        <Text c="dimmed">{words.first}</Text>
        {job.steps[step].problems.map((problem) => (
          <Text key={problem.detail} c="dimmed">
            {problem.detail}
          </Text>
        ))}
        <Group justify="center">
          {missing.map((other) => (
            <ButtonLink key={other} to={STEP_PAGES[other]} params={{ jobId: job.id }} variant="default">
              {text.jobs.steps[other]}
            </ButtonLink>
          ))}
        </Group>
      </Stack>
    </Paper>
  );
}

interface Props {
  step: StepName;
  intro: string;
  children: ReactNode;
}

/** A step's frame: what it is for, what the server says about it, and its form once it can be opened. */
export function StepPage({ step, intro, children }: Props) {
  const { job, editable } = useCurrentJob();
  const open = job.stage === "open";
  const locked = job.steps[step].state === "locked";
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{text.jobs.steps[step]}</Title>
        <Text c="dimmed" maw="72ch" mt={2}>
          {intro}
        </Text>
      </div>
      {!editable && step !== "authorize" && <ViewOnly job={job} />}
      {open && <StepProblems step={step} job={job} />}
      {locked && open ? <Locked step={step} job={job} /> : children}
    </Stack>
  );
}

/** Shows what a step's query brought, once it is there. */
export function WhenLoaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton height={220} role="status" aria-label={text.frame.loading} />;
}
