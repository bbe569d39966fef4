import { Alert, Checkbox, List, Select, SimpleGrid, Text } from "@mantine/core";

import type { Upload } from "@/api/types";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { Section } from "@/ui/Section";

import type { ParseSettings } from "./rules";
import { SampleTable } from "./SampleTable";

const words = text.audience.parse;

const ENCODINGS: readonly (readonly [string, string])[] = [
  ["utf-8", "UTF-8"],
  ["utf-8-sig", "UTF-8 with mark"],
  ["utf-16", "UTF-16"],
  ["cp1252", "Windows, western (1252)"],
  ["cp1250", "Windows, central European (1250)"],
  ["cp1251", "Windows, Cyrillic (1251)"],
  ["iso8859-1", "ISO 8859-1, western"],
  ["iso8859-2", "ISO 8859-2, central European"],
  ["iso8859-15", "ISO 8859-15, western with €"],
  ["mac-roman", "Macintosh, western"],
  ["gb18030", "GB 18030, Chinese"],
  ["big5", "Big5, Chinese"],
  ["shift_jis", "Shift JIS, Japanese"],
];

/** The choices, with what is set now among them even when it is none of the usual ones. */
function withPresent(choices: readonly (readonly [string, string])[], present: string, name: string): { value: string; label: string }[] {
  const all = choices.some(([value]) => value === present) ? choices : [[present, name] as const, ...choices];
  return all.map(([value, label]) => ({ value, label }));
}

interface Props {
  settings: ParseSettings;
  /** What the file gives with these settings; undefined while that is not known. */
  shown: Pick<Upload, "columns" | "sample"> | undefined;
  problems: readonly string[];
  warnings: readonly string[];
  error: Error | null;
  readOnly: boolean;
  onChange: (settings: ParseSettings) => void;
}

/** The way the file is read, correctable, with the rows that come of it. */
export function ParseSection({ settings, shown, problems, warnings, error, readOnly, onChange }: Props) {
  return (
    <Section title={words.title} detail={words.detail}>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Select
          label={words.encoding}
          data={withPresent(ENCODINGS, settings.encoding, settings.encoding)}
          value={settings.encoding}
          readOnly={readOnly}
          allowDeselect={false}
          onChange={(encoding) => encoding !== null && onChange({ ...settings, encoding })}
        />
        <Select
          label={words.separator}
          data={withPresent(Object.entries(words.separators), settings.separator, words.otherCharacter(settings.separator))}
          value={settings.separator}
          readOnly={readOnly}
          allowDeselect={false}
          onChange={(separator) => separator !== null && onChange({ ...settings, separator })}
        />
        <Select
          label={words.quote}
          data={withPresent(Object.entries(words.quotes), settings.quote, words.otherCharacter(settings.quote))}
          value={settings.quote}
          readOnly={readOnly}
          allowDeselect={false}
          onChange={(quote) => quote !== null && onChange({ ...settings, quote })}
        />
      </SimpleGrid>
      <Checkbox label={words.header} checked={settings.header} disabled={readOnly} onChange={(event) => onChange({ ...settings, header: event.currentTarget.checked })} />
      {error && <ProblemAlert error={error} />}
      {problems.length + warnings.length > 0 && (
        <Alert color={problems.length > 0 ? "red" : "yellow"}>
          <List size="sm">
            {[...problems, ...warnings].map((line) => (
              <List.Item key={line}>{asSentence(line)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {shown && !error && (
        <div>
          <Text size="sm" c="dimmed" mb="xs">
            {words.sampleDetail(shown.sample.length)}
          </Text>
          <SampleTable columns={shown.columns} rows={shown.sample} />
        </div>
      )}
    </Section>
  );
}
