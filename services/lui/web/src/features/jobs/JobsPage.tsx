import { Button, Checkbox, Group, Paper, Select, Skeleton, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconArrowsDiff, IconMail, IconPlus, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { JobSummary } from "@/api/types";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatAgo, formatInstant } from "@/ui/format";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import classes from "./JobsPage.module.css";
import { isStage, type JobsSearch } from "./search";
import { StageBadge } from "./stage";
import { TitleDialog } from "./TitleDialog";

const words = text.jobs;
const PAGE = 25;

const NOT_SENT: ReadonlySet<JobSummary["stage"]> = new Set(["open", "waiting"]);

/** Jobs that were marked to be looked at side by side. */
interface Marks {
  marked: ReadonlySet<string>;
  onMark: (jobId: string) => void;
}

function JobRow({ job, marks }: { job: JobSummary; marks: Marks | null }) {
  return (
    <Table.Tr className={classes.row}>
      {marks !== null && (
        <Table.Td w={44} className={classes.mark}>
          {!NOT_SENT.has(job.stage) && (
            <Checkbox
              size="xs"
              aria-label={text.statistics.comparison.mark(job.title)}
              checked={marks.marked.has(job.id)}
              disabled={!marks.marked.has(job.id) && marks.marked.size >= MOST_COMPARED}
              onChange={() => marks.onMark(job.id)}
            />
          )}
        </Table.Td>
      )}
      <Table.Td className={classes.title}>
        <Link to="/jobs/$jobId" params={{ jobId: job.id }} className={classes.link}>
          {job.title}
        </Link>
        <Text size="sm" c="dimmed" hiddenFrom="sm" className="numbers">
          {job.reference}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" className="numbers">
        {job.reference}
      </Table.Td>
      <Table.Td>
        <StageBadge stage={job.stage} />
      </Table.Td>
      <Table.Td visibleFrom="md">{job.owner.name}</Table.Td>
      <Table.Td visibleFrom="sm" ta="right" style={{ whiteSpace: "nowrap" }}>
        <time dateTime={job.updated_at} title={formatInstant(job.updated_at)}>
          {formatAgo(job.updated_at)}
        </time>
      </Table.Td>
    </Table.Tr>
  );
}

/** As many as can stand side by side. */
const MOST_COMPARED = 20;

function Marked({ marked, onClear }: { marked: ReadonlySet<string>; onClear: () => void }) {
  const compare = text.statistics.comparison;
  return (
    <Group gap="sm" role="status">
      <Text size="sm">{compare.marked(marked.size)}</Text>
      {marked.size > 1 && (
        <ButtonLink to="/comparison" search={{ job: [...marked] }} size="xs" leftSection={<IconArrowsDiff size={16} aria-hidden />}>
          {compare.open(marked.size)}
        </ButtonLink>
      )}
      <Button variant="subtle" size="xs" onClick={onClear}>
        {compare.clear}
      </Button>
    </Group>
  );
}

function JobTable({ jobs, marks }: { jobs: readonly JobSummary[]; marks: Marks | null }) {
  return (
    <Paper withBorder style={{ overflow: "hidden" }}>
      <Table verticalSpacing="sm" horizontalSpacing="lg" highlightOnHover>
        <Table.Caption className="visually-hidden">{words.list.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {marks !== null && <Table.Td />}
            <Table.Th>{words.list.columns.job}</Table.Th>
            <Table.Th visibleFrom="sm">{words.list.columns.id}</Table.Th>
            <Table.Th>{words.list.columns.stage}</Table.Th>
            <Table.Th visibleFrom="md">{words.list.columns.owner}</Table.Th>
            <Table.Th visibleFrom="sm" ta="right">
              {words.list.columns.changed}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} marks={marks} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function NothingYet({ onCreate }: { onCreate: () => void }) {
  const may = useMay("create_jobs");
  return (
    <Paper withBorder>
      <EmptyState
        icon={<IconMail size={28} stroke={1.5} />}
        title={may ? words.empty.title : words.empty.mayNot}
        detail={may ? words.empty.detail : words.empty.mayNotDetail}
        action={
          may && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onCreate}>
              {words.create}
            </Button>
          )
        }
      />
    </Paper>
  );
}

/** All jobs one may see, newest first. Search, stage and page live in the address. */
export function JobsPage({ search }: { search: JobsSearch }) {
  const navigate = useNavigate();
  const may = useMay("create_jobs");
  const [creating, setCreating] = useState(search.create ?? false);
  const maySee = useMay("see_reports");
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const mark = (jobId: string) => setMarked(marked.has(jobId) ? new Set([...marked].filter((other) => other !== jobId)) : new Set([...marked, jobId]));
  const [typed, setTyped] = useState(search.search ?? "");
  const [earlier, setEarlier] = useState<(string | undefined)[]>([]);
  const go = (next: JobsSearch) => void navigate({ to: "/jobs", search: next, replace: true });
  const filter = (next: JobsSearch) => {
    setEarlier([]);
    go({ ...(next.search ? { search: next.search } : {}), ...(next.stage ? { stage: next.stage } : {}) });
  };
  const searchSoon = useDebouncedCallback((value: string) => filter({ search: value.trim(), stage: search.stage }), 250);
  const page = useQuery({
    queryKey: keys.jobList({ search: search.search, stage: search.stage, after: search.after }),
    queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/jobs", { params: { query: { stage: search.stage ?? null, title: search.search ?? null, after: search.after ?? null, limit: PAGE } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
  const filtered = search.search !== undefined || search.stage !== undefined;
  const nothing = page.data?.items.length === 0 && search.after === undefined;
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={
          may &&
          !(nothing && !filtered) && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
              {words.create}
            </Button>
          )
        }
      />
      <Stack gap="md">
        {!(nothing && !filtered) && (
          <Group gap="sm" align="flex-end">
            <TextInput
              type="search"
              aria-label={words.list.search}
              placeholder={words.list.searchPlaceholder}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                searchSoon(event.currentTarget.value);
              }}
              style={{ flex: "1 1 14rem" }}
              maw={420}
            />
            <Select
              aria-label={words.list.stage}
              data={[{ value: "", label: words.list.anyStage }, ...Object.entries(words.stages).map(([value, label]) => ({ value, label }))]}
              value={search.stage ?? ""}
              onChange={(value) => filter({ search: search.search, stage: isStage(value) ? value : undefined })}
              allowDeselect={false}
              w={{ base: "100%", xs: 180 }}
            />
          </Group>
        )}
        {page.error && <ProblemAlert error={page.error} onRetry={() => void page.refetch()} />}
        {page.isPending && <ListSkeleton />}
        {nothing && !filtered && <NothingYet onCreate={() => setCreating(true)} />}
        {nothing && filtered && (
          <Paper withBorder>
            <EmptyState
              icon={<IconSearch size={28} stroke={1.5} />}
              title={words.empty.nothingFound}
              detail={words.empty.nothingFoundDetail}
              action={
                <Button
                  variant="default"
                  onClick={() => {
                    setTyped("");
                    filter({});
                  }}
                >
                  {words.empty.clear}
                </Button>
              }
            />
          </Paper>
        )}
        {marked.size > 0 && <Marked marked={marked} onClear={() => setMarked(new Set())} />}
        {page.data && page.data.items.length > 0 && <JobTable jobs={page.data.items} marks={maySee ? { marked, onMark: mark } : null} />}
        {(search.after !== undefined || page.data?.next) && (
          <Group component="nav" aria-label={words.list.pages} justify="space-between">
            <Button
              variant="default"
              disabled={search.after === undefined}
              onClick={() => {
                go({ ...search, after: earlier.at(-1) });
                setEarlier(earlier.slice(0, -1));
              }}
            >
              {words.list.newer}
            </Button>
            <Button
              variant="default"
              disabled={!page.data?.next || page.isPlaceholderData}
              onClick={() => {
                setEarlier([...earlier, search.after]);
                go({ ...search, after: page.data?.next ?? undefined });
              }}
            >
              {words.list.older}
            </Button>
          </Group>
        )}
      </Stack>
      <TitleDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function ListSkeleton() {
  return (
    <Paper withBorder p="lg" role="status" aria-label={text.frame.loading}>
      <Stack>
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} height={18} />
        ))}
      </Stack>
    </Paper>
  );
}
