import { ActionIcon, Menu, Table, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { toProblem } from "@/api/problem";
import type { SavedReport } from "@/api/reports";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { asSentence, formatAgo, formatInstant } from "@/ui/format";

import { SaveDialog } from "./SaveDialog";
import classes from "./SavedRow.module.css";
import { SharingBadge } from "./SharingBadge";
import { changeReport, createReport, removeReport, useReportsChanged } from "./useSaved";

const words = text.reports.saved;

function RowActions({ report }: { report: SavedReport }) {
  const changed = useReportsChanged();
  const [dialog, setDialog] = useState<"rename" | "remove" | null>(null);
  const copying = useMutation({
    mutationFn: () => createReport({ title: words.copyOf(report.title), folder_id: report.folder_id, sharing: "private", query: report.query }),
    onSuccess: async () => {
      await changed();
      notifications.show({ message: words.copied });
    },
    onError: (error) => notifications.show({ color: "red", message: asSentence(toProblem(error).detail) }),
  });
  const removing = useMutation({
    mutationFn: () => removeReport(report.id),
    onSuccess: async () => {
      setDialog(null);
      await changed();
      notifications.show({ message: words.removed });
    },
  });
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={words.actions(report.title)} loading={copying.isPending}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} disabled={!report.may_edit} onClick={() => setDialog("rename")}>
            {words.rename}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copying.mutate()}>
            {words.copy}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item c="error" leftSection={<IconTrash size={16} aria-hidden />} disabled={!report.mine} onClick={() => setDialog("remove")}>
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "rename" && (
        <SaveDialog
          title={words.dialog.rename}
          initial={report}
          mayShare={report.mine}
          onClose={() => setDialog(null)}
          onSave={async ({ title, folder_id, sharing }) => {
            await changeReport(report.id, `"${report.revision}"`, { title, folder_id, ...(report.mine ? { sharing } : {}) });
            await changed();
          }}
        />
      )}
      <ConfirmDialog opened={dialog === "remove"} title={words.removeTitle} confirm={words.remove} danger busy={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onCancel={() => setDialog(null)}>
        {words.removeDetail(report.title)}
      </ConfirmDialog>
    </>
  );
}

/** A saved report in the list. */
export function SavedRow({ report, folder }: { report: SavedReport; folder: string | null }) {
  const type = text.reports.builder.types[report.type].name;
  return (
    <Table.Tr>
      <Table.Td className={classes.title}>
        <Link to="/reports/$reportId" params={{ reportId: report.id }} className={classes.link}>
          {report.title}
        </Link>
        <Text size="sm" c="dimmed">
          {folder === null ? type : `${type} · ${folder}`}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md">{report.mine ? words.mine : report.owner.name}</Table.Td>
      <Table.Td visibleFrom="sm">
        <SharingBadge sharing={report.sharing} />
      </Table.Td>
      <Table.Td visibleFrom="sm" ta="right" style={{ whiteSpace: "nowrap" }}>
        <time dateTime={report.updated_at} title={formatInstant(report.updated_at)}>
          {formatAgo(report.updated_at)}
        </time>
      </Table.Td>
      <Table.Td w={48} ta="right">
        <RowActions report={report} />
      </Table.Td>
    </Table.Tr>
  );
}
