import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ifMatch, lui, type Versioned, valueOf, versionOf } from "@/api/client";
import { keys } from "@/api/queries";
import type { Condition, ReactionOptions, Recipients, RecipientsChoice } from "@/api/types";
import { SaveBar, useCurrentJob, useSave } from "@/features/jobs";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { asSentence, formatInstant, formatNumber } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { ConditionGroup } from "./ConditionBuilder";
import { conditionOf, countQuestions, type GroupNode, MAX_QUESTIONS, newGroup, newQuestion, nodeOf } from "./conditions";
import { JobPicker, type PickedJob } from "./JobPicker";
import { ResultSection } from "./ResultSection";

const words = text.audience.reaction;

export type ReactionRecipients = Recipients & { source: Extract<Recipients["source"], { type: "reaction" }> };

interface Props {
  saved: Versioned<ReactionRecipients> | null;
  /** The version to replace, whatever its source. */
  etag: string | undefined;
  onSaved: () => void;
  onReloaded: () => void;
}

function useOptions(jobId: string | undefined) {
  return useQuery({
    queryKey: ["reaction options", jobId],
    queryFn: async ({ signal }): Promise<ReactionOptions> => valueOf(await lui.GET("/api/v1/jobs/{job_id}/reaction-options", { params: { path: { job_id: jobId ?? "" } }, signal })),
    enabled: jobId !== undefined,
  });
}

/** How many fit now; asked again a moment after the last change. */
function LiveCount({ jobId, condition }: { jobId: string; condition: Condition | null }) {
  const [settled] = useDebouncedValue(condition === null ? null : JSON.stringify(condition), 400);
  const query = useQuery({
    queryKey: ["reaction count", jobId, settled],
    queryFn: async ({ signal }) =>
      valueOf(await lui.POST("/api/v1/reaction-count", { body: { source: { type: "reaction", job_id: jobId, condition: JSON.parse(settled ?? "null") as Condition } }, signal })),
    enabled: settled !== null && condition !== null,
    placeholderData: keepPreviousData,
  });
  if (condition === null) return <Text c="dimmed">{words.incomplete}</Text>;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div role="status" aria-live="polite" aria-busy={query.isFetching}>
      <Text fz={28} fw={650} className="numbers" c={query.isFetching ? "dimmed" : undefined}>
        {query.data ? words.count(formatNumber(query.data.count), formatNumber(query.data.recipients)) : text.frame.loading}
      </Text>
      {query.data && (
        <Text size="sm" c="dimmed">
          {words.countAt(formatInstant(query.data.as_of))}
        </Text>
      )}
      {query.data?.count === 0 && <Text size="sm">{words.nobody}</Text>}
      {query.data?.notes.map((note) => (
        <Text size="sm" key={note}>
          {asSentence(note)}
        </Text>
      ))}
    </div>
  );
}

/** Recipients of an earlier job, chosen by what they did with it. */
export function ReactionForm({ saved, etag, onSaved, onReloaded }: Props) {
  const { job, editable } = useCurrentJob();
  const source = saved?.value.source;
  const [picked, setPicked] = useState<PickedJob | null>(source ? { id: source.job_id, label: `${source.job_title} (${source.job_reference})` } : null);
  const [root, setRoot] = useState<GroupNode>(() => (source ? nodeOf(source.condition) : newGroup("all", [newQuestion("opened")])));
  const [usage, setUsage] = useState<RecipientsChoice["usage"]>(saved?.value.usage ?? "merge");
  const [changed, setChanged] = useState(saved === null);
  const [unpicked, setUnpicked] = useState(false);
  const options = useOptions(picked?.id);
  const tags = useQuery({ queryKey: keys.actionTags, queryFn: async ({ signal }) => valueOf(await lui.GET("/api/v1/action-tags", { signal })).items });
  const condition = conditionOf(root);
  const saving = useSave<RecipientsChoice>({
    step: "recipients",
    send: async (body) => versionOf(await lui.PUT("/api/v1/jobs/{job_id}/recipients", { params: { path: { job_id: job.id } }, body, headers: ifMatch(etag) })),
    onSaved,
  });
  const submit = (andContinue: boolean) => {
    setUnpicked(picked === null);
    if (picked === null || condition === null) return;
    saving.save({ source: { type: "reaction", job_id: picked.id, condition }, usage, duplicates: saved?.value.duplicates ?? { by: "address" } }, { andContinue });
  };
  const touched = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setChanged(true);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <Stack gap="lg">
        {saving.error && <ProblemAlert error={saving.error} />}
        {saved && <ResultSection jobId={job.id} recipients={saved.value} />}
        <Section title={words.title} detail={words.detail}>
          <JobPicker ownJobId={job.id} value={picked} onPick={touched(setPicked)} readOnly={!editable} error={unpicked && picked === null ? words.job.needed : undefined} />
          {options.isError && <ProblemAlert error={options.error} onRetry={() => void options.refetch()} />}
          {options.data?.usable === false && (
            <Alert color="yellow" role="status" title={words.unusable}>
              {asSentence(options.data.reason ?? "")}
            </Alert>
          )}
        </Section>
        {picked !== null && options.isPending && <Skeleton height={160} role="status" aria-label={text.frame.loading} />}
        {picked !== null && options.data?.usable === true && (
          <>
            <Section title={words.condition} detail={words.conditionDetail}>
              <ConditionGroup
                node={root}
                name={words.condition}
                depth={1}
                options={options.data}
                tags={tags.data ?? []}
                readOnly={!editable}
                full={countQuestions(root) >= MAX_QUESTIONS}
                onChange={touched(setRoot)}
                onRemove={null}
              />
            </Section>
            <Section title={words.found} detail={words.frozen}>
              <LiveCount jobId={picked.id} condition={condition} />
              {source && !changed && <Text size="sm">{words.savedAt(formatInstant(source.evaluated_at))}</Text>}
            </Section>
          </>
        )}
        <Section title={text.audience.usage.title}>
          <ChoiceCards
            label={text.audience.usage.title}
            value={usage}
            readOnly={!editable}
            onChange={touched(setUsage)}
            choices={[
              { value: "merge", label: text.audience.usage.merge, detail: text.audience.usage.mergeHelp },
              { value: "bulk", label: text.audience.usage.bulk, detail: text.audience.usage.bulkHelp },
            ]}
          />
        </Section>
        {saving.busy && <Text role="status">{words.freezing}</Text>}
        <SaveBar dirty={changed && picked !== null} busy={saving.busy} conflict={saving.conflict} onDismissConflict={saving.dismissConflict} onReloaded={onReloaded} onSaveAndContinue={() => submit(true)} />
      </Stack>
    </form>
  );
}
