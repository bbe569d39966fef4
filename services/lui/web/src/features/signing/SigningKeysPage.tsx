import { Button, List, Paper, Stack } from "@mantine/core";
import { IconPlus, IconSignature } from "@tabler/icons-react";
import { useState } from "react";

import { WhenLoaded } from "@/features/jobs";
import { SendingPages } from "@/features/session";
import { text } from "@/text/en";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { Section } from "@/ui/Section";

import { KeyCard } from "./KeyCard";
import { NewKeyDialog } from "./NewKeyDialog";
import { byDomain } from "./rules";
import { useKeys } from "./useKeys";

const words = text.signing;

/** The keys that sign mail, by sender domain. */
export function SigningKeysPage() {
  const query = useKeys();
  const [making, setMaking] = useState(false);
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {words.create}
    </Button>
  );
  return (
    <>
      <SendingPages />
      <PageHeader title={words.title} detail={words.detail} actions={create} />
      <WhenLoaded query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <Paper withBorder>
              <EmptyState icon={<IconSignature size={28} stroke={1.5} />} title={words.none} detail={words.noneDetail} />
            </Paper>
          ) : (
            <Stack gap="lg">
              {byDomain(keys).map(([domain, ofDomain]) => (
                <Section key={domain} title={domain}>
                  <Stack gap="xl" component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
                    {ofDomain.map((key) => (
                      <KeyCard key={key.id} signingKey={key} all={keys} />
                    ))}
                  </Stack>
                </Section>
              ))}
              <Section title={words.rotation.title}>
                <List type="ordered" spacing="xs">
                  {words.rotation.steps.map((step) => (
                    <List.Item key={step}>{step}</List.Item>
                  ))}
                </List>
              </Section>
            </Stack>
          )
        }
      </WhenLoaded>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
    </>
  );
}
