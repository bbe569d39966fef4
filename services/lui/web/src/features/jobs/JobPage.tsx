import { Alert, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconChevronLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";

import { text } from "@/text/en";
import { asSentence, formatAgo, formatInstant } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { JobActions } from "./JobActions";
import classes from "./JobPage.module.css";
import { JobRail } from "./JobRail";
import { StageBadge } from "./stage";
import { CurrentJobProvider, jobQuery } from "./useJob";

/** Everything about one job: its head, the rail of its steps, and the step or result that is open. */
export function JobPage({ jobId }: { jobId: string }) {
  const query = useQuery(jobQuery(jobId));
  if (query.isPending) {
    return (
      <Stack role="status" aria-label={text.frame.loading}>
        <Skeleton height={32} width="40%" />
        <Skeleton height={240} />
      </Stack>
    );
  }
  if (query.isError && query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const job = query.data.value;
  return (
    <CurrentJobProvider value={query.data}>
      <PageHeader
        title={job.title}
        eyebrow={
          <Group gap="xs" mb={4}>
            <TextLink to="/jobs" size="sm" className={classes.back}>
              <IconChevronLeft size={14} aria-hidden />
              {text.jobs.title}
            </TextLink>
            <Text size="sm" c="dimmed" className="numbers">
              {job.reference}
            </Text>
          </Group>
        }
        detail={
          <Group gap="sm" mt={4}>
            <StageBadge stage={job.stage} />
            <Text size="sm" c="dimmed">
              <time dateTime={job.created_at} title={formatInstant(job.created_at)}>
                {text.jobs.page.created(formatAgo(job.created_at))}
              </time>
            </Text>
          </Group>
        }
        actions={<JobActions job={job} etag={query.data.etag} />}
      />
      {job.stage_reason !== null && (
        <Alert color="red" mb="lg" icon={<IconAlertCircle aria-hidden />}>
          {asSentence(job.stage_reason)}
        </Alert>
      )}
      <div className={classes.columns}>
        <JobRail job={job} />
        <div className={classes.main}>
          <Outlet />
        </div>
      </div>
    </CurrentJobProvider>
  );
}
