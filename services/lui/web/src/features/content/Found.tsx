import { Alert, List, Stack, Text } from "@mantine/core";

import type { Content } from "@/api/types";
import { text } from "@/text/en";
import { Facts } from "@/ui/Facts";
import { asSentence } from "@/ui/format";
import { Section } from "@/ui/Section";

const words = text.content;

/** What the server found in the saved content. */
export function Found({ content }: { content: Content }) {
  const fields = [...new Set(content.merge_fields.map((field) => field.name))];
  return (
    <Section title={words.found.title}>
      {content.warnings.length > 0 && (
        <Alert color="yellow" title={words.found.warnings}>
          <List size="sm">
            {[...new Set(content.warnings.map((warning) => warning.detail))].map((detail) => (
              <List.Item key={detail}>{asSentence(detail)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Facts
        items={[
          [words.found.fields, fields.length === 0 ? words.found.none : fields.join(", ")],
          [
            words.found.links,
            content.links.length === 0 ? (
              words.found.none
            ) : (
              <Stack key="links" gap={2}>
                {content.links.map((link) => (
                  <Text key={link.id} size="sm">
                    {link.alias === null ? link.url : `${link.alias}: ${link.url}`}{" "}
                    <Text span c="dimmed">
                      ({words.found.parts[link.part]}
                      {link.personal && `, ${words.found.personal}`})
                    </Text>
                  </Text>
                ))}
              </Stack>
            ),
          ],
        ]}
      />
    </Section>
  );
}
