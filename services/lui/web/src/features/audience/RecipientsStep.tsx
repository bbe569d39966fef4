import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { lui } from "@/api/client";
import type { Upload } from "@/api/types";
import { StepPage, useCurrentJob, useStep, WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { FileDrop } from "@/ui/FileDrop";
import { formatShare } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";

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
  return (
    <StepPage step="recipients" intro={words.intro}>
      <WhenLoaded query={query}>
        {(saved) =>
          editable && (replacing || (saved === null && fresh === null)) ? (
            <UploadPanel
              onUploaded={(upload) => {
                setFresh(upload);
                setReplacing(false);
              }}
              onKeep={saved !== null || fresh !== null ? () => setReplacing(false) : null}
            />
          ) : saved === null && fresh === null ? (
            <Text c="dimmed">{words.nothing}</Text>
          ) : (
            <RecipientsForm key={`${fresh?.id ?? ""}${version}`} given={{ saved, fresh }} onReplace={() => setReplacing(true)} onSaved={startAfresh} onReloaded={startAfresh} />
          )
        }
      </WhenLoaded>
    </StepPage>
  );
}
