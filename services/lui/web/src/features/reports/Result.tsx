import { Alert, Anchor, Box, Breadcrumbs, Group, List, SegmentedControl, Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconChartBar, IconInfoCircle } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";

import type { ReportQuery, ReportResult } from "@/api/reports";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { asSentence, formatInstant } from "@/ui/format";

import { Legend } from "./Legend";
import { bucketLabel, type DrillStep, periodLabel, stepInto, stepLabel } from "./period";
import { isTable } from "./query";
import { More, OverTimeTable, RowsTable, SumTable } from "./ResultTable";
import type { LegendOrder } from "./series";
import { type Shown, shownOf, titleOf } from "./shown";

const words = text.reports.result;
const Plot = lazy(() => import("@/ui/Plot"));

type Drawing = "lines" | "bars";
const FEW = 12;

/** The way back up from an interval that was looked into. */
export function DrillPath({ query, steps, onSteps }: { query: ReportQuery; steps: readonly DrillStep[]; onSteps: (steps: DrillStep[]) => void }) {
  if (steps.length === 0) return null;
  return (
    <nav aria-label={words.path}>
      <Breadcrumbs separator="›" style={{ flexWrap: "wrap" }}>
        <Anchor component="button" type="button" size="sm" onClick={() => onSteps([])}>
          {periodLabel(query.period)}
        </Anchor>
        {steps.map((step, index) =>
          index === steps.length - 1 ? (
            <Text key={step.start} size="sm" fw={600} aria-current="step">
              {stepLabel(step)}
            </Text>
          ) : (
            <Anchor key={step.start} component="button" type="button" size="sm" onClick={() => onSteps(steps.slice(0, index + 1))}>
              {stepLabel(step)}
            </Anchor>
          ),
        )}
      </Breadcrumbs>
    </nav>
  );
}

function OverTimePlot({ result, shown, drawing, onOpen }: { result: ReportResult; shown: readonly Shown[]; drawing: Drawing; onOpen: ((start: string) => void) | undefined }) {
  const starts = shown[0]?.series.points.map(([start]) => start) ?? [];
  return (
    <Plot
      label={words.plotOf(text.reports.builder.types.over_time.name)}
      kind={drawing}
      categories={starts.map((start) => bucketLabel(start, result.query.interval, result.query.time_zone))}
      series={shown.map(({ name, look, series }) => ({ name, color: look.color, dash: look.dash, mark: look.mark, values: series.points.map(([, count]) => count) }))}
      onPick={
        onOpen === undefined
          ? undefined
          : (index) => {
              const start = starts[index];
              if (start !== undefined) onOpen(start);
            }
      }
    />
  );
}

function SumPlot({ shown }: { shown: readonly Shown[] }) {
  return (
    <Plot
      label={words.plotOf(text.reports.builder.types.sum.name)}
      kind="ranks"
      categories={shown.map(({ name }) => name)}
      series={[{ name: words.count, color: shown[0]?.look.color ?? "", values: shown.map(({ total }) => total) }]}
      colors={shown.map(({ look }) => look.color)}
    />
  );
}

interface Props {
  result: ReportResult;
  steps?: readonly DrillStep[];
  onSteps?: ((steps: DrillStep[]) => void) | undefined;
  actions?: ReactNode;
  /** Of a table: what brings more rows. */
  more?: { onMore: () => void; busy: boolean } | undefined;
}

function Series({ result, steps, onSteps, actions }: Props) {
  const sum = result.query.type === "sum";
  const [order, setOrder] = useState<LegendOrder>("given");
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [chosen, setChosen] = useState<Drawing | null>(null);
  const points = result.series[0]?.points.length ?? 0;
  const drawing = chosen ?? (points <= FEW && result.series.length < 4 ? "bars" : "lines");
  const all = shownOf(result, order, sum || drawing === "bars" ? "block" : "line");
  const shown = all.filter(({ key }) => !hidden.has(key));
  const { interval, time_zone: zone } = result.query;
  const onOpen =
    onSteps === undefined || sum || interval === "hour"
      ? undefined
      : (start: string) => {
          const step = stepInto(interval, start, zone);
          if (step !== null) onSteps([...(steps ?? []), step]);
        };
  const toggle = (key: number) => setHidden(hidden.has(key) ? new Set([...hidden].filter((other) => other !== key)) : new Set([...hidden, key]));
  const nothing = all.every(({ total }) => total === 0);
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        {sum ? (
          <span />
        ) : (
          <SegmentedControl
            size="xs"
            aria-label={words.drawAs}
            value={drawing}
            onChange={(value) => setChosen(value)}
            data={[
              { value: "lines", label: words.lines },
              { value: "bars", label: words.bars },
            ]}
          />
        )}
        <Group gap="xs">{actions}</Group>
      </Group>
      <Legend entries={all.map(({ key, name, total, look }) => ({ key, name, total, ...look }))} order={order} onOrder={setOrder} hidden={hidden} onToggle={toggle} />
      {nothing ? (
        <EmptyState icon={<IconChartBar size={28} stroke={1.5} />} title={words.nothing} detail={words.nothingDetail} />
      ) : shown.length === 0 ? (
        <Text c="dimmed" py="xl" ta="center">
          {words.allHidden}
        </Text>
      ) : (
        <>
          <Suspense fallback={<div style={{ height: 300 }} />}>
            {sum ? <SumPlot shown={shown} /> : <OverTimePlot result={result} shown={shown} drawing={drawing} onOpen={onOpen} />}
          </Suspense>
          {onOpen !== undefined && (
            <Text size="sm" c="dimmed">
              {words.drillHint}
            </Text>
          )}
          {sum ? <SumTable result={result} series={shown} /> : <OverTimeTable key={`${interval}${result.as_of}`} result={result} series={shown} onOpen={onOpen} />}
        </>
      )}
    </Stack>
  );
}

/** When it was counted, by which rules, and what a reader must know to trust it. */
export function Provenance({ result }: { result: ReportResult }) {
  const gone = result.jobs.filter((job) => job.deleted).map((job) => words.deletedJob(titleOf(job)));
  const notes = [...result.notes.map(asSentence), ...gone];
  return (
    <Stack gap="xs">
      {notes.length > 0 && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={words.notes}>
          <List size="sm" style={{ overflowWrap: "anywhere" }}>
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {[words.asOf(formatInstant(result.as_of)), result.rules_version === null ? null : words.rules(String(result.rules_version)), result.query.time_zone].filter((part) => part !== null).join(" · ")}
      </Text>
    </Stack>
  );
}

/** A result: the plot and the table with the same numbers, or the rows. */
export function Result(props: Props) {
  const { result, steps = [], onSteps, actions, more } = props;
  return (
    <Stack gap="md">
      {onSteps !== undefined && <DrillPath query={result.query} steps={steps} onSteps={onSteps} />}
      {isTable(result.query.type) ? (
        <>
          <Group justify="flex-end" gap="xs">
            {actions}
          </Group>
          <RowsTable
            table={result.table}
            timeZone={result.query.time_zone}
            more={more !== undefined && result.table?.next != null && <More shown={result.table.rows.length} onMore={more.onMore} busy={more.busy} />}
          />
        </>
      ) : (
        <Series {...props} />
      )}
      <Provenance result={result} />
    </Stack>
  );
}

export function ResultSkeleton() {
  return (
    <Box role="status" aria-label={text.frame.loading}>
      <VisuallyHidden>{words.loading}</VisuallyHidden>
      <Skeleton height={32} mb="md" />
      <Skeleton height={300} />
    </Box>
  );
}
