import { Button, Drawer, Group, Paper, Stack, Text } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconAdjustments } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";

import type { ReportQuery } from "@/api/reports";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";

import { LiveResult } from "./LiveResult";
import { periodLabel, readSteps, writeSteps } from "./period";
import { impossibleIn } from "./possible";
import { isSameQuery, jobsOf } from "./query";
import { QueryBuilder } from "./QueryBuilder";
import classes from "./QueryPage.module.css";
import type { ReportSearch } from "./search";
import { titleOf } from "./shown";
import { usePossibilities } from "./useResult";

const words = text.reports.builder;

interface Props {
  title: string;
  eyebrow?: ReactNode;
  detail?: ReactNode;
  /** The query as it was saved, or as the page opened. */
  base: ReportQuery;
  search: ReportSearch;
  onSearch: (search: ReportSearch) => void;
  /** The page's buttons, given the query as it stands. */
  actions: (query: ReportQuery, isChanged: boolean) => ReactNode;
  notice?: ReactNode;
}

/** The query on the left and its result on the right; on a narrow screen the query opens over the result. */
export function QueryPage({ title, eyebrow, detail, base, search, onSearch, actions, notice }: Props) {
  const query = search.q ?? base;
  const steps = readSteps(search.into);
  const isChanged = !isSameQuery(query, base);
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const [opened, { open, close }] = useDisclosure(base.sources[0]?.job_ids.length === 0);
  const jobIds = jobsOf(query);
  const { data: possible, isPlaceholderData, isError } = usePossibilities(jobIds);
  const titles = useMemo(() => new Map((possible?.jobs ?? []).map((job) => [job.id, titleOf(job)])), [possible]);
  const change = (changed: ReportQuery) => onSearch(isSameQuery(changed, base) ? {} : { q: changed });
  const builder = <QueryBuilder query={query} onChange={change} possible={possible} titles={titles} />;
  const against = impossibleIn(query, possible);
  return (
    <>
      <PageHeader title={title} eyebrow={eyebrow} detail={detail} actions={actions(query, isChanged)} />
      {notice}
      <div className={classes.columns}>
        {wide ? (
          <Paper component="section" withBorder p="md" aria-label={words.title} className={classes.builder}>
            {builder}
          </Paper>
        ) : (
          <>
            <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
              <Text size="sm" c="dimmed">
                {words.summary(words.types[query.type].name, query.sources.length, periodLabel(query.period))}
              </Text>
              <Button variant="default" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={open} style={{ flex: "none" }}>
                {words.edit}
              </Button>
            </Group>
            <Drawer opened={opened} onClose={close} position="left" size="md" title={words.title} closeButtonProps={{ "aria-label": text.frame.close }}>
              <Stack pb="md">
                {builder}
                <Button onClick={close}>{words.done}</Button>
              </Stack>
            </Drawer>
          </>
        )}
        <Paper component="section" withBorder p={{ base: "md", sm: "lg" }} aria-label={text.reports.result.title} className={classes.result}>
          <LiveResult
            query={query}
            steps={steps}
            onSteps={(next) => onSearch({ ...(isChanged ? { q: query } : {}), ...(next.length === 0 ? {} : { into: writeSteps(next) }) })}
            waiting={!isError && (possible === undefined || isPlaceholderData)}
            impossible={against === null ? undefined : `${words.notPossible}: ${asSentence(against)}`}
          />
        </Paper>
      </div>
    </>
  );
}
