import { ActionIcon, Alert, Group, NumberInput, Paper, SegmentedControl, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { lui, valueOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Preview } from "@/api/types";
import { text } from "@/text/en";
import { formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";

import classes from "./PreviewPane.module.css";
import { sealed } from "./sealed";

const words = text.content.preview;
type View = "html" | "text" | "headers";

function RecipientChoice({ value, count, onChange }: { value: number; count: number; onChange: (ordinal: number) => void }) {
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon variant="default" size="input-xs" aria-label={words.previous} disabled={value <= 1} onClick={() => onChange(value - 1)}>
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <NumberInput
        size="xs"
        w={84}
        aria-label={words.recipient}
        min={1}
        max={count}
        clampBehavior="strict"
        hideControls
        allowDecimal={false}
        value={value}
        onChange={(next) => typeof next === "number" && next >= 1 && onChange(next)}
      />
      <Text size="sm" c="dimmed" className="numbers" style={{ whiteSpace: "nowrap" }}>
        {words.of(formatNumber(count))}
      </Text>
      <ActionIcon variant="default" size="input-xs" aria-label={words.next} disabled={value >= count} onClick={() => onChange(value + 1)}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

function HtmlView({ html }: { html: string }) {
  const [width, setWidth] = useState("wide");
  return (
    <Stack gap="xs">
      <div className={classes.stage}>
        {/* No permission at all: no script, no form, no way to the application around it. */}
        <iframe className={classes.frame} data-phone={width === "phone" || undefined} title={words.frame} sandbox="" srcDoc={sealed(html)} />
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {words.pictures}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={words.width}
          value={width}
          onChange={setWidth}
          data={[
            { value: "wide", label: <IconDeviceDesktop size={15} aria-label={words.wide} /> },
            { value: "phone", label: <IconDeviceMobile size={15} aria-label={words.phone} /> },
          ]}
        />
      </Group>
    </Stack>
  );
}

function Message({ message, view }: { message: Preview; view: View }) {
  if (view === "html") return message.html === null ? <Text c="dimmed">{words.noHtml}</Text> : <HtmlView html={message.html} />;
  if (view === "text") {
    return message.text === null ? (
      <Text c="dimmed">{words.noText}</Text>
    ) : (
      <pre className={classes.plain} tabIndex={0} aria-label={words.text}>
        {message.text}
      </pre>
    );
  }
  return (
    <Table layout="fixed" verticalSpacing={6}>
      <Table.Thead className="visually-hidden">
        <Table.Tr>
          <Table.Th>{words.header}</Table.Th>
          <Table.Th>{words.value}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {message.headers.map(([name, value], index) => (
          <Table.Tr key={`${name ?? ""}${index}`}>
            <Table.Th w="38%" style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>
              {name}
            </Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface Props {
  jobId: string;
  saved: boolean;
  dirty: boolean;
  recipientCount: number;
  /** Changes when what would be shown may have changed. */
  version: string | undefined;
}

/** The saved message, merged for one recipient. */
export function PreviewPane({ jobId, saved, dirty, recipientCount, version }: Props) {
  const [recipient, setRecipient] = useState(1);
  const [view, setView] = useState<View>("html");
  const query = useQuery({
    queryKey: [...keys.step(jobId, "content"), "preview", recipient, version],
    enabled: saved,
    staleTime: Infinity,
    queryFn: async ({ signal }) => valueOf(await lui.POST("/api/v1/jobs/{job_id}/preview", { params: { path: { job_id: jobId } }, body: { recipient }, signal })),
    placeholderData: (previous) => previous,
  });
  if (query.error instanceof Problem && query.error.status === 403) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label={words.title}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={3}>{words.title}</Title>
          {recipientCount > 0 && <RecipientChoice value={recipient} count={recipientCount} onChange={setRecipient} />}
        </Group>
        {!saved ? (
          <Text c="dimmed" py="xl" ta="center">
            {words.saveFirst}
          </Text>
        ) : (
          <>
            {dirty && (
              <Alert color="gray" p="xs">
                {words.outdated}
              </Alert>
            )}
            {recipientCount === 0 && (
              <Text size="sm" c="dimmed">
                {words.noRecipients}
              </Text>
            )}
            <SegmentedControl
              aria-label={words.view}
              value={view}
              onChange={(next) => setView(next)}
              data={[
                { value: "html", label: words.html },
                { value: "text", label: words.text },
                { value: "headers", label: words.headers },
              ]}
            />
            {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
            {query.isPending && <Skeleton height={240} />}
            {query.data && !query.isError && (
              <>
                <div>
                  <Text size="xs" c="dimmed">
                    {text.content.subject}
                  </Text>
                  <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                    {query.data.subject}
                  </Text>
                </div>
                <Message message={query.data} view={view} />
              </>
            )}
          </>
        )}
      </Stack>
    </Paper>
  );
}
