import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

import type { ReportResult, ReportTable } from "@/api/reports";
import { text } from "@/text/en";
import { formatInstantIn, formatNumber, shorten } from "@/ui/format";
import { ScrollBox } from "@/ui/ScrollBox";

import { bucketLabel } from "./period";
import { Swatch } from "./Swatch";
import type { Shown } from "./shown";

const words = text.reports.result;
const AT_ONCE = 200;
/** The whole name is in the title and in files. */
const LONGEST_HEAD = 40;

function Head({ shown }: { shown: Shown }) {
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      <Swatch {...shown.look} />
      <span style={{ overflowWrap: "anywhere" }} title={shown.name}>
        {shorten(shown.name, LONGEST_HEAD)}
      </span>
    </Group>
  );
}

interface OverTimeProps {
  result: ReportResult;
  series: readonly Shown[];
  onOpen: ((start: string) => void) | undefined;
}

/** Interval by interval; a row's name looks into it. */
export function OverTimeTable({ result, series, onOpen }: OverTimeProps) {
  const [limit, setLimit] = useState(AT_ONCE);
  const starts = series[0]?.series.points.map(([start]) => start) ?? [];
  const label = (start: string): string => bucketLabel(start, result.query.interval, result.query.time_zone);
  return (
    <>
      <ScrollBox label={words.tableOf} maxHeight={380}>
        <Table stickyHeader verticalSpacing={6}>
          <Table.Caption className="visually-hidden">{words.tableOf}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th miw={130}>{words.start}</Table.Th>
              {series.map((shown) => (
                <Table.Th key={shown.key} ta="right" miw={shown.name.length > LONGEST_HEAD ? 190 : 110} maw={260}>
                  <Head shown={shown} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {starts.slice(0, limit).map((start, row) => (
              <Table.Tr key={start}>
                <Table.Th scope="row" fw={400}>
                  {onOpen === undefined ? (
                    label(start)
                  ) : (
                    <Anchor component="button" type="button" size="sm" aria-label={words.open(label(start))} onClick={() => onOpen(start)}>
                      {label(start)}
                    </Anchor>
                  )}
                </Table.Th>
                {series.map((shown) => (
                  <Table.Td key={shown.key} ta="right">
                    {formatNumber(shown.series.points[row]?.[1] ?? 0)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{words.total}</Table.Th>
              {series.map((shown) => (
                <Table.Th key={shown.key} ta="right">
                  {formatNumber(shown.total)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </ScrollBox>
      {starts.length > limit && <More shown={limit} all={starts.length} onMore={() => setLimit(limit + AT_ONCE)} />}
    </>
  );
}

export function More({ shown, all, onMore, busy }: { shown: number; all?: number; onMore: () => void; busy?: boolean }) {
  return (
    <Group gap="sm">
      <Button variant="default" size="xs" onClick={onMore} loading={busy ?? false}>
        {text.frame.more}
      </Button>
      {all !== undefined && (
        <Text size="sm" c="dimmed" className="numbers">
          {words.showing(formatNumber(shown), formatNumber(all))}
        </Text>
      )}
    </Group>
  );
}

/** What tells rows of a sum apart; its other columns are numbers. */
const NAMES = new Set(["source", "link"]);

/** Each source's own sums, and below them those of its links that were followed; in the order of the legend, without what is hidden there. */
export function SumTable({ result: { table }, series }: { result: ReportResult; series: readonly Shown[] }) {
  if (table === null) return null;
  const numbers = table.columns.map((column, at) => ({ ...column, at })).filter(({ key }) => !NAMES.has(key));
  const linkAt = table.columns.findIndex(({ key }) => key === "link");
  const linkOf = (row: ReportTable["rows"][number]): string | null => (linkAt < 0 || row[linkAt] === null ? null : String(row[linkAt]));
  const rowsOf = (name: string) => {
    const own = table.rows.filter(([source]) => source === name);
    const links = own.filter((row) => linkOf(row) !== null);
    return own.filter((row) => linkOf(row) === null || (links.length > 1 && numbers.some(({ at }) => row[at] !== 0)));
  };
  return (
    <ScrollBox label={words.tableOf} maxHeight={560}>
      <Table stickyHeader verticalSpacing={6}>
        <Table.Caption className="visually-hidden">{words.tableOf}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th miw={150}>{words.source}</Table.Th>
            {numbers.map(({ key, title }) => (
              <Table.Th key={key} ta="right">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {series.flatMap((shown) =>
            rowsOf(shown.name).map((row) => {
              const link = linkOf(row);
              return (
                <Table.Tr key={`${shown.key} ${link ?? ""}`}>
                  <Table.Th scope="row" fw={link === null ? 600 : 400} pl={link === null ? undefined : "xl"}>
                    <Group gap="xs" wrap="nowrap">
                      {link === null && <Swatch {...shown.look} shape="block" />}
                      <span style={{ overflowWrap: "anywhere", minWidth: 0 }}>{link ?? shown.name}</span>
                    </Group>
                  </Table.Th>
                  {numbers.map(({ key, at, kind }) => (
                    <Table.Td key={key} ta="right" fw={link === null ? 600 : undefined}>
                      {cellText(row[at] ?? null, kind, "UTC")}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            }),
          )}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

interface RowsProps {
  table: ReportTable | null;
  timeZone: string;
  more: ReactNode;
}

type Kind = ReportTable["columns"][number]["kind"];

function cellText(cell: string | number | null, kind: Kind, timeZone: string): string {
  if (cell === null || cell === "") return "–";
  if (typeof cell === "number") return formatNumber(cell);
  return kind === "instant" ? formatInstantIn(cell, timeZone) : cell;
}

/** Room for what is long; the rest gets what is left. */
const ROOM: Record<string, number> = { program: 300, address: 220, link: 220, source: 140 };
const roomFor = (key: string): number => ROOM[key] ?? 110;

/** Recipients or events, row by row, as the server gives them. */
export function RowsTable({ table, timeZone, more }: RowsProps) {
  if (table === null || table.rows.length === 0) return <Text c="dimmed">{words.noRows}</Text>;
  return (
    <>
      <ScrollBox label={words.tableOf} maxHeight={640}>
        <Table stickyHeader verticalSpacing={6}>
          <Table.Caption className="visually-hidden">{words.title}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {table.columns.map((column) => (
                <Table.Th key={column.key} ta={column.kind === "count" ? "right" : undefined} miw={roomFor(column.key)}>
                  {column.title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rows.map((row, number) => (
              // Rows have no name of their own; more of them only ever come at the end.
              <Table.Tr key={number}>
                {table.columns.map(({ key, kind }, column) => (
                  <Table.Td key={key} ta={kind === "count" ? "right" : undefined} maw={360} style={kind === "text" ? { overflowWrap: "anywhere" } : { whiteSpace: "nowrap" }}>
                    {cellText(row[column] ?? null, kind, timeZone)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
      {more}
    </>
  );
}
