import { Alert, Box, Group, Loader, MultiSelect, Select, Stack, Table, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { ProfileCounts, TrackingOptions } from "@/api/types";
import { useCurrentJob } from "@/features/jobs";
import { text } from "@/text/en";
import { formatNumber } from "@/ui/format";

import type { TrackingForm } from "./rules";

const words = text.tracking;

interface Props {
  form: UseFormReturnType<TrackingForm>;
  options: TrackingOptions;
  editable: boolean;
}

/** What the columns chosen make of the recipients, counted anew with every change. */
function useCounts(profileColumns: readonly string[], consentColumn: string) {
  const { job } = useCurrentJob();
  const [asked] = useDebouncedValue({ profile_columns: [...profileColumns], consent_column: consentColumn === "" ? null : consentColumn }, 300);
  return useQuery({
    queryKey: [...keys.step(job.id, "tracking"), "profiles", asked],
    queryFn: async ({ signal }) => valueOf(await lui.POST("/api/v1/jobs/{job_id}/tracking/profiles", { params: { path: { job_id: job.id } }, body: asked, signal })),
    enabled: asked.profile_columns.length > 0 || asked.consent_column !== null,
    placeholderData: keepPreviousData,
  });
}

function LargestProfiles({ counts, columns }: { counts: ProfileCounts; columns: readonly string[] }) {
  return (
    <Table withTableBorder aria-label={words.largest} style={{ maxWidth: 480 }}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column}>{column}</Table.Th>
          ))}
          <Table.Th ta="right">{words.peopleInProfile}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {counts.largest.map((profile) => (
          <Table.Tr key={profile.values.join("\u0000")}>
            {profile.values.map((value, at) => (
              <Table.Td key={columns[at] ?? at}>{value === "" ? words.emptyValue : value}</Table.Td>
            ))}
            <Table.Td ta="right">{formatNumber(profile.people)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Profiles({ counts, columns }: { counts: ProfileCounts; columns: readonly string[] }) {
  const isMerged = counts.merged_people > 0;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {words.profileCount(counts.profiles, counts.smallest)}
      </Text>
      {isMerged && <Text size="sm">{words.merged(counts.merged_profiles, counts.merged_people)}</Text>}
      {counts.largest.length > 0 && counts.largest[0]?.values.length === columns.length && <LargestProfiles counts={counts} columns={columns} />}
    </Stack>
  );
}

/** Who may be known at all, and what of them makes a profile. */
export function PeopleFields({ form, options, editable }: Props) {
  const { values } = form;
  const asksProfiles = values.level === "anonymous";
  const columns = asksProfiles ? values.profileColumns : [];
  const counts = useCounts(columns, values.consentColumn);
  const chosen = columns.length > 0 || values.consentColumn !== "";
  const problem = counts.error instanceof Problem ? counts.error : null;
  return (
    <Stack gap="md">
      {asksProfiles && (
        <MultiSelect
          label={words.profileColumns}
          description={words.profileColumnsHelp(options.smallest_profile)}
          data={options.profile_columns}
          maxValues={options.max_profile_columns}
          readOnly={!editable}
          searchable
          clearable
          maw={480}
          placeholder={values.profileColumns.length === 0 ? words.chooseColumns : undefined}
          {...form.getInputProps("profileColumns")}
        />
      )}
      <Select
        label={words.consent}
        description={words.consentHelp}
        data={options.columns}
        maw={480}
        readOnly={!editable}
        placeholder={words.everybody}
        clearable
        searchable
        {...form.getInputProps("consentColumn")}
        value={values.consentColumn || null}
        onChange={(column: string | null) => form.setFieldValue("consentColumn", column ?? "")}
      />
      {values.consentColumn === "" && options.suggested_consent_column !== null && editable && (
        <Text size="sm" c="dimmed">
          {words.suggestion(options.suggested_consent_column)}
        </Text>
      )}
      {chosen && (
        <Box aria-live="polite">
          {problem !== null && <Alert color="red">{problem.message}</Alert>}
          {counts.isFetching && (
            <Group gap="xs">
              <Loader size="xs" />
              <Text size="sm" c="dimmed">
                {words.counting}
              </Text>
            </Group>
          )}
          {counts.data !== undefined && problem === null && (
            <Stack gap="sm" mt={counts.isFetching ? "xs" : 0} opacity={counts.isFetching ? 0.6 : 1}>
              {counts.data.consenting !== null && <Text size="sm">{words.consenting(counts.data.consenting, counts.data.people)}</Text>}
              {columns.length > 0 && <Profiles counts={counts.data} columns={columns} />}
            </Stack>
          )}
        </Box>
      )}
    </Stack>
  );
}
