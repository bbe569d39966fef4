import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { IconArrowsSort, IconEyeOff, IconSortAscending, IconSortDescending } from "@tabler/icons-react";

import { text } from "@/text/en";
import { formatNumber, shorten } from "@/ui/format";

import classes from "./Legend.module.css";
import { type LegendOrder, nextOrder } from "./series";
import { type Look, Swatch } from "./Swatch";

const words = text.reports.result;
const ICONS = { given: <IconArrowsSort size={16} aria-hidden />, highest: <IconSortDescending size={16} aria-hidden />, lowest: <IconSortAscending size={16} aria-hidden /> };

/** The plot's tooltip and the table have the whole name. */
const LONGEST = 44;

export interface LegendEntry extends Look {
  key: number;
  name: string;
  total: number;
}

interface Props {
  entries: readonly LegendEntry[];
  order: LegendOrder;
  onOrder: (order: LegendOrder) => void;
  hidden: ReadonlySet<number>;
  onToggle: (key: number) => void;
}

/** Says which line is which, lets each be hidden and shown, and puts them in order of their numbers. */
export function Legend({ entries, order, onOrder, hidden, onToggle }: Props) {
  return (
    <Group gap="xs" align="flex-start" justify="space-between">
      <ul className={classes.list} aria-label={words.legend}>
        {entries.map((entry) => (
          <li key={entry.key}>
            <UnstyledButton className={classes.entry} aria-pressed={!hidden.has(entry.key)} onClick={() => onToggle(entry.key)}>
              {hidden.has(entry.key) ? <IconEyeOff size={16} aria-hidden className={classes.mark} /> : <Swatch {...entry} className={classes.mark} />}
              <span className={classes.name} title={entry.name}>
                {shorten(entry.name, LONGEST)}
              </span>
              <Text span size="sm" c="dimmed" className="numbers">
                {formatNumber(entry.total)}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {entries.length > 1 && (
        <Button variant="subtle" size="compact-sm" leftSection={ICONS[order]} onClick={() => onOrder(nextOrder(order))} style={{ flex: "none" }}>
          {words.order[order]}
        </Button>
      )}
    </Group>
  );
}
