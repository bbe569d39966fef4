import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import { ifMatch, lui, newIdempotencyKey, versionOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Preflight, Recipients, Schedule, StepName } from "@/api/types";
import { JobControls } from "@/features/deliveries";
import { STEP_PAGES, StepPage, useCurrentJob, useJobChanged, WhenLoaded } from "@/features/jobs";
import { RehearsalTeaser } from "@/features/rehearsals";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Facts } from "@/ui/Facts";
import { asSentence, formatInstant, formatNumber, formatWallClock } from "@/ui/format";
import { TextLink } from "@/ui/links";
import { Section } from "@/ui/Section";

import { PreflightSection } from "./PreflightSection";
import { isBlocked, stillThere } from "./rules";
import { usePreflight } from "./usePreflight";
import { type Settings, useSettings } from "./useSettings";

const words = text.authorizing;

function whenOf(schedule: Schedule): string {
  if (schedule.mode !== "at" || schedule.at === null) return text.scheduling.summary[schedule.mode === "trigger" ? "trigger" : "immediate"];
  return `${formatWallClock(schedule.at.slice(0, 16))} (${schedule.time_zone ?? "UTC"})`;
}

function WithEdit({ step, children }: { step: StepName; children: ReactNode }) {
  const { job, editable } = useCurrentJob();
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md">
      <div style={{ minWidth: 0 }}>{children}</div>
      {editable && (
        <TextLink to={STEP_PAGES[step]} params={{ jobId: job.id }} size="sm" style={{ flex: "none" }} aria-label={words.edit(text.jobs.steps[step])}>
          {text.frame.edit}
        </TextLink>
      )}
    </Group>
  );
}

function partsOf(content: Settings["content"]): string {
  if (content.html && content.text) return words.htmlAndText;
  return content.html ? words.htmlAndGenerated : words.textOnly;
}

function trackingOf({ tracking }: Settings): string {
  const level = text.tracking.levels[tracking.level].name;
  if (tracking.level === "off") return level;
  const clicks = tracking.clicks === "chosen" ? words.clicks.chosen(tracking.links?.length ?? 0) : words.clicks[tracking.clicks];
  return [level, [tracking.opens ? words.opens : "", clicks].filter((part) => part !== "").join(", ")].filter((part) => part !== "").join(": ");
}

function RecipientsSummary({ recipients }: { recipients: Recipients | null }) {
  if (recipients === null) return <Text c="dimmed">{words.recipientsHidden}</Text>;
  const { counts, usage } = recipients;
  return (
    <>
      <Text fw={650} fz="lg" className="numbers">
        {words.recipientCount(counts.accepted, formatNumber(counts.accepted))}
      </Text>
      <Text size="sm" c="dimmed">
        {words.usage[usage]}
        {counts.duplicates > 0 && ` · ${formatNumber(counts.duplicates)} ${words.duplicates}`}
        {counts.rejected > 0 && ` · ${formatNumber(counts.rejected)} ${words.rejected}`}
      </Text>
    </>
  );
}

function Summary({ settings }: { settings: Settings }) {
  const { recipients, content, sender, schedule } = settings;
  return (
    <Section title={words.summary}>
      <Facts
        items={[
          [
            words.recipients,
            <WithEdit key="r" step="recipients">
              <RecipientsSummary recipients={recipients} />
            </WithEdit>,
          ],
          [
            words.subject,
            <WithEdit key="c" step="content">
              <Text fw={600}>{content.subject}</Text>
              <Text size="sm" c="dimmed">
                {partsOf(content)} · {formatNumber(content.links.length)} {words.links.toLowerCase()}
              </Text>
            </WithEdit>,
          ],
          [
            words.sender,
            <WithEdit key="s" step="sender">
              <Text>{sender.name ? `${sender.name} <${sender.address}>` : sender.address}</Text>
              {sender.reply_to && (
                <Text size="sm" c="dimmed">
                  {words.replyTo} {sender.reply_to}
                </Text>
              )}
              <Text size="sm" c="dimmed">
                {words.bounces}: {sender.bounces.mode === "address" ? sender.bounces.address : words.bouncesAutomatic}
              </Text>
            </WithEdit>,
          ],
          [
            words.tracking,
            <WithEdit key="t" step="tracking">
              {trackingOf(settings)}
            </WithEdit>,
          ],
          [
            words.schedule,
            <WithEdit key="w" step="schedule">
              {whenOf(schedule)}
            </WithEdit>,
          ],
          [words.inDoubt, text.scheduling.inDoubt.summary[schedule.in_doubt]],
          [words.test, words.testAccepted],
        ]}
      />
    </Section>
  );
}

function confirmation(recipients: string, schedule: Schedule): string {
  if (schedule.mode === "at") return words.confirmAt(recipients, whenOf(schedule));
  return schedule.mode === "trigger" ? words.confirmTrigger(recipients) : words.confirmNow(recipients);
}

function AuthorizeForm({ settings, preflight }: { settings: Settings; preflight: Preflight }) {
  const { job, etag } = useCurrentJob();
  const may = useMay("authorize_jobs");
  const navigate = useNavigate();
  const client = useQueryClient();
  const jobChanged = useJobChanged();
  const [key] = useState(newIdempotencyKey);
  const [asking, setAsking] = useState(false);
  const [overridden, setOverridden] = useState<string[]>([]);
  const authorize = useMutation({
    mutationFn: async () => {
      return versionOf(
        await lui.POST("/api/v1/jobs/{job_id}/authorize", {
          params: { path: { job_id: job.id } },
          body: { notify: [], override: stillThere(preflight, overridden) },
          headers: { ...ifMatch(etag), "Idempotency-Key": key },
        }),
      );
    },
    onSuccess: async (authorized) => {
      await jobChanged(authorized);
      await navigate({ to: "/jobs/$jobId/delivery", params: { jobId: job.id } });
    },
    onError: async (error) => {
      // What was authorized is not what is there any more: show what is.
      if (error instanceof Problem && (error.status === 412 || error.status === 409)) await client.invalidateQueries({ queryKey: keys.job(job.id) });
    },
  });
  if (!may) return <Alert color="gray">{words.mayNot}</Alert>;
  const { schedule, recipients } = settings;
  const count = recipients === null ? words.allRecipients : words.recipientCount(recipients.counts.accepted, formatNumber(recipients.counts.accepted));
  const submit = schedule.mode === "immediate" ? words.submitNow(count) : words.submitLater;
  return (
    <Stack>
      <PreflightSection preflight={preflight} overridden={overridden} onOverride={setOverridden} />
      <Group>
        <Button
          size="md"
          h="auto"
          mih={42}
          py="xs"
          styles={{ label: { whiteSpace: "normal" } }}
          disabled={isBlocked(preflight, overridden)}
          leftSection={<IconSend size={18} aria-hidden />}
          onClick={() => {
            authorize.reset();
            setAsking(true);
          }}
        >
          {submit}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        title={words.confirmTitle}
        confirm={submit}
        busy={authorize.isPending}
        error={authorize.error}
        onConfirm={() => authorize.mutate()}
        onCancel={() => setAsking(false)}
      >
        {confirmation(count, schedule)}
      </ConfirmDialog>
    </Stack>
  );
}

/** The full summary and the one button that sends it. */
export function AuthorizeStep() {
  const { job } = useCurrentJob();
  const open = job.stage === "open";
  const settings = useSettings(job.id);
  const preflight = usePreflight(job.id, open && job.steps.authorize.state !== "locked");
  return (
    <StepPage step="authorize" intro={words.intro}>
      {!open && (
        <Section title={words.done} detail={text.jobs.stageMeanings[job.stage]}>
          {job.authorization && (
            <Facts
              items={[
                [words.by, words.doneBy(job.authorization.authorized_by.name, formatInstant(job.authorization.authorized_at))],
                ...job.authorization.overridden.map((problem) => [words.preflight.overridden, asSentence(problem.detail)] as const),
                [words.digest, <Code key="digest">{job.authorization.digest}</Code>],
              ]}
            />
          )}
          <JobControls />
        </Section>
      )}
      <WhenLoaded query={settings}>
        {(all) => (
          <>
            <Summary settings={all} />
            {open && job.steps.authorize.state !== "locked" && (
              <>
                <RehearsalTeaser />
                <WhenLoaded query={preflight}>{(found) => <AuthorizeForm settings={all} preflight={found} />}</WhenLoaded>
              </>
            )}
          </>
        )}
      </WhenLoaded>
    </StepPage>
  );
}

