import { ActionIcon, Button, Checkbox, Group, MultiSelect, Paper, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import type { ActionTag, ReactionOptions } from "@/api/types";
import { text } from "@/text/en";

import { asksLinks, asksTags, type ConditionNode, type GroupNode, isJudged, MAX_DEPTH, newGroup, newQuestion, type QuestionNode, replaced } from "./conditions";

const words = text.audience.reaction;

interface Shared {
  options: ReactionOptions;
  tags: readonly ActionTag[];
  readOnly: boolean;
  /** No further question fits. */
  full: boolean;
}

interface QuestionProps extends Shared {
  node: QuestionNode;
  name: string;
  onChange: (node: QuestionNode) => void;
  onRemove: (() => void) | null;
}

function Question({ node, name, options, tags, readOnly, onChange, onRemove }: QuestionProps) {
  const known = options.dids.includes(node.did) ? options.dids : [...options.dids, node.did];
  const links = [...new Set([...options.links.map((link) => link.label), ...node.links])];
  const offered = tags.filter((tag) => !tag.archived || node.tags.includes(tag.id));
  return (
    <Group role="group" aria-label={name} align="flex-end" gap="sm">
      <Select
        label={words.question}
        data={known.map((did) => ({ value: did, label: words.dids[did] }))}
        value={node.did}
        onChange={(did) => did !== null && onChange({ ...node, did })}
        allowDeselect={false}
        readOnly={readOnly}
        style={{ flex: "1 1 12rem" }}
      />
      {asksLinks(node.did) && (
        <MultiSelect
          label={words.links}
          placeholder={node.links.length === 0 ? words.anyLink : undefined}
          data={links}
          value={node.links}
          onChange={(chosen) => onChange({ ...node, links: chosen })}
          readOnly={readOnly}
          searchable
          style={{ flex: "2 1 14rem" }}
        />
      )}
      {asksTags(node.did) && (
        <MultiSelect
          label={words.tags}
          placeholder={node.tags.length === 0 ? words.anyTag : undefined}
          data={offered.map((tag) => ({ value: tag.id, label: tag.name }))}
          value={node.tags}
          onChange={(chosen) => onChange({ ...node, tags: chosen })}
          readOnly={readOnly}
          searchable
          style={{ flex: "2 1 14rem" }}
        />
      )}
      {isJudged(node.did) && <Checkbox label={words.human} checked={node.human} disabled={readOnly} onChange={(event) => onChange({ ...node, human: event.currentTarget.checked })} mb={8} />}
      {onRemove !== null && !readOnly && (
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.removeNamed(name)} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}

interface GroupProps extends Shared {
  node: GroupNode;
  name: string;
  depth: number;
  onChange: (node: GroupNode) => void;
  onRemove: (() => void) | null;
}

/** All or any of several questions, which may again be groups. */
export function ConditionGroup({ node, name, depth, onChange, onRemove, ...shared }: GroupProps) {
  const { options, readOnly, full } = shared;
  const first = options.dids[0] ?? "opened";
  const add = (part: ConditionNode) => onChange({ ...node, parts: [...node.parts, part] });
  return (
    <Paper withBorder={depth > 1} p={depth > 1 ? "md" : 0} role="group" aria-label={name}>
      <Stack gap="md">
        <Group justify="space-between">
          <SegmentedControl
            aria-label={words.modeOf(name)}
            value={node.mode}
            onChange={(mode) => onChange({ ...node, mode })}
            readOnly={readOnly}
            data={[
              { value: "all", label: words.all },
              { value: "any", label: words.any },
            ]}
          />
          {onRemove !== null && !readOnly && (
            <Button variant="subtle" color="gray" size="xs" onClick={onRemove} aria-label={words.removeNamed(name)}>
              {words.removeGroup}
            </Button>
          )}
        </Group>
        {node.parts.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.emptyGroup}
          </Text>
        )}
        {node.parts.map((part, index) => {
          const partName = words.part(name, index + 1);
          const change = (by: ConditionNode | null) => onChange(replaced(node, part.key, by));
          const remove = depth > 1 || node.parts.length > 1 ? () => change(null) : null;
          return part.kind === "group" ? (
            <ConditionGroup key={part.key} node={part} name={partName} depth={depth + 1} onChange={change} onRemove={remove} {...shared} />
          ) : (
            <Question key={part.key} node={part} name={partName} onChange={change} onRemove={remove} {...shared} />
          );
        })}
        {!readOnly && (
          <Group gap="xs">
            <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} disabled={full} onClick={() => add(newQuestion(first))}>
              {words.addQuestion}
            </Button>
            {depth < MAX_DEPTH - 1 && (
              <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} disabled={full} onClick={() => add(newGroup(node.mode === "all" ? "any" : "all", [newQuestion(first)]))}>
                {words.addGroup}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
