import { Alert, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo, useState } from "react";

import { ifMatch, lui, type Versioned, versionOf } from "@/api/client";
import { splitFields } from "@/api/problem";
import type { Schedule, ScheduleChoice } from "@/api/types";
import { StepForm, StepPage, useCurrentJob, useSave, useStep, WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { formatInstant } from "@/ui/format";
import { Section } from "@/ui/Section";

import { bodyOf, formOf, instantOf, ownZone, type ScheduleForm as Values, timeZones } from "./rules";

const words = text.scheduling;
const IN_DOUBT = ["resend", "skip", "ask"] as const;

function ScheduleForm({ given, onReloaded }: { given: Versioned<Schedule> | null; onReloaded: () => void }) {
  const { job, editable } = useCurrentJob();
  const [unseen] = useState(job.steps.schedule.etag);
  const zones = useMemo(() => timeZones(), []);
  const form = useForm<Values>({
    initialValues: formOf(given?.value ?? null),
    validate: {
      date: (value, { mode }) => (mode === "at" && value === "" ? words.needDate : null),
      time: (value, { mode }) => (mode === "at" && value === "" ? words.needTime : null),
      zone: (value, { mode }) => (mode === "at" && value === "" ? words.needZone : null),
    },
  });
  const { mode, date, time, zone } = form.values;
  const saving = useSave<ScheduleChoice>({
    step: "schedule",
    send: async (body) => versionOf(await lui.PUT("/api/v1/jobs/{job_id}/schedule", { params: { path: { job_id: job.id } }, body, headers: ifMatch(given?.etag ?? unseen) })),
    onSaved: () => form.resetDirty(),
    onFailed: (problem) => {
      const { at, time_zone: timeZone, mode: wrongMode, in_doubt: inDoubt } = splitFields(problem, ["at", "time_zone", "mode", "in_doubt"]).byField;
      form.setErrors({ ...(at === undefined ? {} : { time: at }), ...(timeZone === undefined ? {} : { zone: timeZone }), ...(wrongMode === undefined ? {} : { mode: wrongMode, in_doubt: inDoubt }) });
    },
  });
  const instant = mode === "at" && zone !== ownZone() ? instantOf(date, time, zone) : null;
  return (
    <StepForm form={form} saving={saving} bodyOf={bodyOf} onReloaded={onReloaded}>
      {given?.value.note && <Alert color="yellow">{given.value.note}</Alert>}
      <Section title={words.mode}>
        <ChoiceCards
          label={words.mode}
          value={mode}
          readOnly={!editable}
          onChange={(next) => form.setFieldValue("mode", next)}
          error={form.errors.mode}
          choices={[
            { value: "immediate", label: words.immediate, detail: words.immediateHelp },
            {
              value: "at",
              label: words.at,
              detail: words.atHelp,
              more: (
                <Stack gap="xs">
                  <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
                    <TextInput type="date" label={words.date} readOnly={!editable} {...form.getInputProps("date")} />
                    <TextInput type="time" label={words.time} readOnly={!editable} {...form.getInputProps("time")} />
                    <Select label={words.zone} data={zones} searchable nothingFoundMessage={words.noZone} readOnly={!editable} allowDeselect={false} limit={200} {...form.getInputProps("zone")} />
                  </SimpleGrid>
                  <Text size="sm" c="dimmed">
                    {instant === null ? words.zoneHelp : words.inYourZone(formatInstant(instant.toISOString()))}
                  </Text>
                </Stack>
              ),
            },
            { value: "trigger", label: words.trigger, detail: words.triggerHelp },
          ]}
        />
      </Section>
      <Section title={words.inDoubt.title} detail={words.inDoubt.detail}>
        <ChoiceCards
          label={words.inDoubt.title}
          value={form.values.inDoubt}
          readOnly={!editable}
          onChange={(next) => form.setFieldValue("inDoubt", next)}
          error={form.errors.inDoubt}
          choices={IN_DOUBT.map((value) => ({ value, ...words.inDoubt.choices[value] }))}
        />
      </Section>
    </StepForm>
  );
}

/** When the mailing goes out. */
export function ScheduleStep() {
  const { job } = useCurrentJob();
  const [version, setVersion] = useState(0);
  const schedule = useStep(job.id, "schedule", (signal) => lui.GET("/api/v1/jobs/{job_id}/schedule", { params: { path: { job_id: job.id } }, signal }));
  return (
    <StepPage step="schedule" intro={words.intro}>
      <WhenLoaded query={schedule}>{(saved) => <ScheduleForm key={version} given={saved} onReloaded={() => setVersion(version + 1)} />}</WhenLoaded>
    </StepPage>
  );
}
