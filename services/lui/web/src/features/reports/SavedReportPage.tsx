import { ActionIcon, Alert, Badge, Box, Button, Group, Menu, Skeleton, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArchive, IconArrowBackUp, IconChevronLeft, IconCopy, IconDeviceFloppy, IconDots, IconEye, IconPencil, IconPin, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import type { Versioned } from "@/api/client";
import { Problem, toProblem } from "@/api/problem";
import type { ReportQuery, SavedReport } from "@/api/reports";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { asSentence, formatAgo } from "@/ui/format";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { TextLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { MayNotSee } from "./MayNotSee";
import { isSameQuery, missingIn } from "./query";
import { QueryPage } from "./QueryPage";
import { ReportMails } from "./ReportMails";
import { SaveDialog } from "./SaveDialog";
import type { ReportSearch } from "./search";
import { SharingBadge } from "./SharingBadge";
import { changeReport, createReport, keepResult, type ReportDraft, removeReport, savedReportQuery, useReportsChanged } from "./useSaved";

const words = text.reports.saved;
const kept = text.reports.kept;
const failed = (error: unknown) => notifications.show({ color: "red", message: asSentence(toProblem(error).detail) });

type Dialog = "rename" | "copy" | "remove" | null;

interface MoreProps {
  report: SavedReport;
  onChoose: (dialog: Dialog) => void;
  extra?: ReactNode;
}

function MoreActions({ report, onChoose, extra }: MoreProps) {
  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={words.more}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} disabled={!report.may_edit} onClick={() => onChoose("rename")}>
          {words.rename}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => onChoose("copy")}>
          {words.saveAs}
        </Menu.Item>
        {extra}
        <Menu.Divider />
        <Menu.Item c="error" leftSection={<IconTrash size={16} aria-hidden />} disabled={!report.mine} onClick={() => onChoose("remove")}>
          {words.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Saves the query; a change that somebody else made meanwhile is not written over. */
function useSaving({ value: report, etag }: Versioned<SavedReport>, onSaved: () => void) {
  const client = useQueryClient();
  const changed = useReportsChanged();
  const [conflict, setConflict] = useState(false);
  const saving = useMutation({
    mutationFn: (query: ReportQuery) => changeReport(report.id, etag, { query }),
    onSuccess: async (saved) => {
      client.setQueryData(savedReportQuery(report.id).queryKey, saved);
      onSaved();
      notifications.show({ message: words.savedNow });
      await changed();
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 412) setConflict(true);
      else failed(error);
    },
  });
  return { save: saving.mutate, busy: saving.isPending, conflict, dismiss: () => setConflict(false) };
}

function Loaded({ versioned, search }: { versioned: Versioned<SavedReport>; search: ReportSearch }) {
  const { value: report, etag } = versioned;
  const navigate = useNavigate();
  const client = useQueryClient();
  const changed = useReportsChanged();
  const [dialog, setDialog] = useState<Dialog>(null);
  const go = (next: ReportSearch) => void navigate({ to: "/reports/$reportId", params: { reportId: report.id }, search: next, replace: true });
  const saving = useSaving(versioned, () => go({}));
  const keeping = useMutation({
    mutationFn: () => keepResult(report.id),
    onSuccess: async () => {
      notifications.show({ message: kept.kept });
      await changed();
    },
    onError: failed,
  });
  const removing = useMutation({
    mutationFn: () => removeReport(report.id, etag),
    onSuccess: async () => {
      await navigate({ to: "/reports", ignoreBlocker: true });
      await changed();
      notifications.show({ message: words.removed });
    },
  });
  const query = search.q ?? report.query;
  const isChanged = !isSameQuery(query, report.query);
  const reload = async () => {
    await client.refetchQueries({ queryKey: savedReportQuery(report.id).queryKey });
    saving.dismiss();
    go({});
  };
  const rename = async (draft: ReportDraft) => {
    client.setQueryData(savedReportQuery(report.id).queryKey, await changeReport(report.id, etag, { title: draft.title, folder_id: draft.folder_id, ...(report.mine ? { sharing: draft.sharing } : {}) }));
    await changed();
  };
  const copy = async (draft: ReportDraft, key: string) => {
    const made = await createReport({ ...draft, query }, key);
    await changed();
    notifications.show({ message: words.savedNow });
    await navigate({ to: "/reports/$reportId", params: { reportId: made.id }, ignoreBlocker: true });
  };
  return (
    <>
      <QueryPage
        title={report.title}
        base={report.query}
        search={search}
        onSearch={go}
        eyebrow={
          <TextLink to="/reports" size="sm" style={{ display: "inline-flex", alignItems: "center", gap: 2 }}>
            <IconChevronLeft size={14} aria-hidden />
            {words.title}
          </TextLink>
        }
        detail={
          <Group gap="xs" mt={4}>
            <SharingBadge sharing={report.sharing} />
            <Text size="sm" c="dimmed">
              {report.mine ? words.mine : report.owner.name} · {formatAgo(report.updated_at)}
            </Text>
            {isChanged && <Badge color="yellow">{text.frame.unsaved}</Badge>}
          </Group>
        }
        actions={(current) => (
          <Group gap="xs">
            {isChanged && (
              <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => go({})}>
                {words.discard}
              </Button>
            )}
            {isChanged && report.may_edit && (
              <Button leftSection={<IconDeviceFloppy size={16} aria-hidden />} disabled={missingIn(current) !== null} loading={saving.busy} onClick={() => saving.save(current)}>
                {words.save}
              </Button>
            )}
            {!isChanged && (
              <Button variant="default" leftSection={<IconPin size={16} aria-hidden />} loading={keeping.isPending} onClick={() => keeping.mutate()}>
                {kept.keep}
              </Button>
            )}
            <MoreActions
              report={report}
              onChoose={setDialog}
              extra={
                <Menu.Item leftSection={<IconArchive size={16} aria-hidden />} onClick={() => void navigate({ to: "/reports/$reportId/kept", params: { reportId: report.id } })}>
                  {kept.show}
                </Menu.Item>
              }
            />
          </Group>
        )}
        notice={!report.may_edit && isChanged && <Alert color="gray" mb="md" icon={<IconEye aria-hidden />} title={words.sharings.group} />}
      />
      <Box mt="lg">
        <ReportMails reportId={report.id} mayEdit={report.may_edit} />
      </Box>
      <LeaveGuard active={isChanged && dialog === null && !saving.busy} />
      <ConfirmDialog
        opened={saving.conflict}
        title={text.frame.conflict.title}
        confirm={text.frame.conflict.reload}
        cancel={text.frame.conflict.stay}
        onConfirm={() => void reload()}
        onCancel={saving.dismiss}
      >
        {text.frame.conflict.detail}
      </ConfirmDialog>
      {dialog === "rename" && <SaveDialog title={words.dialog.rename} initial={report} mayShare={report.mine} onSave={rename} onClose={() => setDialog(null)} />}
      {dialog === "copy" && (
        <SaveDialog title={words.dialog.saveAs} initial={{ title: words.copyOf(report.title), folder_id: report.folder_id, sharing: "private" }} mayShare onSave={copy} onClose={() => setDialog(null)} />
      )}
      <ConfirmDialog opened={dialog === "remove"} title={words.removeTitle} confirm={words.remove} danger busy={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onCancel={() => setDialog(null)}>
        {words.removeDetail(report.title)}
      </ConfirmDialog>
    </>
  );
}

/** A saved report with its result. What is changed lives in the address until it is saved. */
export function SavedReportPage({ reportId, search }: { reportId: string; search: ReportSearch }) {
  const may = useMay("see_reports");
  const found = useQuery({ ...savedReportQuery(reportId), enabled: may });
  if (!may) return <MayNotSee />;
  return (
    <>
      <ReportPages />
      {found.data === undefined ? (
        found.isError ? (
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton height={320} role="status" aria-label={text.frame.loading} />
        )
      ) : (
        <Loaded versioned={found.data} search={search} />
      )}
    </>
  );
}
