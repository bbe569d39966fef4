import { ActionIcon, Collapse, ColorSwatch, Group, Menu, MultiSelect, Paper, Select, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown, IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { useId } from "react";

import type { Possibilities, ReportSource } from "@/api/reports";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";

import { JobPicker } from "./JobPicker";
import { reasonAgainst } from "./possible";
import { colourAt, COLOURS, EVENTS, nameOf, withEvent } from "./query";
import classes from "./SourceCard.module.css";

const words = text.reports.builder;
/** Options in a list at once; more are found by typing. */
const OFFERED = 60;

interface Props {
  source: ReportSource;
  number: number;
  opened: boolean;
  onToggle: () => void;
  onChange: (source: ReportSource) => void;
  onCopy: (() => void) | undefined;
  onRemove: (() => void) | undefined;
  possible: Possibilities | undefined;
  titles: ReadonlyMap<string, string>;
}

function ColourChoice({ value, onChange }: { value: string | null | undefined; onChange: (color: string) => void }) {
  const name = useId();
  return (
    <fieldset className={classes.colours}>
      <legend className={classes.legend}>{words.color}</legend>
      <Group gap={6}>
        {COLOURS.map((color, index) => (
          <label key={color} className={classes.colour}>
            <input type="radio" className="visually-hidden" name={name} value={color} checked={value === color} onChange={() => onChange(color)} aria-label={words.colorNumber(index + 1)} />
            <ColorSwatch color={color} size={22} withShadow={false}>
              {value === color && <IconCheck size={14} color="#fff" stroke={3} aria-hidden />}
            </ColorSwatch>
          </label>
        ))}
      </Group>
    </fieldset>
  );
}

function Links({ source, onChange, possible }: Pick<Props, "source" | "onChange" | "possible">) {
  const labels = [...new Set([...(source.links ?? []), ...(possible?.links ?? []).map((link) => link.label)])];
  return (
    <MultiSelect
      label={words.links}
      description={words.linksHelp}
      placeholder={source.links?.length ? undefined : words.linksAny}
      searchable
      clearable
      limit={OFFERED}
      value={source.links ?? []}
      onChange={(links) => onChange({ ...source, links: links.length === 0 ? null : links })}
      data={labels}
      hidePickedOptions
      maxDropdownHeight={280}
      comboboxProps={{ shadow: "md" }}
      nothingFoundMessage={text.frame.none}
      styles={{ pill: { maxWidth: "100%" }, option: { overflowWrap: "anywhere" } }}
    />
  );
}

function Tags({ source, onChange, possible }: Pick<Props, "source" | "onChange" | "possible">) {
  return (
    <MultiSelect
      label={words.tags}
      placeholder={source.tags?.length ? undefined : words.tagsAny}
      searchable
      clearable
      limit={OFFERED}
      value={source.tags ?? []}
      onChange={(tags) => onChange({ ...source, tags: tags.length === 0 ? null : tags })}
      data={(possible?.tags ?? []).map((tag) => ({ value: tag.id, label: tag.name }))}
      hidePickedOptions
      comboboxProps={{ shadow: "md" }}
      nothingFoundMessage={text.frame.none}
    />
  );
}

function Fields(props: Props) {
  const { source, number, onChange, possible, titles } = props;
  const against = reasonAgainst(possible?.events, source.event);
  const reasons = EVENTS.map((event) => reasonAgainst(possible?.events, event)).filter((reason) => reason !== null && reason !== "");
  return (
    <Stack gap="sm" p="sm" pt={0}>
      <JobPicker description={number === 1 ? words.jobsFollow : undefined} value={source.job_ids} titles={titles} onChange={(jobIds) => onChange({ ...source, job_ids: jobIds })} />
      <Select
        label={words.event}
        description={[...new Set(reasons)].map((reason) => asSentence(reason ?? "")).join(" ") || words.eventDetails[source.event]}
        error={against === null ? undefined : asSentence(against)}
        allowDeselect={false}
        value={source.event}
        onChange={(event) => event !== null && onChange(withEvent(source, event))}
        data={EVENTS.map((event) => ({ value: event, label: words.events[event], disabled: reasonAgainst(possible?.events, event) !== null }))}
        comboboxProps={{ shadow: "md" }}
      />
      {source.event === "actions" ? <Tags {...props} /> : source.event !== "opens" && <Links {...props} />}
      <TextInput label={words.name} description={words.nameHelp} maxLength={100} placeholder={nameOf({ ...source, name: null }, titles)} value={source.name ?? ""} onChange={(event) => onChange({ ...source, name: event.currentTarget.value || null })} />
      <ColourChoice value={source.color ?? colourAt(number - 1)} onChange={(color) => onChange({ ...source, color })} />
    </Stack>
  );
}

/** One source: told in a line, and opened to be changed. */
export function SourceCard(props: Props) {
  const { source, number, opened, onToggle, onCopy, onRemove, titles } = props;
  const id = useId();
  const name = nameOf(source, titles);
  return (
    <Paper withBorder radius="md" className={classes.card} style={{ borderInlineStartColor: source.color ?? colourAt(number - 1) }}>
      <Group gap={4} wrap="nowrap" p="xs">
        <UnstyledButton className={classes.head} aria-expanded={opened} aria-controls={id} onClick={onToggle}>
          <IconChevronDown size={16} aria-hidden className={classes.chevron} data-opened={opened || undefined} />
          <span className={classes.title}>
            <span className="visually-hidden">{words.sourceNumber(number)}: </span>
            <Text inherit span lineClamp={3} title={name}>
              {name}
            </Text>
            <Text size="xs" c={source.job_ids.length === 0 ? "error" : "dimmed"} span display="block">
              {words.jobsChosen(source.job_ids.length)}
            </Text>
          </span>
        </UnstyledButton>
        <Menu position="bottom-end" shadow="md" width={210}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={words.moreAbout(`${words.sourceNumber(number)}, ${name}`)}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} disabled={onCopy === undefined} onClick={onCopy}>
              {words.copySource}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} disabled={onRemove === undefined} onClick={onRemove}>
              {words.removeSource}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Collapse expanded={opened} id={id}>
        {opened && <Fields {...props} />}
      </Collapse>
    </Paper>
  );
}
