import { Button, Group, MultiSelect, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ifMatch, lui, type Versioned, valueOf, versionOf } from "@/api/client";
import type { Recipients, RecipientsChoice, Upload } from "@/api/types";
import { SaveBar, useCurrentJob, useSave } from "@/features/jobs";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { formatBytes, formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { ParseSection } from "./ParseSection";
import { ResultSection } from "./ResultSection";
import { bodyOf, errorsOf, fitColumns, formOf, newForm, type ParseSettings, sameSettings, settingsOf } from "./rules";

const words = text.audience;

/** The file as it is read with these settings. */
function useReading({ uploadId, settings, fresh, enabled }: { uploadId: string; settings: ParseSettings; fresh: Upload | null; enabled: boolean }) {
  const asDetected = fresh !== null && sameSettings(settings, settingsOf(fresh));
  return useQuery({
    queryKey: ["uploads", uploadId, settings],
    queryFn: async ({ signal }): Promise<Upload> => valueOf(await lui.GET("/api/v1/uploads/{upload_id}", { params: { path: { upload_id: uploadId }, query: settings }, signal })),
    ...(asDetected ? { initialData: fresh, staleTime: Infinity } : {}),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export interface Given {
  saved: Versioned<Recipients> | null;
  /** A file that was just uploaded; none shows what is saved. */
  fresh: Upload | null;
}

interface Props {
  given: Given;
  onReplace: () => void;
  onSaved: () => void;
  onReloaded: () => void;
}

/** How a file becomes an audience. */
export function RecipientsForm({ given: { saved, fresh }, onReplace, onSaved, onReloaded }: Props) {
  const { job, editable } = useCurrentJob();
  const [unseen] = useState(job.steps.recipients.etag);
  const source = saved?.value.source.type === "upload" ? saved.value.source : undefined;
  const uploadId = fresh?.id ?? source?.upload_id ?? "";
  const [initial] = useState<ParseSettings>(() => settingsOf(fresh ?? source ?? { encoding: "utf-8", separator: ",", quote: '"', header: true }));
  const [settings, setSettings] = useState(initial);
  const reading = useReading({ uploadId, settings, fresh, enabled: editable });
  const form = useForm({
    initialValues: fresh ? newForm(fresh) : saved ? formOf(saved.value) : { addressColumn: "", nameColumn: "", usage: "merge" as const, duplicatesBy: "address" as const, duplicateColumns: [] },
  });
  // A file that was forgotten after its audience was made can be looked at no more; its first rows were kept.
  const kept = saved && !fresh && sameSettings(settings, initial) ? saved.value : undefined;
  const shown = reading.data ?? kept;
  const values = shown ? fitColumns(form.values, shown) : form.values;
  const columns = [...new Set(shown?.columns ?? [])];
  const dirty = fresh !== null || form.isDirty() || !sameSettings(settings, initial);
  const saving = useSave<RecipientsChoice>({
    step: "recipients",
    send: async (body) => versionOf(await lui.PUT("/api/v1/jobs/{job_id}/recipients", { params: { path: { job_id: job.id } }, body, headers: ifMatch(saved?.etag ?? unseen) })),
    onSaved,
    onFailed: (problem) => form.setErrors(errorsOf(problem).atFields),
  });
  const failure = saving.error ? errorsOf(saving.error) : null;
  const submit = (andContinue: boolean) => {
    form.clearErrors();
    if (values.addressColumn === "") form.setFieldError("addressColumn", words.columns.needAddress);
    else if (values.duplicatesBy === "columns" && values.duplicateColumns.length === 0) form.setFieldError("duplicateColumns", words.duplicates.needColumns);
    else saving.save(bodyOf(uploadId, settings, values), { andContinue });
  };
  const readOnly = !editable;
  const name = fresh?.file_name ?? source?.file_name ?? "";
  const columnCount = formatNumber(shown?.columns.length ?? 0);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <Stack gap="lg">
        {saving.error && failure && (failure.others.length > 0 || Object.keys(failure.atFields).length === 0) && (
          <ProblemAlert error={saving.error} {...(failure.others.length > 0 ? { others: failure.others } : {})} />
        )}
        {saved && !fresh && <ResultSection jobId={job.id} recipients={saved.value} />}
        <Section
          title={words.file.title}
          actions={
            editable && (
              <Button variant="default" size="xs" onClick={onReplace}>
                {words.upload.replace}
              </Button>
            )
          }
        >
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {name}
            </Text>
            {reading.data && (
              <Text c="dimmed" className="numbers">
                {words.file.summary(formatNumber(reading.data.rows), columnCount, formatBytes(reading.data.size))}
              </Text>
            )}
          </Group>
        </Section>
        <ParseSection
          settings={settings}
          shown={shown}
          problems={reading.data?.problems ?? []}
          warnings={reading.data?.warnings ?? []}
          error={kept ? null : reading.error}
          readOnly={readOnly}
          onChange={setSettings}
        />
        <Section title={words.columns.title}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={words.columns.address}
              description={words.columns.addressHelp}
              data={columns}
              value={values.addressColumn || null}
              onChange={(column) => form.setFieldValue("addressColumn", column ?? "")}
              error={form.errors.addressColumn}
              allowDeselect={false}
              readOnly={readOnly}
              searchable
            />
            <Select
              label={words.columns.name}
              description={words.columns.nameHelp}
              placeholder={words.columns.noName}
              data={columns}
              value={values.nameColumn || null}
              onChange={(column) => form.setFieldValue("nameColumn", column ?? "")}
              error={form.errors.nameColumn}
              clearable
              readOnly={readOnly}
              searchable
            />
          </SimpleGrid>
        </Section>
        <Section title={words.usage.title}>
          <ChoiceCards
            label={words.usage.title}
            value={values.usage}
            readOnly={readOnly}
            onChange={(usage) => form.setFieldValue("usage", usage)}
            error={form.errors.usage}
            choices={[
              { value: "merge", label: words.usage.merge, detail: words.usage.mergeHelp },
              { value: "bulk", label: words.usage.bulk, detail: words.usage.bulkHelp },
            ]}
          />
        </Section>
        <Section title={words.duplicates.title} detail={words.duplicates.detail}>
          <ChoiceCards
            label={words.duplicates.title}
            value={values.duplicatesBy}
            readOnly={readOnly}
            onChange={(by) => form.setFieldValue("duplicatesBy", by)}
            choices={[
              { value: "address", label: words.duplicates.address, detail: words.duplicates.addressHelp },
              { value: "columns", label: words.duplicates.columns, detail: words.duplicates.columnsHelp, more: <MultiSelect
              label={words.duplicates.which}
              data={columns}
              value={values.duplicateColumns}
              onChange={(columns) => form.setFieldValue("duplicateColumns", columns)}
              error={form.errors.duplicateColumns}
              readOnly={readOnly}
            /> },
              { value: "none", label: words.duplicates.none, detail: words.duplicates.noneHelp },
            ]}
          />
        </Section>
        <SaveBar dirty={dirty} busy={saving.busy} conflict={saving.conflict} onDismissConflict={saving.dismissConflict} onReloaded={onReloaded} onSaveAndContinue={() => submit(true)} />
      </Stack>
    </form>
  );
}
