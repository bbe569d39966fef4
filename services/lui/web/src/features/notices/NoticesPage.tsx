import { Alert, Badge, Group, Paper, SegmentedControl, Skeleton, Stack, Table, Text } from "@mantine/core";
import { IconMailFast } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { mailer, valueOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Notice, NoticeAddress } from "@/api/types";
import { SendingPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { asSentence, formatInstant } from "@/ui/format";
import { MorePages } from "@/ui/MorePages";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { isSent, OUTCOME_COLOURS, outcomeOf } from "./rules";

const words = text.notices;
const PAGE = 50;
const AGAIN = 10_000;
const CHOICES = ["all", "open", "failed"] as const;
type Choice = (typeof CHOICES)[number];

function Recipient({ recipient }: { recipient: NoticeAddress }) {
  const said = [recipient.reply_code, recipient.reply_text].filter((part) => part !== null && part !== "").join(" ");
  return (
    <li>
      {recipient.address}
      {!isSent(recipient) && (
        <Text span size="sm" c="dimmed">
          {` · ${words.states[recipient.state]}`}
          {said !== "" && ` · ${said}`}
          {recipient.next_attempt_at !== null && ` · ${words.next(formatInstant(recipient.next_attempt_at))}`}
        </Text>
      )}
    </li>
  );
}

function Row({ notice }: { notice: Notice }) {
  const outcome = outcomeOf(notice);
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <Text fw={600} size="sm">
          {notice.subject ?? words.notFetched}
        </Text>
        <Text size="sm" c="dimmed">
          {words.reasons[notice.reason] ?? asSentence(notice.reason.replaceAll("_", " "))} · <time dateTime={notice.created_at}>{formatInstant(notice.created_at)}</time>
        </Text>
        {notice.problem !== null && (
          <Text size="sm" c="error">
            {asSentence(notice.problem)}
          </Text>
        )}
        <Badge hiddenFrom="sm" color={OUTCOME_COLOURS[outcome]} mt={4}>
          {words.outcomes[outcome]}
        </Badge>
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <ul style={{ margin: 0, padding: 0, listStyle: "none" }}>
          {notice.addresses.map((recipient) => (
            <Recipient key={recipient.address} recipient={recipient} />
          ))}
        </ul>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Badge color={OUTCOME_COLOURS[outcome]}>{words.outcomes[outcome]}</Badge>
      </Table.Td>
    </Table.Tr>
  );
}

function useNotices(choice: Choice, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.notices, choice],
    enabled,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => valueOf(await mailer.GET("/api/v1/notices", { params: { query: { limit: PAGE, after: pageParam, ...(choice === "all" ? {} : { only: choice }) } }, signal })),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
    refetchInterval: AGAIN,
  });
}

function Notices({ notices, choice }: { notices: readonly Notice[]; choice: Choice }) {
  return (
    <Paper withBorder style={{ overflow: "hidden" }}>
      {notices.length === 0 ? (
        <EmptyState icon={<IconMailFast size={28} stroke={1.5} />} title={words.empty[choice]} detail={words.emptyDetail} />
      ) : (
        <Table verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.columns.notice}</Table.Th>
              <Table.Th>{words.columns.to}</Table.Th>
              <Table.Th visibleFrom="sm">{words.columns.outcome}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {notices.map((notice) => (
              <Row key={notice.id} notice={notice} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}

/** Mails to people who work with the installation, and what became of each. */
export function NoticesPage() {
  const may = useMay("administer_installation");
  const [choice, setChoice] = useState<Choice>("all");
  const found = useNotices(choice, may);
  if (!may) return <Alert color="gray">{words.mayNot}</Alert>;
  return (
    <>
      <SendingPages />
      <PageHeader title={words.title} detail={words.detail} />
      <Stack>
        <Group>
          <SegmentedControl aria-label={words.show} value={choice} onChange={setChoice} data={CHOICES.map((value) => ({ value, label: words.choices[value] }))} />
        </Group>
        {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
        {found.data && <Notices notices={found.data.pages.flatMap((page) => page.items)} choice={choice} />}
        <MorePages of={found} />
      </Stack>
    </>
  );
}
