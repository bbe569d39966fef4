import { Box, Paper, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { tracker, valueOf } from "@/api/client";
import type { Privacy, PrivacyLevel } from "@/api/types";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { type Fact, factsOf } from "./rules";

const words = text.privacy;

function Comparison({ privacy, facts }: { privacy: Privacy; facts: readonly Fact[] }) {
  return (
    <Paper withBorder style={{ overflow: "hidden" }} visibleFrom="md">
      <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed" striped>
        <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th style={{ width: "22%" }}>{words.question}</Table.Th>
            {privacy.levels.map(({ level }) => (
              <Table.Th key={level} scope="col">
                {text.tracking.levels[level].name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {facts.map((fact) => (
            <Table.Tr key={fact.key}>
              <Table.Th scope="row" fw={500} style={{ verticalAlign: "top" }}>
                {fact.label}
              </Table.Th>
              {privacy.levels.map((level) => (
                <Table.Td key={level.level} style={{ verticalAlign: "top", overflowWrap: "anywhere" }}>
                  {asSentence(fact.of(level))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function LevelCard({ level, facts }: { level: PrivacyLevel; facts: readonly Fact[] }) {
  const meaning = text.tracking.levels[level.level];
  return (
    <Paper component="section" withBorder p="md" aria-label={meaning.name}>
      <Title order={2} size="h4">
        {meaning.name}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {meaning.short}
      </Text>
      <Stack component="dl" gap="xs" m={0}>
        {facts.map((fact) => (
          <div key={fact.key}>
            <Text component="dt" size="sm" fw={600}>
              {fact.label}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {asSentence(fact.of(level))}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  );
}

/** What each level of tracking stores, for how long, and who sees it: as the tracker that keeps it says. */
export function PrivacyPage() {
  const query = useQuery({ queryKey: ["privacy"], queryFn: async ({ signal }) => valueOf(await tracker.GET("/api/v1/privacy", { signal })) });
  const facts = query.data === undefined ? [] : factsOf(query.data);
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} role="status" aria-label={text.frame.loading} />}
      {query.data !== undefined && (
        <Stack gap="lg">
          <Comparison privacy={query.data} facts={facts} />
          <Stack gap="md" hiddenFrom="md">
            {query.data.levels.map((level) => (
              <LevelCard key={level.level} level={level} facts={facts} />
            ))}
          </Stack>
          <Box maw="72ch">
            {words.notes.map((note) => (
              <Text key={note} size="sm" mb="xs">
                {note}
              </Text>
            ))}
            <Text size="sm" c="dimmed">
              {words.rules(query.data.rules_version)}
            </Text>
          </Box>
        </Stack>
      )}
    </>
  );
}
