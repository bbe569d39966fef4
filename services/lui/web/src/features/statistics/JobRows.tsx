import { Button, Group, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import type { StatisticsJob } from "@/api/statistics";
import { text } from "@/text/en";
import { formatNumber } from "@/ui/format";
import { ScrollBox } from "@/ui/ScrollBox";

import classes from "./JobRows.module.css";

const AT_ONCE = 100;

export interface Column<R> {
  key: string;
  name: string;
  detail?: string;
  show: (row: R) => ReactNode;
}

/** Statistics job by job; a job's name leads to its report. */
export function JobRows<R extends { job: StatisticsJob }>({ rows, columns }: { rows: readonly R[]; columns: readonly Column<R>[] }) {
  const [limit, setLimit] = useState(AT_ONCE);
  return (
    <>
      <ScrollBox label={text.statistics.caption} maxHeight={640}>
        <Table stickyHeader verticalSpacing={8}>
          <Table.Caption className="visually-hidden">{text.statistics.caption}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th miw={200}>{text.statistics.columns.job}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column.key} ta="right" title={column.detail}>
                  {column.name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, limit).map((row) => (
              <Table.Tr key={row.job.id}>
                <Table.Th scope="row" fw={400} className={classes.job}>
                  <Link to="/jobs/$jobId/report" params={{ jobId: row.job.id }} className={classes.link}>
                    {row.job.title}
                  </Link>
                  <Text size="xs" c="dimmed" className="numbers">
                    {row.job.system_id}
                  </Text>
                </Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column.key} ta="right" style={{ whiteSpace: "nowrap" }}>
                    {column.show(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
      {rows.length > limit && (
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => setLimit(limit + AT_ONCE)}>
            {text.frame.more}
          </Button>
          <Text size="sm" c="dimmed">
            {text.reports.result.showing(formatNumber(limit), formatNumber(rows.length))}
          </Text>
        </Group>
      )}
    </>
  );
}
