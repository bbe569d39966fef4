import { Badge, Button, Checkbox, Collapse, Group, List, Paper, Stack, Text } from "@mantine/core";
import { IconPlus, IconTarget } from "@tabler/icons-react";
import { useId, useState } from "react";

import type { ActionTag } from "@/api/types";
import { ReportPages, useMay } from "@/features/session";
import { text } from "@/text/en";
import { CopyField } from "@/ui/CopyField";
import { EmptyState } from "@/ui/EmptyState";
import { formatInstant } from "@/ui/format";
import { ListBox } from "@/ui/ListBox";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { NameDialog } from "./NameDialog";
import { useActionTags, useSaveTag } from "./useActionTags";

const words = text.actions;

function Snippets({ tag }: { tag: ActionTag }) {
  return (
    <Stack gap="md" pt="md">
      <div>
        <Text fw={600}>{words.snippet.plain}</Text>
        <Text size="sm" c="dimmed" mb={4}>
          {words.snippet.plainHelp}
        </Text>
        <CopyField value={tag.snippet} label={words.snippet.copyPlain} />
      </div>
      <div>
        <Text fw={600}>{words.snippet.consent}</Text>
        <Text size="sm" c="dimmed" mb={4}>
          {words.snippet.consentHelp(`tuttiAction${tag.number}()`)}
        </Text>
        <div style={{ whiteSpace: "pre-wrap" }}>
          <CopyField value={tag.snippet_with_consent} label={words.snippet.copyConsent} />
        </div>
      </div>
    </Stack>
  );
}

function TagRow({ tag, onRename }: { tag: ActionTag; onRename: () => void }) {
  const may = useMay("create_jobs");
  const [open, setOpen] = useState(false);
  const id = useId();
  const saving = useSaveTag();
  return (
    <Paper component="li" p={{ base: "md", sm: "lg" }} radius={0} style={{ borderTop: "1px solid var(--mantine-color-default-border)", listStyle: "none" }}>
      {saving.error && <ProblemAlert error={saving.error} />}
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0, flex: "1 1 12rem" }}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {tag.name}
            </Text>
            {tag.archived && <Badge color="gray">{words.archived}</Badge>}
          </Group>
          <Text size="sm" c="dimmed" className="numbers">
            {words.columns.number} {tag.number}, {words.columns.made.toLowerCase()} {formatInstant(tag.created_at)}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" size="xs" aria-expanded={open} aria-controls={id} aria-label={words.showOf(tag.name)} onClick={() => setOpen(!open)}>
            {open ? words.hide : words.show}
          </Button>
          {may && (
            <>
              <Button variant="default" size="xs" aria-label={words.renameOf(tag.name)} onClick={onRename}>
                {words.rename}
              </Button>
              <Button
                variant="subtle"
                size="xs"
                loading={saving.isPending}
                aria-label={tag.archived ? words.restoreOf(tag.name) : words.archiveOf(tag.name)}
                onClick={() => saving.mutate({ tag, change: { archived: !tag.archived } })}
              >
                {tag.archived ? words.restore : words.archive}
              </Button>
            </>
          )}
        </Group>
      </Group>
      <Collapse expanded={open} id={id}>
        <Snippets tag={tag} />
      </Collapse>
    </Paper>
  );
}

function Explanation() {
  return (
    <Section title={words.how.title}>
      <List spacing="xs">
        {[words.how.cookie, words.how.enable, words.how.blocked, words.how.archived].map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <div>
        <Text fw={600}>{words.how.consentTitle}</Text>
        <Text>{words.how.consent}</Text>
      </div>
    </Section>
  );
}

/** Named actions on pages that are not Tutti's, and what to put there. */
export function ActionTagsPage() {
  const query = useActionTags();
  const may = useMay("create_jobs");
  const [naming, setNaming] = useState<ActionTag | "new" | null>(null);
  const [withArchived, setWithArchived] = useState(false);
  const archived = query.data?.some((tag) => tag.archived) ?? false;
  const shown = { ...query, data: query.data?.filter((tag) => withArchived || !tag.archived) };
  const create = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNaming("new")}>
      {words.create}
    </Button>
  );
  return (
    <>
      <ReportPages />
      <PageHeader title={words.title} detail={words.detail} actions={create} />
      <Stack gap="xl">
        {archived && <Checkbox label={words.showArchived} checked={withArchived} onChange={(event) => setWithArchived(event.currentTarget.checked)} />}
        <ListBox query={shown} empty={<EmptyState icon={<IconTarget size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />}>
          {(tags) => (
            <ul aria-label={words.caption} style={{ margin: 0, padding: 0 }}>
              {tags.map((tag) => (
                <TagRow key={tag.id} tag={tag} onRename={() => setNaming(tag)} />
              ))}
            </ul>
          )}
        </ListBox>
        <Explanation />
      </Stack>
      {naming !== null && <NameDialog tag={naming === "new" ? null : naming} onClose={() => setNaming(null)} />}
    </>
  );
}
