import { Alert, Checkbox, Group, Radio, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import { ifMatch, lui, type Versioned, versionOf } from "@/api/client";
import { splitFields } from "@/api/problem";
import type { Content, Recipients, Tracking, TrackingChoice, TrackingOptions } from "@/api/types";
import { SaveBar, StepPage, useCurrentJob, useSave, useStep, WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { asSentence } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { ActionsSection } from "./ActionsSection";
import { CampaignSection } from "./CampaignSection";
import { PeopleFields } from "./PeopleFields";
import { bodyOf, canSeeOpens, firstForm, knowsPeople } from "./rules";
import { useOptions } from "./useOptions";

const words = text.tracking;
const FIELDS = ["level", "opens", "clicks", "links", "identify_by", "consent_column", "profile_columns", "actions"];

interface Given {
  tracking: Versioned<Tracking> | null;
  content: Content | null;
  recipients: Recipients | null;
  options: TrackingOptions;
}

function Meaning({ level }: { level: Tracking["level"] }) {
  const meaning = words.levels[level];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md">
      <div>
        <Text size="sm" fw={600}>
          {words.knows}
        </Text>
        <Text size="sm">{meaning.knows}</Text>
      </div>
      <div>
        <Text size="sm" fw={600}>
          {words.cannot}
        </Text>
        <Text size="sm">{meaning.cannot}</Text>
      </div>
      <div>
        <Text size="sm" fw={600}>
          {words.kept}
        </Text>
        <Text size="sm">{meaning.kept}</Text>
      </div>
    </SimpleGrid>
  );
}

function TrackingForm({ given, onReloaded }: { given: Given; onReloaded: () => void }) {
  const { job, editable } = useCurrentJob();
  const [unseen] = useState(job.steps.tracking.etag);
  const form = useForm({
    initialValues: firstForm(given.tracking?.value ?? null, given.options),
    validate: {
      links: (links, { clicks, level }) => (level !== "off" && clicks === "chosen" && links.length === 0 ? words.needLink : null),
    },
  });
  const { values } = form;
  const saving = useSave<TrackingChoice>({
    step: "tracking",
    send: async (body) => versionOf(await lui.PUT("/api/v1/jobs/{job_id}/tracking", { params: { path: { job_id: job.id } }, body, headers: ifMatch(given.tracking?.etag ?? unseen) })),
    onSaved: () => form.resetDirty(),
    onFailed: (problem) => {
      const { identify_by: identifyBy, consent_column: consentColumn, profile_columns: profileColumns, ...fields } = splitFields(problem, FIELDS).byField;
      form.setErrors({ ...fields, identifyBy, consentColumn, profileColumns });
    },
  });
  const usage = given.recipients?.usage ?? "merge";
  const links = given.content?.links ?? [];
  const cappedFrom = job.deliveries.findLast(({ kind }) => kind === "live")?.capped_from ?? null;
  const allowed = new Map(given.options.levels.map((each) => [each.level, each]));
  const submit = (andContinue: boolean) => form.onSubmit((ready) => saving.save(bodyOf(ready), { andContinue }));
  return (
    <form noValidate onSubmit={submit(false)}>
      <Stack gap="lg">
        {saving.error && <ProblemAlert error={saving.error} />}
        {cappedFrom !== null && <Alert color="yellow">{words.capped(words.levels[cappedFrom].name)}</Alert>}
        {(given.tracking?.value.warnings ?? []).map((warning) => (
          <Alert key={warning} color="yellow">
            {asSentence(warning)}
          </Alert>
        ))}
        <Section title={words.level}>
          {usage === "bulk" && <Alert color="gray">{words.bulkOnly}</Alert>}
          <ChoiceCards
            label={words.level}
            value={values.level}
            readOnly={!editable}
            onChange={(level) => form.setFieldValue("level", level)}
            error={form.errors.level}
            choices={words.order.map((level) => ({
              value: level,
              label: words.levels[level].name,
              detail: (
                <>
                  {words.levels[level].short}
                  {usage === "merge" && allowed.get(level)?.reason && (
                    <Text size="sm" fw={600}>
                      {asSentence(allowed.get(level)?.reason ?? "")}
                    </Text>
                  )}
                </>
              ),
              disabled: !(allowed.get(level)?.allowed ?? true),
              more: (
                <Stack gap="md">
                  <Meaning level={level} />
                  {level === "personal" && (
                    <Select
                      label={words.identify}
                      description={words.identifyHelp}
                      data={given.recipients?.columns ?? []}
                      maw={420}
                      readOnly={!editable}
                      placeholder={words.identifyByAddress}
                      clearable
                      searchable
                      {...form.getInputProps("identifyBy")}
                      value={values.identifyBy || null}
                      onChange={(column: string | null) => form.setFieldValue("identifyBy", column ?? "")}
                    />
                  )}
                  {knowsPeople(level) && <PeopleFields form={form} options={given.options} editable={editable} />}
                </Stack>
              ),
            }))}
          />
          <TextLink to="/privacy">{words.privacy}</TextLink>
        </Section>
        {values.level !== "off" && (
          <Section title={words.what}>
            <Checkbox
              label={words.opens}
              description={canSeeOpens(given.content) ? words.opensHelp : words.opensNeedHtml}
              disabled={!editable}
              {...form.getInputProps("opens", { type: "checkbox" })}
            />
            <Radio.Group label={words.clicks} {...form.getInputProps("clicks")}>
              <Stack gap="xs" mt="xs">
                <Radio value="all" label={words.clicksAll} disabled={!editable} />
                <Radio value="chosen" label={words.clicksChosen} disabled={!editable || links.length === 0} />
                <Radio value="none" label={words.clicksNone} disabled={!editable} />
              </Stack>
            </Radio.Group>
            {links.length === 0 && (
              <Text size="sm" c="dimmed">
                {words.noLinks}
              </Text>
            )}
            {values.clicks === "chosen" && links.length > 0 && (
              <Checkbox.Group label={words.links} {...form.getInputProps("links")}>
                <Stack gap="xs" mt="xs">
                  {links.map((link) => (
                    <Checkbox
                      key={link.id}
                      value={link.id}
                      disabled={!editable}
                      label={
                        <Group gap="xs">
                          <Text span size="sm" style={{ overflowWrap: "anywhere" }}>
                            {link.alias ?? link.url}
                          </Text>
                          <Text span size="xs" c="dimmed">
                            {words.linkPart[link.part]}
                          </Text>
                        </Group>
                      }
                    />
                  ))}
                </Stack>
              </Checkbox.Group>
            )}
          </Section>
        )}
        {values.level !== "off" && <ActionsSection form={form} options={given.options} editable={editable} />}
        <CampaignSection form={form} content={given.content} editable={editable} />
        <SaveBar
          dirty={form.isDirty()}
          busy={saving.busy}
          conflict={saving.conflict}
          onDismissConflict={saving.dismissConflict}
          onReloaded={onReloaded}
          onSaveAndContinue={() => submit(true)()}
        />
      </Stack>
    </form>
  );
}

/** What is recorded about recipients, with every level explained. */
export function TrackingStep() {
  const { job } = useCurrentJob();
  const params = { path: { job_id: job.id } };
  const [version, setVersion] = useState(0);
  const tracking = useStep(job.id, "tracking", (signal) => lui.GET("/api/v1/jobs/{job_id}/tracking", { params, signal }));
  const content = useStep(job.id, "content", (signal) => lui.GET("/api/v1/jobs/{job_id}/content", { params, signal }));
  const options = useOptions(job.id);
  const recipients = useStep(job.id, "recipients", (signal) => lui.GET("/api/v1/jobs/{job_id}/recipients", { params, signal }));
  return (
    <StepPage step="tracking" intro={words.intro}>
      <WhenLoaded query={tracking}>
        {(saved) => (
          <WhenLoaded query={content}>
            {(message) => (
              <WhenLoaded query={recipients}>
                {(people) => (
                  <WhenLoaded query={options}>
                    {(choices) => (
                      <TrackingForm
                        key={version}
                        given={{ tracking: saved, content: message?.value ?? null, recipients: people?.value ?? null, options: choices }}
                        onReloaded={() => setVersion(version + 1)}
                      />
                    )}
                  </WhenLoaded>
                )}
              </WhenLoaded>
            )}
          </WhenLoaded>
        )}
      </WhenLoaded>
    </StepPage>
  );
}
