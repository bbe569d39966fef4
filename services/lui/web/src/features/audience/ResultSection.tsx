import { Anchor, SimpleGrid, Text } from "@mantine/core";

import type { Recipients } from "@/api/types";
import { useMay } from "@/features/session";
import { text } from "@/text/en";
import { Figure } from "@/ui/Figure";
import { formatNumber } from "@/ui/format";
import { Section } from "@/ui/Section";

const words = text.audience.result;

/** The three sets that came of the file, each to be downloaded. */
export function ResultSection({ jobId, recipients }: { jobId: string; recipients: Recipients }) {
  const may = useMay("see_recipients");
  const sets = [
    { name: "accepted", label: words.accepted, help: words.acceptedHelp },
    { name: "duplicates", label: words.duplicates, help: words.duplicatesHelp },
    { name: "rejected", label: words.rejected, help: words.rejectedHelp },
  ] as const;
  return (
    <Section title={words.title}>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        {sets.map(({ name, label, help }) => (
          <Figure
            key={name}
            label={label}
            value={formatNumber(recipients.counts[name])}
            detail={
              <>
                <Text size="sm">{help}</Text>
                {may && recipients.counts[name] > 0 && (
                  <Anchor size="sm" href={`/api/v1/jobs/${encodeURIComponent(jobId)}/recipients/${name}.csv`} download aria-label={words.download(label)}>
                    {text.frame.download}
                  </Anchor>
                )}
              </>
            }
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
