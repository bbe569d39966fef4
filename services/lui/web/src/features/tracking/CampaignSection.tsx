import { Code, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";

import type { Content } from "@/api/types";
import { text } from "@/text/en";
import { Section } from "@/ui/Section";

import { CAMPAIGN_FIELDS, type TrackingForm, withCampaign } from "./rules";

const words = text.tracking.campaign;
const EXAMPLE = "https://www.example.org/";

interface Props {
  form: UseFormReturnType<TrackingForm>;
  content: Content | null;
  editable: boolean;
}

/** What the owners of the pages linked to read in their own statistics. */
export function CampaignSection({ form, content, editable }: Props) {
  const { campaign } = form.values;
  const first = content?.links.find((link) => !link.personal && link.url.startsWith("http"))?.url ?? EXAMPLE;
  const isUsed = CAMPAIGN_FIELDS.some((field) => campaign[field].trim() !== "");
  return (
    <Section title={words.title} detail={words.detail}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {CAMPAIGN_FIELDS.map((field) => (
          <TextInput
            key={field}
            label={words.fields[field]}
            description={`utm_${field}`}
            placeholder={words.placeholders[field]}
            maxLength={100}
            readOnly={!editable}
            {...form.getInputProps(`campaign.${field}`)}
          />
        ))}
      </SimpleGrid>
      {isUsed && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {words.preview}
          </Text>
          <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {withCampaign(first, campaign)}
          </Code>
        </Stack>
      )}
    </Section>
  );
}
