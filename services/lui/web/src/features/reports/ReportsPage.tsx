import { Button, Group, Paper, Skeleton, Stack, Table, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconFolderPlus, IconPlus, IconReportAnalytics, IconSearch } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import type { Folder, SavedReport } from "@/api/reports";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ButtonLink } from "@/ui/links";
import { MorePages } from "@/ui/MorePages";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { FolderDialog } from "./FolderDialog";
import { FolderList } from "./FolderList";
import { MayNotSee } from "./MayNotSee";
import classes from "./ReportsPage.module.css";
import { SavedRow } from "./SavedRow";
import type { ReportsSearch } from "./search";
import { removeFolder, useFolders, useReportsChanged, useSavedReports } from "./useSaved";

const words = text.reports.saved;

const NewReport = () => (
  <ButtonLink to="/reports/new" leftSection={<IconPlus size={16} aria-hidden />}>
    {words.create}
  </ButtonLink>
);

function SavedTable({ reports, folders }: { reports: readonly SavedReport[]; folders: ReadonlyMap<string, string> }) {
  return (
    <Paper withBorder style={{ overflow: "hidden" }}>
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
        <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.columns.report}</Table.Th>
            <Table.Th visibleFrom="md">{words.columns.owner}</Table.Th>
            <Table.Th visibleFrom="sm">{words.columns.sharing}</Table.Th>
            <Table.Th visibleFrom="sm" ta="right">
              {words.columns.changed}
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <SavedRow key={report.id} report={report} folder={report.folder_id === null ? null : (folders.get(report.folder_id) ?? null)} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function RemoveFolder({ folder, onClose }: { folder: Folder; onClose: () => void }) {
  const changed = useReportsChanged();
  const removing = useMutation({
    mutationFn: () => removeFolder(folder),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <ConfirmDialog opened title={words.removeFolderTitle} confirm={words.removeFolder} danger busy={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onCancel={onClose}>
      {words.removeFolderDetail(folder.name)}
    </ConfirmDialog>
  );
}

function Nothing({ search, folder }: ReportsSearch) {
  const said = search !== undefined ? words.nothingFound : folder !== undefined ? words.emptyFolder : words.empty;
  return (
    <Paper withBorder>
      <EmptyState
        icon={search === undefined ? <IconReportAnalytics size={28} stroke={1.5} /> : <IconSearch size={28} stroke={1.5} />}
        title={said.title}
        detail={said.detail}
        action={search === undefined && folder === undefined && <NewReport />}
      />
    </Paper>
  );
}

/** Saved reports in their folders. */
export function ReportsPage({ search: { folder, search } }: { search: ReportsSearch }) {
  const navigate = useNavigate();
  const may = useMay("see_reports");
  const [typed, setTyped] = useState(search ?? "");
  const [dialog, setDialog] = useState<{ folder: Folder | null } | null>(null);
  const [removing, setRemoving] = useState<Folder | null>(null);
  const folders = useFolders();
  const found = useSavedReports(folder, search);
  const go = (next: ReportsSearch) => void navigate({ to: "/reports", search: { ...(next.folder ? { folder: next.folder } : {}), ...(next.search ? { search: next.search } : {}) }, replace: true });
  const searchSoon = useDebouncedCallback((value: string) => go({ folder, search: value.trim() }), 250);
  if (!may) return <MayNotSee />;
  const reports = found.data?.pages.flatMap((page) => page.items) ?? [];
  const untouched = reports.length === 0 && folder === undefined && search === undefined && folders.data?.length === 0 && found.isSuccess;
  return (
    <>
      <ReportPages />
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={
          <Group gap="xs">
            <Button variant="default" leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => setDialog({ folder: null })}>
              {words.createFolder}
            </Button>
            {!untouched && <NewReport />}
          </Group>
        }
      />
      {untouched ? (
        <Nothing />
      ) : (
        <div className={classes.columns}>
          <FolderList folders={folders.data ?? []} chosen={folder} onChoose={(next) => go({ folder: next, search })} onRename={(chosen) => setDialog({ folder: chosen })} onRemove={setRemoving} />
          <Stack gap="md" style={{ minWidth: 0 }}>
            <TextInput
              type="search"
              aria-label={words.search}
              placeholder={words.searchPlaceholder}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={typed}
              maxLength={200}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                searchSoon(event.currentTarget.value);
              }}
              maw={420}
            />
            {found.isError && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
            {found.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
            {found.isSuccess && reports.length === 0 && <Nothing search={search} folder={folder} />}
            {reports.length > 0 && <SavedTable reports={reports} folders={new Map((folders.data ?? []).map(({ id, name }) => [id, name]))} />}
            <MorePages of={found} />
          </Stack>
        </div>
      )}
      {dialog !== null && <FolderDialog folder={dialog.folder} onClose={() => setDialog(null)} />}
      {removing !== null && (
        <RemoveFolder
          folder={removing}
          onClose={() => {
            setRemoving(null);
            if (folder === removing.id) go({ search });
          }}
        />
      )}
    </>
  );
}
