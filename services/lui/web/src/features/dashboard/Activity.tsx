import { Button, Collapse, Stack, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { lazy, Suspense } from "react";

import type { Dashboard } from "@/api/statistics";
import { Swatch } from "@/features/reports";
import { text } from "@/text/en";
import { formatNumber } from "@/ui/format";
import { ScrollBox } from "@/ui/ScrollBox";

import classes from "./Dashboard.module.css";
import { dayLabel, isQuiet } from "./rules";

const words = text.dashboard;
const Plot = lazy(() => import("@/ui/Plot"));
type Points = Dashboard["activity"]["points"];

const SERIES = [
  { key: "sent", name: words.sent, color: "#7d8288", dash: [7, 4], mark: "rect" },
  { key: "opens", name: words.opens, color: "#1d8f93", dash: [], mark: "circle" },
  { key: "clicks", name: words.clicks, color: "#d2691e", dash: [2, 3], mark: "triangle" },
] as const;

function Numbers({ points }: { points: Points }) {
  return (
    <ScrollBox label={words.activity} maxHeight={320}>
      <Table stickyHeader verticalSpacing={6}>
        <Table.Caption className="visually-hidden">{words.activity}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.day}</Table.Th>
            {SERIES.map(({ key, name }) => (
              <Table.Th key={key} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.toReversed().map((point) => (
            <Table.Tr key={point.day}>
              <Table.Th scope="row" fw={400}>
                {dayLabel(point.day)}
              </Table.Th>
              {SERIES.map(({ key }) => (
                <Table.Td key={key} ta="right">
                  {point[key] === null ? "–" : formatNumber(point[key])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

/** Thirty days of sending and of what came back. */
export function Activity({ activity }: { activity: Dashboard["activity"] }) {
  const [opened, { toggle }] = useDisclosure(false);
  const { points } = activity;
  if (isQuiet(points)) return <Text c="dimmed">{words.quiet}</Text>;
  const shown = SERIES.filter(({ key }) => points.some((point) => point[key] !== null));
  return (
    <Stack gap="xs">
      <ul className={classes.legend}>
        {shown.map(({ key, name, ...look }) => (
          <li key={key}>
            <Swatch {...look} shape="line" />
            {name}
          </li>
        ))}
      </ul>
      <Suspense fallback={<div style={{ height: 260 }} />}>
        <Plot label={words.activityPlot} kind="lines" height={260} categories={points.map(({ day }) => dayLabel(day))} series={shown.map(({ key, ...look }) => ({ ...look, values: points.map((point) => point[key] ?? 0) }))} />
      </Suspense>
      <div>
        <Button variant="subtle" size="compact-sm" aria-expanded={opened} onClick={toggle} rightSection={<IconChevronDown size={14} aria-hidden style={{ transform: opened ? "rotate(180deg)" : undefined }} />}>
          {words.showTable}
        </Button>
      </div>
      <Collapse expanded={opened}>{opened && <Numbers points={points} />}</Collapse>
    </Stack>
  );
}
