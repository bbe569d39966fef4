import { Alert, Button, Group, SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";

import { text } from "@/text/en";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

import type { EditorProps } from "./editor";
import { richTextLosses } from "./rules";

const words = text.content;
const SourceEditor = lazy(() => import("./SourceEditor"));
const RichEditor = lazy(() => import("./RichEditor"));

/** The HTML part, as rich text or as source. Rich text opens only what it can keep, unless told to convert. */
export function HtmlPart({ tools, ...props }: EditorProps & { tools: ReactNode }) {
  const { value } = props;
  const [mode, setMode] = useState<"rich" | "source">(() => (richTextLosses(value).length === 0 ? "rich" : "source"));
  const [converting, setConverting] = useState(false);
  const [converted, setConverted] = useState(false);
  const losses = mode === "rich" && !converted ? richTextLosses(value) : [];
  const choose = (next: string) => {
    setConverted(false);
    setMode(next as "rich" | "source");
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={words.mode}
          value={mode}
          onChange={choose}
          data={[
            { value: "rich", label: words.rich },
            { value: "source", label: words.source },
          ]}
        />
        {tools}
      </Group>
      {losses.length > 0 ? (
        <Alert color="yellow" title={words.lossTitle}>
          <Stack gap="sm" align="flex-start">
            {words.loss(losses)}
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => choose("source")}>
                {words.keepSource}
              </Button>
              <Button size="xs" variant="subtle" disabled={props.readOnly} onClick={() => setConverting(true)}>
                {words.convert}
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <Suspense fallback={<Skeleton height={320} />}>{mode === "rich" ? <RichEditor {...props} /> : <SourceEditor {...props} />}</Suspense>
      )}
      <ConfirmDialog
        opened={converting}
        title={words.convertTitle}
        confirm={words.convert}
        danger
        onConfirm={() => {
          setConverted(true);
          setConverting(false);
        }}
        onCancel={() => setConverting(false)}
      >
        {words.loss(losses)}
      </ConfirmDialog>
    </Stack>
  );
}
