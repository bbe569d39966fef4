import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDeviceFloppy } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import type { ReportQuery } from "@/api/reports";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { LeaveGuard } from "@/ui/LeaveGuard";

import { isSameQuery, missingIn, newQuery } from "./query";
import { QueryPage } from "./QueryPage";
import { SaveDialog } from "./SaveDialog";
import type { ReportSearch } from "./search";
import { createReport, useReportsChanged } from "./useSaved";
import { MayNotSee } from "./MayNotSee";

const words = text.reports.saved;

/** A question that is not saved yet. It lives in the address, so that it can be sent to somebody or come back to. */
export function NewReportPage({ search }: { search: ReportSearch }) {
  const navigate = useNavigate();
  const changed = useReportsChanged();
  const may = useMay("see_reports");
  const [empty] = useState(() => newQuery(Intl.DateTimeFormat().resolvedOptions().timeZone));
  const [opened] = useState(() => search.q ?? empty);
  const [saving, setSaving] = useState<ReportQuery | null>(null);
  if (!may) return <MayNotSee />;
  const query = search.q ?? empty;
  return (
    <>
      <ReportPages />
      <QueryPage
        title={words.newTitle}
        base={empty}
        search={search}
        onSearch={(next) => void navigate({ to: "/reports/new", search: next, replace: true })}
        actions={(current) => (
          <Button leftSection={<IconDeviceFloppy size={16} aria-hidden />} disabled={missingIn(current) !== null} onClick={() => setSaving(current)}>
            {words.dialog.save}
          </Button>
        )}
      />
      <LeaveGuard active={saving === null && !isSameQuery(query, opened)} />
      {saving !== null && (
        <SaveDialog
          title={words.dialog.save}
          initial={{ title: "", folder_id: null, sharing: "private" }}
          mayShare
          onClose={() => setSaving(null)}
          onSave={async (draft, key) => {
            const saved = await createReport({ ...draft, query: saving }, key);
            await changed();
            notifications.show({ message: words.savedNow });
            await navigate({ to: "/reports/$reportId", params: { reportId: saved.id }, ignoreBlocker: true });
          }}
        />
      )}
    </>
  );
}
