import { SimpleGrid, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import { ifMatch, lui, type Versioned, versionOf } from "@/api/client";
import type { Sender } from "@/api/types";
import { StepForm, StepPage, useCurrentJob, useSave, useStep, WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { Section } from "@/ui/Section";

import { bodyOf, errorsOf, formOf, type SenderForm as Values } from "./rules";

const words = text.senders;

function SenderForm({ given, onReloaded }: { given: Versioned<Sender> | null; onReloaded: () => void }) {
  const { job, editable } = useCurrentJob();
  const [unseen] = useState(job.steps.sender.etag);
  const form = useForm<Values>({
    initialValues: formOf(given?.value ?? null),
    validate: {
      address: (value) => (value.trim() === "" ? words.needAddress : null),
      bounceAddress: (value, { bounceMode }) => (bounceMode === "address" && value.trim() === "" ? words.needBounceAddress : null),
    },
  });
  const saving = useSave<ReturnType<typeof bodyOf>>({
    step: "sender",
    send: async (body) => versionOf(await lui.PUT("/api/v1/jobs/{job_id}/sender", { params: { path: { job_id: job.id } }, body, headers: ifMatch(given?.etag ?? unseen) })),
    onSaved: () => form.resetDirty(),
    onFailed: (problem) => form.setErrors(errorsOf(problem)),
  });
  const readOnly = !editable;
  return (
    <StepForm form={form} saving={saving} bodyOf={bodyOf} onReloaded={onReloaded}>
      <Section title={words.from}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput type="email" label={words.address} description={words.addressHelp} placeholder={words.addressPlaceholder} readOnly={readOnly} {...form.getInputProps("address")} />
          <TextInput label={words.name} description={words.nameHelp} placeholder={words.namePlaceholder} readOnly={readOnly} {...form.getInputProps("name")} />
          <TextInput type="email" label={words.replyTo} description={words.replyToHelp} readOnly={readOnly} {...form.getInputProps("replyTo")} />
        </SimpleGrid>
      </Section>
      <Section title={words.bounces}>
        <ChoiceCards
          label={words.bounces}
          value={form.values.bounceMode}
          readOnly={readOnly}
          onChange={(mode) => form.setFieldValue("bounceMode", mode)}
          choices={[
            { value: "automatic", label: words.automatic, detail: words.automaticHelp },
            {
              value: "address",
              label: words.toAddress,
              detail: words.toAddressHelp,
              more: <TextInput type="email" label={words.bounceAddress} maw={420} readOnly={readOnly} {...form.getInputProps("bounceAddress")} />,
            },
          ]}
        />
      </Section>
    </StepForm>
  );
}

/** Who the mailing is from. */
export function SenderStep() {
  const { job } = useCurrentJob();
  const [version, setVersion] = useState(0);
  const sender = useStep(job.id, "sender", (signal) => lui.GET("/api/v1/jobs/{job_id}/sender", { params: { path: { job_id: job.id } }, signal }));
  return (
    <StepPage step="sender" intro={words.intro}>
      <WhenLoaded query={sender}>{(saved) => <SenderForm key={version} given={saved} onReloaded={() => setVersion(version + 1)} />}</WhenLoaded>
    </StepPage>
  );
}
