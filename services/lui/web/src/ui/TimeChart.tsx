import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

import { formatNumber } from "./format";

// Its name is no hook: ECharts registers the parts it may draw with.
register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface Props {
  label: string;
  starts: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
}

/** Few moments are compared as bars, many are followed as lines. */
const MANY = 12;

/** Counts over time, drawn as SVG. The same numbers must be reachable as a table beside it. */
export default function TimeChart({ label, starts, series }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const dark = useComputedColorScheme("light") === "dark";
  const still = useReducedMotion();
  const { fontFamily } = useMantineTheme();
  useEffect(() => {
    if (box.current === null) return undefined;
    const drawn = init(box.current, undefined, { renderer: "svg" });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    const many = starts.length > MANY;
    const ink = dark ? "#c9cdd1" : "#495057";
    const rule = dark ? "#33393b" : "#e6eaea";
    chart.current?.setOption(
      {
        aria: { enabled: true, label: { description: label } },
        animation: !still,
        animationDuration: 250,
        color: dark ? ["#51adad", "#f0a35a", "#b49af0", "#8fd18a"] : ["#0f6b70", "#c25e00", "#6741d9", "#2f7d32"],
        textStyle: { fontFamily },
        legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 4, textStyle: { color: ink } },
        grid: { top: 40, left: 8, right: 16, bottom: 8, containLabel: true },
        tooltip: {
          trigger: "axis",
          valueFormatter: (value: unknown) => formatNumber(Number(value)),
          backgroundColor: dark ? "#24292a" : "#ffffff",
          borderColor: rule,
          textStyle: { color: ink },
        },
        xAxis: { type: "category", data: [...starts], boundaryGap: !many, axisLine: { lineStyle: { color: rule } }, axisTick: { show: false }, axisLabel: { color: ink, hideOverlap: true } },
        yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: rule } }, axisLabel: { color: ink, formatter: (value: number) => formatNumber(value) } },
        series: series.map(({ name, values }) => ({
          name,
          type: many ? "line" : "bar",
          data: [...values],
          ...(many ? { showSymbol: false, lineStyle: { width: 2 } } : { barMaxWidth: 28, barGap: "15%", itemStyle: { borderRadius: [3, 3, 0, 0] } }),
        })),
      },
      { notMerge: true },
    );
  }, [dark, fontFamily, label, series, starts, still]);
  return <div ref={box} role="img" aria-label={label} style={{ width: "100%", height: 300 }} />;
}
