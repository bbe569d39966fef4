import { Table, Text } from "@mantine/core";

import type { Report } from "@/api/types";
import { text } from "@/text/en";
import { formatNumber } from "@/ui/format";
import { ButtonLink } from "@/ui/links";
import { Section } from "@/ui/Section";

const words = text.reports;

/** Reasons that the report itself shows; all are on the page of the bounces. */
const TOP = 3;

/** The main reasons why messages came back, and the way to all of them. */
export function Bounced({ jobId, report }: { jobId: string; report: Report }) {
  const reasons = Object.entries(report.bounces.by_class).filter(([, count]) => count > 0);
  const toAll = (
    <ButtonLink to="/jobs/$jobId/bounces" params={{ jobId }} variant="default">
      {words.allBounces}
    </ButtonLink>
  );
  return (
    <Section title={words.reasons} actions={toAll}>
      {reasons.length === 0 ? (
        <Text c="dimmed">{words.noBounces}</Text>
      ) : (
        <Table verticalSpacing="xs">
          <Table.Caption className="visually-hidden">{words.reasons}</Table.Caption>
          <Table.Tbody>
            {reasons
              .sort(([, a], [, b]) => b - a)
              .slice(0, TOP)
              .map(([reason, count]) => (
                <Table.Tr key={reason}>
                  <Table.Td>{text.bounces.classes[reason]?.name ?? reason.replaceAll("_", " ")}</Table.Td>
                  <Table.Td ta="right">{formatNumber(count)}</Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
