import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { lui, type Versioned } from "@/api/client";
import type { Recipients, Upload } from "@/api/types";
import { StepPage, useCurrentJob, useStep, WhenLoaded } from "@/features/jobs";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { ChoiceCards } from "@/ui/ChoiceCards";
import { FileDrop } from "@/ui/FileDrop";
import { formatShare } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { ReactionForm, type ReactionRecipients } from "./ReactionForm";
import { RecipientsForm } from "./RecipientsForm";
import { sendFile } from "./upload";

const words = text.audience;

function UploadPanel({ onUploaded, onKeep }: { onUploaded: (upload: Upload) => void; onKeep: (() => void) | null }) {
  const [share, setShare] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      return sendFile(file, setShare);
    },
    onSuccess: onUploaded,
  });
  return (
    <Stack>
      {upload.error && <ProblemAlert error={upload.error} />}
      <FileDrop
        label={words.upload.label}
        hint={words.upload.hint}
        button={words.upload.button}
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        progress={upload.isPending ? share : null}
        progressLabel={share < 1 ? words.upload.sending(formatShare(share, 1)) : words.upload.reading}
        onFile={(file) => upload.mutate(file)}
      />
      {onKeep && !upload.isPending && (
        <Group>
          <Button variant="subtle" onClick={onKeep}>
            {words.upload.keep}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type SourceKind = "upload" | "reaction";

/** Where the recipients come from; the file comes first, as most begin with one. */
function SourcePanel({ onUploaded, onKeep, reaction }: { onUploaded: (upload: Upload) => void; onKeep: (() => void) | null; reaction: ReactNode }) {
  const [kind, setKind] = useState<SourceKind>("upload");
  const maySeeReports = useMay("see_reports");
  return (
    <Stack gap="lg">
      <Section title={words.source.title}>
        <ChoiceCards<SourceKind>
          label={words.source.title}
          value={kind}
          onChange={setKind}
          choices={[
            { value: "upload", label: words.source.upload, detail: words.source.uploadHelp },
            { value: "reaction", label: words.source.reaction, detail: maySeeReports ? words.source.reactionHelp : words.source.reactionNeeds, disabled: !maySeeReports },
          ]}
        />
        {kind === "reaction" && onKeep && (
          <Group>
            <Button variant="subtle" onClick={onKeep}>
              {words.source.keep}
            </Button>
          </Group>
        )}
      </Section>
      {kind === "upload" ? <UploadPanel onUploaded={onUploaded} onKeep={onKeep} /> : reaction}
    </Stack>
  );
}

const isReaction = (saved: Versioned<Recipients> | null): saved is Versioned<ReactionRecipients> => saved?.value.source.type === "reaction";

/** Who gets the mailing. */
export function RecipientsStep() {
  const { job, editable } = useCurrentJob();
  const [fresh, setFresh] = useState<Upload | null>(null);
  const [replacing, setReplacing] = useState(false);
  const [version, setVersion] = useState(0);
  const query = useStep(job.id, "recipients", (signal) => lui.GET("/api/v1/jobs/{job_id}/recipients", { params: { path: { job_id: job.id } }, signal }));
  const startAfresh = () => {
    setFresh(null);
    setReplacing(false);
    setVersion(version + 1);
  };
  const choose = (saved: Versioned<Recipients> | null) => (
    <SourcePanel
      onUploaded={(upload) => {
        setFresh(upload);
        setReplacing(false);
      }}
      onKeep={saved !== null || fresh !== null ? () => setReplacing(false) : null}
      reaction={<ReactionForm saved={null} etag={saved?.etag ?? job.steps.recipients.etag} onSaved={startAfresh} onReloaded={startAfresh} />}
    />
  );
  return (
    <StepPage step="recipients" intro={words.intro}>
      <WhenLoaded query={query}>
        {(saved) => {
          if (editable && (replacing || (saved === null && fresh === null))) return choose(saved);
          if (saved === null && fresh === null) return <Text c="dimmed">{words.nothing}</Text>;
          if (fresh === null && isReaction(saved))
            return (
              <Stack gap="lg">
                {editable && (
                  <Group justify="flex-end">
                    <Button variant="default" size="xs" onClick={() => setReplacing(true)}>
                      {words.source.replace}
                    </Button>
                  </Group>
                )}
                <ReactionForm key={version} saved={saved} etag={saved.etag ?? job.steps.recipients.etag} onSaved={startAfresh} onReloaded={startAfresh} />
              </Stack>
            );
          return <RecipientsForm key={`${fresh?.id ?? ""}${version}`} given={{ saved, fresh }} onReplace={() => setReplacing(true)} onSaved={startAfresh} onReloaded={startAfresh} />;
        }}
      </WhenLoaded>
    </StepPage>
  );
}
