import { ActionIcon, Alert, Badge, Button, Divider, Group, Menu, Skeleton, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconMailPlus, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Fragment, useState } from "react";

import { toProblem } from "@/api/problem";
import type { ReportMail } from "@/api/reports";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { asSentence, formatAgo, formatInstant } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { ReportMailDialog } from "./ReportMailDialog";
import { changeReportMail, removeReportMail, sendReportMailNow, useReportMails, useReportMailsChanged } from "./useReportMails";

const words = text.reportMails;
const failed = (error: unknown) => notifications.show({ color: "red", message: asSentence(toProblem(error).detail) });

function Last({ mail }: { mail: ReportMail }) {
  if (mail.is_asked_for) return <Text size="sm">{words.sending}</Text>;
  if (mail.last === null) return null;
  const went = mail.last.state;
  return (
    <>
      <Text size="sm" c={went === "sent" || went === "sending" ? "dimmed" : "error"}>
        {words.lastAt(words.last[went], formatAgo(mail.last.at))}
      </Text>
      {mail.last.problem !== null && (
        <Text size="sm" c="dimmed">
          {asSentence(mail.last.problem)}
        </Text>
      )}
    </>
  );
}

interface RowProps {
  mail: ReportMail;
  onChange: () => void;
  onRemove: () => void;
}

function Row({ mail, onChange, onRemove }: RowProps) {
  const changed = useReportMailsChanged(mail.report_id);
  const acting = useMutation({
    mutationFn: (act: () => Promise<ReportMail>) => act(),
    onSuccess: changed,
    onError: failed,
  });
  const isPaused = mail.state === "paused";
  const turn = () => acting.mutate(() => changeReportMail(mail, { state: isPaused ? "active" : "paused" }));
  const send = () =>
    acting.mutate(async () => {
      const sent = await sendReportMailNow(mail);
      notifications.show({ message: words.asked });
      return sent;
    });
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={2} style={{ minWidth: 0, flex: "1 1 16rem" }}>
        <Group gap="xs">
          <Text fw={600}>{words.when(mail)}</Text>
          {isPaused && <Badge color="yellow">{words.paused}</Badge>}
        </Group>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {words.to(mail.addresses)}
        </Text>
        {mail.next_at !== null && (
          <Text size="sm" c="dimmed">
            {words.next(formatInstant(mail.next_at))}
          </Text>
        )}
        <Last mail={mail} />
        {mail.paused_because !== null && (
          <Alert color="yellow" mt="xs" p="xs">
            {mail.paused_because}
          </Alert>
        )}
      </Stack>
      {mail.may_edit && (
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" size="xs" leftSection={<IconSend size={14} aria-hidden />} loading={acting.isPending} disabled={mail.is_asked_for} onClick={send}>
            {words.sendNow}
          </Button>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon variant="default" size={30} aria-label={words.more}>
                <IconDots size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onChange}>
                {words.change}
              </Menu.Item>
              <Menu.Item leftSection={isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />} onClick={turn}>
                {isPaused ? words.resume : words.pause}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item c="error" leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
                {words.remove}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
    </Group>
  );
}

/** To whom a saved report is mailed, when, and how it went last. */
export function ReportMails({ reportId, mayEdit }: { reportId: string; mayEdit: boolean }) {
  const mails = useReportMails(reportId);
  const changed = useReportMailsChanged(reportId);
  const [edited, setEdited] = useState<ReportMail | "new" | null>(null);
  const [removed, setRemoved] = useState<ReportMail | null>(null);
  const removing = useMutation({
    mutationFn: removeReportMail,
    onSuccess: async () => {
      setRemoved(null);
      await changed();
    },
  });
  const add = (
    <Button variant="default" leftSection={<IconMailPlus size={16} aria-hidden />} onClick={() => setEdited("new")}>
      {words.add}
    </Button>
  );
  return (
    <Section title={words.title} detail={words.detail} actions={mayEdit && add}>
      {mails.isError && <ProblemAlert error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.isPending && <Skeleton height={48} role="status" aria-label={text.frame.loading} />}
      {mails.data?.length === 0 && <Text c="dimmed">{words.none}</Text>}
      {mails.data?.map((mail, at) => (
        <Fragment key={mail.id}>
          {at > 0 && <Divider />}
          <Row mail={mail} onChange={() => setEdited(mail)} onRemove={() => setRemoved(mail)} />
        </Fragment>
      ))}
      {edited !== null && <ReportMailDialog reportId={reportId} mail={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      <ConfirmDialog
        opened={removed !== null}
        title={words.removeTitle}
        confirm={words.remove}
        danger
        busy={removing.isPending}
        error={removing.error}
        onConfirm={() => removed && removing.mutate(removed)}
        onCancel={() => setRemoved(null)}
      >
        {words.removeDetail}
      </ConfirmDialog>
    </Section>
  );
}
