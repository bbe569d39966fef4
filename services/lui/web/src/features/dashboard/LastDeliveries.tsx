import { Badge, type MantineColor, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import type { Dashboard } from "@/api/statistics";
import { text } from "@/text/en";
import { formatAgo, formatInstant, formatNumber, formatShare } from "@/ui/format";

import classes from "./Dashboard.module.css";

const words = text.dashboard;
type Last = Dashboard["last_deliveries"][number];

const COLOURS: Record<Last["state"], MantineColor> = { preparing: "blue", running: "petrol", paused: "yellow", finished: "green", failed: "red", cancelled: "gray" };

/** What came of it in three numbers: people where the level knows them, else events. */
function numbersOf({ numbers }: Last): [string, string, string][] {
  if (numbers === null) return [];
  const share = (part: number | null) => (part === null ? "" : formatShare(part, numbers.unbounced));
  return [
    numbers.opened === null ? [words.opens, formatNumber(numbers.opens), ""] : [words.opened, formatNumber(numbers.opened), share(numbers.opened)],
    numbers.clicked === null ? [words.clicks, formatNumber(numbers.clicks), ""] : [words.clicked, formatNumber(numbers.clicked), share(numbers.clicked)],
    [words.bounced, formatNumber(numbers.bounced), ""],
  ];
}

function Card({ last }: { last: Last }) {
  const numbers = numbersOf(last);
  return (
    <Paper withBorder p="md" component="article" className={classes.card}>
      <Stack gap="xs" h="100%">
        <div>
          <Badge color={COLOURS[last.state]}>{text.deliveries.states[last.state]}</Badge>
        </div>
        <Link to="/jobs/$jobId/report" params={{ jobId: last.job.id }} className={classes.title}>
          {last.job.title}
        </Link>
        <Text size="sm" c="dimmed" className="numbers">
          <time dateTime={last.started_at} title={formatInstant(last.started_at)}>
            {formatAgo(last.started_at)}
          </time>
          {" · "}
          {words.recipients(formatNumber(last.recipients))}
        </Text>
        {numbers.length > 0 && (
          <dl className={classes.numbers}>
            {numbers.map(([name, value, share]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {value}
                  {share !== "" && <span className={classes.share}>{share}</span>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Stack>
    </Paper>
  );
}

/** The last four deliveries and what came of each. */
export function LastDeliveries({ deliveries }: { deliveries: readonly Last[] }) {
  if (deliveries.length === 0) return <Text c="dimmed">{words.noneSent}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
      {deliveries.map((last) => (
        <Card key={last.delivery_id} last={last} />
      ))}
    </SimpleGrid>
  );
}
