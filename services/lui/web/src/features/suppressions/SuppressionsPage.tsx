import { Button, Group, Paper, Select, Skeleton, Stack, Table, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconMailOff, IconPlus, IconSearch } from "@tabler/icons-react";
import { useState } from "react";

import type { Suppression } from "@/api/types";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { MorePages } from "@/ui/MorePages";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { AddDialog, LiftDialog } from "./dialogs";
import { downloadAddress, type Filter, isReason } from "./rules";
import { SuppressionRow } from "./SuppressionRow";
import { useSuppressions } from "./useSuppressions";

const words = text.suppressions;
const REASONS = Object.entries(words.reasons).map(([value, label]) => ({ value, label }));

type Choices = Omit<Filter, "search">;

function Filters({ choices, onChange, typed, onType }: { choices: Choices; onChange: (choices: Choices) => void; typed: string; onType: (typed: string) => void }) {
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.searchPlaceholder}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
        style={{ flex: "1 1 14rem" }}
        maw={420}
      />
      <Select
        aria-label={words.reason}
        data={[{ value: "", label: words.anyReason }, ...REASONS]}
        value={choices.reason ?? ""}
        onChange={(value) => onChange({ ...choices, reason: isReason(value) ? value : null })}
        allowDeselect={false}
        w={{ base: "100%", xs: 190 }}
      />
      <Select
        aria-label={words.scope}
        data={[
          { value: "", label: words.anyScope },
          { value: "group", label: words.scopesLong.group },
          { value: "global", label: words.scopesLong.global },
        ]}
        value={choices.scope ?? ""}
        onChange={(value) => onChange({ ...choices, scope: value === "group" || value === "global" ? value : null })}
        allowDeselect={false}
        w={{ base: "100%", xs: 190 }}
      />
      <Select
        aria-label={words.shown}
        data={[
          { value: "", label: words.inForce },
          { value: "lifted", label: words.lifted },
        ]}
        value={choices.lifted ? "lifted" : ""}
        onChange={(value) => onChange({ ...choices, lifted: value === "lifted" })}
        allowDeselect={false}
        w={{ base: "100%", xs: 120 }}
      />
    </Group>
  );
}

function SuppressionTable({ found, onLift }: { found: readonly Suppression[]; onLift: (suppression: Suppression) => void }) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md">
      <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Td />
          <Table.Th>{words.columns.address}</Table.Th>
          <Table.Th visibleFrom="sm">{words.columns.reason}</Table.Th>
          <Table.Th visibleFrom="md">{words.columns.scope}</Table.Th>
          <Table.Th visibleFrom="sm">{words.columns.since}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {found.map((suppression) => (
          <SuppressionRow key={suppression.id} suppression={suppression} onLift={() => onLift(suppression)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Addresses that get no mail, and why. */
export function SuppressionsPage() {
  const may = useMay("see_recipients");
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [choices, setChoices] = useState<Choices>({ reason: null, scope: null, lifted: false });
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<Suppression | null>(null);
  const filter = { search, ...choices };
  const query = useSuppressions(filter);
  const found = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = search !== "" || choices.reason !== null || choices.scope !== null || choices.lifted;
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={
          <Group gap="xs">
            <Button component="a" variant="default" href={downloadAddress(filter)} download leftSection={<IconDownload size={16} aria-hidden />}>
              {words.export}
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} disabled={!may} onClick={() => setAdding(true)}>
              {words.add}
            </Button>
          </Group>
        }
      />
      <Stack>
        <Filters choices={choices} onChange={setChoices} typed={typed} onType={setTyped} />
        {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
        {query.data && (
          <Paper withBorder style={{ overflow: "hidden" }}>
            {found.length > 0 ? (
              <SuppressionTable found={found} onLift={setLifting} />
            ) : (
              <EmptyState
                icon={filtered ? <IconSearch size={28} stroke={1.5} /> : <IconMailOff size={28} stroke={1.5} />}
                title={filtered ? words.nothingFound : words.empty.title}
                detail={filtered ? words.nothingFoundDetail : words.empty.detail}
              />
            )}
          </Paper>
        )}
        <MorePages of={query} />
      </Stack>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {lifting !== null && <LiftDialog suppression={lifting} onClose={() => setLifting(null)} />}
    </>
  );
}
