import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChartLine, IconChevronDown, IconDownload, IconTable } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { download } from "@/api/download";
import { toProblem } from "@/api/problem";
import type { ReportQuery } from "@/api/reports";
import { text } from "@/text/en";
import { asSentence } from "@/ui/format";

const words = text.reports.result;
const TABLES = ["csv", "xlsx"] as const;
const PLOTS = ["svg", "png"] as const;
type Format = (typeof TABLES)[number] | (typeof PLOTS)[number];

interface Props {
  /** Whose address the file has, without its ending; a query is asked as it stands. */
  from: { query: ReportQuery } | { address: string };
  withPlot: boolean;
  disabled?: boolean;
  size?: "xs" | "sm";
}

/** A result as a file: its table, and its plot where it has one. */
export function DownloadMenu({ from, withPlot, disabled, size = "sm" }: Props) {
  const fetching = useMutation({
    mutationFn: (format: Format) => download(`/api/v1/reports/query.${format}`, "query" in from ? from.query : null, `report.${format}`),
    onError: (error) => notifications.show({ color: "red", title: words.downloadFailed, message: asSentence(toProblem(error).detail) }),
  });
  const item = (format: Format) => {
    const icon = format === "csv" || format === "xlsx" ? <IconTable size={16} aria-hidden /> : <IconChartLine size={16} aria-hidden />;
    if ("address" in from) {
      return (
        <Menu.Item key={format} component="a" href={`${from.address}.${format}`} download leftSection={icon}>
          {words.downloads[format]}
        </Menu.Item>
      );
    }
    return (
      <Menu.Item key={format} leftSection={icon} onClick={() => fetching.mutate(format)}>
        {words.downloads[format]}
      </Menu.Item>
    );
  };
  return (
    <Menu position="bottom-end" shadow="md" width={250}>
      <Menu.Target>
        <Button
          variant="default"
          size={size}
          disabled={disabled ?? false}
          loading={fetching.isPending}
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {words.download}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {TABLES.map(item)}
        {withPlot && PLOTS.map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}
