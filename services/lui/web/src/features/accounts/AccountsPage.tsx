import { Badge, Button, Checkbox, Group, Paper, Skeleton, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useState } from "react";

import type { Account } from "@/api/types";
import { useSession } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { formatAgo, formatInstant } from "@/ui/format";
import { MorePages } from "@/ui/MorePages";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";

import { AccountDialog } from "./AccountDialog";
import { AccountMenu } from "./AccountMenu";
import { useAccounts } from "./useAccounts";

const words = text.accounts;
const ALL = Object.keys(words.rights).length;

function rightsOf(account: Account): string {
  if (account.rights.length === 0) return words.noRights;
  return account.rights.length === ALL ? words.allRights : account.rights.map((right) => words.rights[right]).join(", ");
}

function AccountRow({ account, own, onEdit }: { account: Account; own: boolean; onEdit: () => void }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text fw={600} c={account.closed ? "dimmed" : undefined}>
            {account.name}
          </Text>
          {own && <Badge>{words.you}</Badge>}
          {account.closed && <Badge color="gray">{words.closed}</Badge>}
        </Group>
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {account.group_name ?? words.noGroup}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{account.group_name ?? <Text c="dimmed">{words.noGroup}</Text>}</Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm">{rightsOf(account)}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {account.last_signed_in_at === null ? (
          <Text c="dimmed">{words.never}</Text>
        ) : (
          <time dateTime={account.last_signed_in_at} title={formatInstant(account.last_signed_in_at)}>
            {formatAgo(account.last_signed_in_at)}
          </time>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <AccountMenu account={account} own={own} onEdit={onEdit} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Who may sign in, and what they may do. */
export function AccountsPage() {
  const session = useSession();
  const [typed, setTyped] = useState("");
  const [name] = useDebouncedValue(typed.trim(), 250);
  const [closed, setClosed] = useState(false);
  const [dialog, setDialog] = useState<Account | "new" | null>(null);
  const query = useAccounts({ name, closed });
  const accounts = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader
        title={words.title}
        detail={words.detail}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog("new")}>
            {words.create}
          </Button>
        }
      />
      <Stack>
        <Group>
          <TextInput
            type="search"
            aria-label={words.search}
            placeholder={words.searchPlaceholder}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            style={{ flex: "1 1 14rem" }}
            maw={420}
          />
          <Checkbox label={words.withClosed} checked={closed} onChange={(event) => setClosed(event.currentTarget.checked)} />
        </Group>
        {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={180} role="status" aria-label={text.frame.loading} />}
        {query.data && (
          <Paper withBorder style={{ overflow: "hidden" }}>
            {accounts.length === 0 ? (
              <EmptyState icon={<IconSearch size={28} stroke={1.5} />} title={words.nothingFound} detail={words.nothingFoundDetail} />
            ) : (
              <Table verticalSpacing="sm" horizontalSpacing="lg">
                <Table.Caption className="visually-hidden">{words.caption}</Table.Caption>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{words.columns.name}</Table.Th>
                    <Table.Th visibleFrom="sm">{words.columns.group}</Table.Th>
                    <Table.Th visibleFrom="md">{words.columns.rights}</Table.Th>
                    <Table.Th visibleFrom="sm">{words.columns.lastSignedIn}</Table.Th>
                    <Table.Td />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {accounts.map((account) => (
                    <AccountRow key={account.id} account={account} own={account.id === session?.account.id} onEdit={() => setDialog(account)} />
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </Paper>
        )}
        <MorePages of={query} />
      </Stack>
      {dialog !== null && <AccountDialog account={dialog === "new" ? null : dialog} onClose={() => setDialog(null)} />}
    </>
  );
}
