import { Alert, Button, Group, NativeSelect, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { hub, ifMatch, valueOf, type Versioned, versionOf } from "@/api/client";
import type { PlacedSettings, Setting } from "@/api/types";
import { useSession } from "@/features/session";
import { text } from "@/text/en";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import { choicesOf, chosenOf, valueOfChoice, wordOf } from "./rules";

const words = text.settings;
const INSTALLATION = "installation";

function SettingField({ setting, chosen, onChange }: { setting: Setting; chosen: string; onChange: (chosen: string) => void }) {
  const isNarrowed = setting.value !== null && setting.in_force !== setting.value;
  return (
    <Stack gap={4}>
      <NativeSelect label={setting.title} description={setting.explanation} data={choicesOf(setting)} value={chosen} onChange={(event) => onChange(event.currentTarget.value)} maw={480} />
      <Text size="sm" c="dimmed">
        {words.inForce(wordOf(setting.in_force))}
        {isNarrowed && ` ${words.narrowed}`}
      </Text>
    </Stack>
  );
}

function SettingsForm({ given, groupId }: { given: Versioned<PlacedSettings>; groupId: string | undefined }) {
  const client = useQueryClient();
  const [changed, setChanged] = useState<Record<string, string>>({});
  const saving = useMutation({
    mutationFn: async () => {
      const values = Object.fromEntries(given.value.items.filter(({ name }) => name in changed).map((setting) => [setting.name, valueOfChoice(setting, changed[setting.name] ?? "")]));
      return versionOf(await hub.PUT("/api/v1/settings", { params: { query: { group_id: groupId } }, body: { values }, headers: ifMatch(given.etag) }));
    },
    onSuccess: async (saved) => {
      client.setQueryData(["settings", groupId ?? INSTALLATION], saved);
      setChanged({});
      await client.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stack gap="lg">
        {saving.error !== null && <ProblemAlert error={saving.error} onRetry={() => void client.invalidateQueries({ queryKey: ["settings"] })} />}
        {given.value.items.map((setting) => (
          <SettingField
            key={setting.name}
            setting={setting}
            chosen={changed[setting.name] ?? chosenOf(setting.value)}
            onChange={(chosen) => setChanged({ ...changed, [setting.name]: chosen })}
          />
        ))}
        <Group>
          <Button type="submit" loading={saving.isPending} disabled={Object.keys(changed).length === 0}>
            {words.save}
          </Button>
          <Text size="sm" role="status">
            {saving.isSuccess && Object.keys(changed).length === 0 ? words.saved : ""}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function useGroups(may: boolean) {
  return useQuery({
    queryKey: ["groups"],
    enabled: may,
    queryFn: async ({ signal }) => valueOf(await hub.GET("/api/v1/groups", { params: { query: { limit: 200 } }, signal })).items,
  });
}

/** What jobs may do: for the whole installation, or for a group. */
export function SettingsPage() {
  const session = useSession();
  const own = session?.group ?? null;
  const [place, setPlace] = useState<string>(own?.id ?? INSTALLATION);
  const groups = useGroups(own === null && (session?.rights.includes("administer_accounts") ?? false));
  const groupId = place === INSTALLATION ? undefined : place;
  const query = useQuery({
    queryKey: ["settings", place],
    queryFn: async ({ signal }) => versionOf(await hub.GET("/api/v1/settings", { params: { query: { group_id: groupId } }, signal })),
  });
  const places = own === null ? [{ value: INSTALLATION, label: words.installation }, ...(groups.data ?? []).map(({ id, name }) => ({ value: id, label: words.group(name) }))] : [{ value: own.id, label: words.group(own.name ?? own.id) }];
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Stack gap="lg">
        <Select label={words.place} data={places} value={place} onChange={(chosen) => setPlace(chosen ?? INSTALLATION)} allowDeselect={false} searchable={places.length > 8} maw={480} />
        {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={220} role="status" aria-label={text.frame.loading} />}
        {query.data !== undefined && (
          <Section title={text.tracking.title}>
            <SettingsForm key={`${place} ${query.data.etag ?? ""}`} given={query.data} groupId={groupId} />
            <Alert color="gray">{words.takesEffect}</Alert>
          </Section>
        )}
      </Stack>
    </>
  );
}
