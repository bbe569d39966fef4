import { Paper, SimpleGrid, Stack, Text } from "@mantine/core";

import { text } from "@/text/en";
import { Section } from "@/ui/Section";

import { formatRateOf } from "./rules";

const words = text.statistics;

interface Props<K extends string> {
  names: Record<K, { name: string; detail: string }>;
  mean: Record<K, number | null>;
  pooled: Record<K, number | null>;
  counted: Record<K, number>;
}

/** Each rate twice: as the mean of the jobs and of all messages together, so that nobody takes one for the other. */
export function Rates<K extends string>({ names, mean, pooled, counted }: Props<K>) {
  return (
    <Section title={words.rates}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
        {(Object.keys(names) as K[]).map((rate) => (
          <Paper key={rate} withBorder p="md" role="group" aria-label={names[rate].name}>
            <Text fw={600}>{names[rate].name}</Text>
            <Text size="xs" c="dimmed" mih={36}>
              {names[rate].detail}
            </Text>
            <dl style={{ margin: "0.5rem 0 0", display: "grid", gridTemplateColumns: "1fr 1fr", gap: "0.5rem" }}>
              <div>
                <Text component="dt" size="xs" c="dimmed">
                  {words.mean}
                </Text>
                <Text component="dd" m={0} fz="1.375rem" fw={650} className="numbers">
                  {formatRateOf(mean[rate])}
                </Text>
                <Text size="xs" c="dimmed" component="dd" m={0}>
                  {words.over(counted[rate])}
                </Text>
              </div>
              <div>
                <Text component="dt" size="xs" c="dimmed">
                  {words.pooled}
                </Text>
                <Text component="dd" m={0} fz="1.375rem" fw={650} className="numbers">
                  {formatRateOf(pooled[rate])}
                </Text>
              </div>
            </dl>
          </Paper>
        ))}
      </SimpleGrid>
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {words.difference}
        </Text>
        <Text size="sm" c="dimmed" maw="80ch">
          <b>{words.mean}.</b> {words.meanDetail} <b>{words.pooled}.</b> {words.pooledDetail} {words.differenceDetail}
        </Text>
      </Stack>
    </Section>
  );
}
