import { Group, Stack, Tabs, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useCallback, useRef, useState } from "react";

import { ifMatch, lui, type Versioned, versionOf } from "@/api/client";
import { splitFields } from "@/api/problem";
import type { Content, ContentDraft, Recipients } from "@/api/types";
import { SaveBar, StepPage, useCurrentJob, useSave, useStep, WhenLoaded } from "@/features/jobs";
import { text } from "@/text/en";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { CharsetChoice } from "./CharsetChoice";
import classes from "./ContentStep.module.css";
import type { EditorHandle } from "./editor";
import { pictureTag } from "./files";
import { FilesSection } from "./FilesSection";
import { Found } from "./Found";
import { HtmlPart } from "./HtmlPart";
import { MergeFieldMenu } from "./MergeFieldMenu";
import { PreviewPane } from "./PreviewPane";
import { bodyOf, type ContentForm as Values, formOf } from "./rules";
import { useFiles } from "./useFiles";
import { useSeenEtag } from "./useSeenEtag";

const words = text.content;
const FIELDS = ["subject", "html", "text", "charset"];

/** Puts text where the cursor is in an ordinary field; React hears of it as of typing. */
function insertInto(field: HTMLInputElement | HTMLTextAreaElement, inserted: string) {
  field.focus();
  field.setRangeText(inserted, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

interface Given {
  content: Versioned<Content> | null;
  recipients: Recipients | null;
}

function ContentForm({ given, onReloaded }: { given: Given; onReloaded: () => void }) {
  const { job, editable } = useCurrentJob();
  const { content, recipients } = given;
  const [part, setPart] = useState<string | null>(content?.value.html === null && content.value.text !== null ? "text" : "html");
  const htmlEditor = useRef<EditorHandle | null>(null);
  const subjectField = useRef<HTMLInputElement>(null);
  const textField = useRef<HTMLTextAreaElement>(null);
  const onReady = useCallback((handle: EditorHandle) => {
    htmlEditor.current = handle;
  }, []);
  const form = useForm<Values>({
    initialValues: formOf(content?.value ?? null),
    validate: {
      subject: (value) => (value.trim() === "" ? words.needSubject : null),
      html: (value, values) => (value.trim() === "" && values.text.trim() === "" ? words.needPart : null),
    },
  });
  const etag = useSeenEtag(content, form.values);
  const { files, findPicture } = useFiles(job.id);
  const saving = useSave<ContentDraft>({
    step: "content",
    send: async (body) => versionOf(await lui.PUT("/api/v1/jobs/{job_id}/content", { params: { path: { job_id: job.id } }, body, headers: ifMatch(etag.value) })),
    onSaved: () => {
      form.resetDirty();
      etag.saved();
    },
    onFailed: (problem) => {
      const { byField } = splitFields(problem, FIELDS);
      form.setErrors(byField);
      if (byField.html === undefined && byField.text !== undefined) setPart("text");
      else if (byField.html !== undefined) setPart("html");
    },
  });
  const unplaced = saving.error ? splitFields(saving.error, FIELDS) : null;
  const submit = (andContinue: boolean) => form.onSubmit((ready) => saving.save(bodyOf(ready), { andContinue }));
  const columns = recipients?.columns ?? [];
  const readOnly = !editable;
  const insertPicture = (contentId: string, alt: string) => {
    if (part === "html" && htmlEditor.current !== null) htmlEditor.current.insertPicture(contentId, alt);
    else {
      form.setFieldValue("html", `${form.values.html}${pictureTag(contentId, alt)}`);
      setPart("html");
    }
  };
  return (
    <div className={classes.columns}>
      <form noValidate onSubmit={submit(false)}>
        <Stack gap="md">
          {saving.error && unplaced && (unplaced.others.length > 0 || Object.keys(unplaced.byField).length === 0) && <ProblemAlert error={saving.error} />}
          <TextInput
            ref={subjectField}
            label={words.subject}
            placeholder={words.subjectPlaceholder}
            readOnly={readOnly}
            maxLength={500}
            rightSection={editable && <MergeFieldMenu small columns={columns} onInsert={(field) => subjectField.current && insertInto(subjectField.current, field)} />}
            {...form.getInputProps("subject")}
          />
          <Tabs value={part} onChange={setPart} keepMounted={false}>
            <Tabs.List aria-label={words.parts} mb="sm">
              <Tabs.Tab value="html">{words.html}</Tabs.Tab>
              <Tabs.Tab value="text">{words.text}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="html">
              <Stack gap="xs">
                <HtmlPart
                  tools={editable && <MergeFieldMenu columns={columns} onInsert={(field) => htmlEditor.current?.insert(field)} />}
                  label={words.htmlLabel}
                  value={form.values.html}
                  readOnly={readOnly}
                  invalid={Boolean(form.errors.html)}
                  onChange={(value) => form.setFieldValue("html", value)}
                  findPicture={findPicture}
                  onReady={onReady}
                />
                {form.errors.html && (
                  <Text size="sm" c="error" role="alert">
                    {form.errors.html}
                  </Text>
                )}
              </Stack>
            </Tabs.Panel>
            <Tabs.Panel value="text">
              <Stack gap="xs">
                {editable && (
                  <Group>
                    <MergeFieldMenu columns={columns} onInsert={(field) => textField.current && insertInto(textField.current, field)} />
                  </Group>
                )}
                <Textarea
                  ref={textField}
                  label={words.textLabel}
                  description={words.textHelp}
                  placeholder={words.textPlaceholder}
                  autosize
                  minRows={14}
                  maxRows={30}
                  readOnly={readOnly}
                  styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
                  {...form.getInputProps("text")}
                />
              </Stack>
            </Tabs.Panel>
          </Tabs>
          <FilesSection jobId={job.id} files={files} html={form.values.html} editable={editable} onInsert={insertPicture} />
          <CharsetChoice value={form.values.charset} readOnly={readOnly} error={form.errors.charset} onChange={(charset) => form.setFieldValue("charset", charset)} />
          {content && <Found content={content.value} />}
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
      <div className={classes.preview}>
        <PreviewPane jobId={job.id} saved={content !== null} dirty={form.isDirty()} recipientCount={recipients?.counts.accepted ?? 0} version={content?.etag} />
      </div>
    </div>
  );
}

/** Subject, HTML and text, with a preview per recipient. */
export function ContentStep() {
  const { job } = useCurrentJob();
  const params = { path: { job_id: job.id } };
  const [version, setVersion] = useState(0);
  const content = useStep(job.id, "content", (signal) => lui.GET("/api/v1/jobs/{job_id}/content", { params, signal }));
  const recipients = useStep(job.id, "recipients", (signal) => lui.GET("/api/v1/jobs/{job_id}/recipients", { params, signal }));
  return (
    <StepPage step="content" intro={words.intro}>
      <WhenLoaded query={content}>
        {(saved) => (
          <WhenLoaded query={recipients}>
            {(people) => <ContentForm key={version} given={{ content: saved, recipients: people?.value ?? null }} onReloaded={() => setVersion(version + 1)} />}
          </WhenLoaded>
        )}
      </WhenLoaded>
    </StepPage>
  );
}
