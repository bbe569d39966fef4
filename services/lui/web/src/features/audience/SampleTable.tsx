import { Table, Text } from "@mantine/core";

import { text } from "@/text/en";

/** Rows as they are read, with the columns' names above. */
export function SampleTable({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] }) {
  const words = text.audience.parse;
  if (rows.length === 0) return <Text c="dimmed">{words.noRows}</Text>;
  return (
    <Table.ScrollContainer minWidth={Math.min(columns.length * 130, 900)} scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": words.sample, role: "region" } }}>
      <Table withTableBorder withColumnBorders verticalSpacing={6} style={{ whiteSpace: "nowrap" }}>
        <Table.Caption className="visually-hidden">{words.sample}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, index) => (
              <Table.Th key={`${column}${index}`}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, number) => (
            <Table.Tr key={number}>
              {row.map((value, index) => (
                <Table.Td key={index} style={{ maxWidth: "20rem", overflow: "hidden", textOverflow: "ellipsis" }}>
                  {value}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
