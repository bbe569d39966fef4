import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconPin, IconReportAnalytics } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { toProblem } from "@/api/problem";
import type { ReportQuery } from "@/api/reports";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";

import { createReport, keepResult, useReportsChanged } from "./useSaved";

const words = text.reports;

/** From a plot on a page to a report of one's own: to change and save it, or to keep its numbers at once. */
export function KeepMenu({ query, title }: { query: ReportQuery; title: string }) {
  const navigate = useNavigate();
  const changed = useReportsChanged();
  const keeping = useMutation({
    mutationFn: async () => keepResult((await createReport({ title: title.slice(0, 200), folder_id: null, sharing: "private", query })).id),
    onSuccess: async (snapshot) => {
      await changed();
      notifications.show({ message: words.kept.kept });
      await navigate({ to: "/kept-results/$snapshotId", params: { snapshotId: snapshot.id } });
    },
    onError: (error) => notifications.show({ color: "red", message: asSentence(toProblem(error).detail) }),
  });
  return (
    <Menu position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconPin size={16} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />} loading={keeping.isPending}>
          {words.quick.more}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconReportAnalytics size={16} aria-hidden />} onClick={() => void navigate({ to: "/reports/new", search: { q: query } })}>
          {words.quick.saveAsReport}
        </Menu.Item>
        <Menu.Item leftSection={<IconPin size={16} aria-hidden />} onClick={() => keeping.mutate()}>
          {words.kept.keep}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
