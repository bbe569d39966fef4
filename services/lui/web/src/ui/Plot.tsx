import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

import { formatNumber, shorten } from "./format";

// Its name is no hook: ECharts registers the parts it may draw with.
register([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface PlotSeries {
  name: string;
  color: string;
  values: readonly number[];
  /** Strokes and gaps; none is one stroke. */
  dash?: readonly number[];
  mark?: string;
}

interface Props {
  label: string;
  kind: "lines" | "bars" | "ranks";
  categories: readonly string[];
  series: readonly PlotSeries[];
  /** A colour for each category instead of the series' own. */
  colors?: readonly string[];
  height?: number;
  /** Called with a category's number when it is chosen with the pointer. The same must be reachable with keys elsewhere. */
  onPick?: ((index: number) => void) | undefined;
}

/** More points than this are a line without dots. */
const MANY = 60;
const RANK_HEIGHT = 40;
/** Names beside lying bars take a third of the room at most, and a character this much. */
const NAMES_SHARE = 0.35;
const MOST_NAMES = 260;
const CHARACTER = 6.6;

interface Ink {
  text: string;
  rule: string;
  paper: string;
}

const inkOf = (dark: boolean): Ink => (dark ? { text: "#c9cdd1", rule: "#33393b", paper: "#24292a" } : { text: "#495057", rule: "#e6eaea", paper: "#ffffff" });

function axesOf({ kind, categories }: Props, ink: Ink, width: number): object {
  const room = Math.min(MOST_NAMES, width * NAMES_SHARE);
  const values = {
    type: "value",
    minInterval: 1,
    splitLine: { lineStyle: { color: ink.rule } },
    axisLabel: { color: ink.text, hideOverlap: true, formatter: (value: number) => formatNumber(value) },
  };
  const names = {
    type: "category",
    data: [...categories],
    boundaryGap: kind !== "lines",
    axisLine: { lineStyle: { color: ink.rule } },
    axisTick: { show: false },
    axisLabel: { color: ink.text, hideOverlap: true, ...(kind === "ranks" ? { formatter: (name: string) => shorten(name, Math.floor(room / CHARACTER)) } : {}) },
  };
  return kind === "ranks" ? { xAxis: values, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: values };
}

function drawingOf(props: Props): object[] {
  const { kind, series, colors, categories } = props;
  if (kind === "lines") {
    return series.map(({ name, color, values, dash, mark }) => ({
      name,
      type: "line",
      data: [...values],
      color,
      symbol: mark ?? "circle",
      symbolSize: 7,
      showSymbol: categories.length <= MANY,
      lineStyle: { width: 2, type: dash === undefined || dash.length === 0 ? "solid" : [...dash] },
    }));
  }
  const flat = kind === "ranks";
  return series.map(({ name, color, values }) => ({
    name,
    type: "bar",
    color,
    data: values.map((value, index) => ({ value, itemStyle: { color: colors?.[index] ?? color, borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] } })),
    barMaxWidth: flat ? 22 : 32,
    barGap: "15%",
    ...(flat ? { label: { show: true, position: "right", formatter: ({ value }: { value: number }) => formatNumber(value), color: "inherit" } } : {}),
  }));
}

/** Counts as lines, bars, or bars that lie and can be compared by length; drawn as SVG. The same numbers must stand in a table beside it. */
export default function Plot(props: Props) {
  const { label, kind, categories, height = kind === "ranks" ? 60 + categories.length * RANK_HEIGHT : 300, onPick } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const pick = useRef(onPick);
  const dark = useComputedColorScheme("light") === "dark";
  const still = useReducedMotion();
  const { fontFamily } = useMantineTheme();
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const drawn = init(box.current, undefined, { renderer: "svg" });
    chart.current = drawn;
    // The whole column above an interval can be pressed, not only the few pixels of a dot.
    drawn.getZr().on("click", ({ offsetX, offsetY }) => {
      if (pick.current === undefined || !drawn.containPixel("grid", [offsetX, offsetY])) return;
      const [index] = drawn.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY]) as [number, number];
      pick.current(Math.round(index));
    });
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    const ink = inkOf(dark);
    chart.current?.setOption(
      {
        aria: { enabled: true, label: { description: label } },
        animation: !still,
        animationDuration: 250,
        textStyle: { fontFamily, color: ink.text },
        grid: { top: 16, left: 8, right: kind === "ranks" ? 64 : 16, bottom: 8, containLabel: true },
        tooltip: {
          trigger: "axis",
          axisPointer: { type: kind === "lines" ? "line" : "shadow" },
          confine: true,
          valueFormatter: (value: unknown) => formatNumber(Number(value)),
          backgroundColor: ink.paper,
          borderColor: ink.rule,
          textStyle: { color: ink.text },
          extraCssText: "max-width: min(22rem, 80vw); white-space: normal; overflow-wrap: anywhere;",
        },
        ...axesOf(props, ink, box.current?.clientWidth ?? 0),
        series: drawingOf(props),
      },
      { notMerge: true },
    );
  });
  useEffect(() => chart.current?.resize(), [height]);
  return <div ref={box} role="img" aria-label={label} style={{ width: "100%", height, cursor: onPick === undefined ? undefined : "pointer" }} />;
}
