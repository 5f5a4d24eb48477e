// Two plots, each in a light and a dark version: size against features, and the cost of a call.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EChartsOption, init } from "echarts";
import { CLIENTS, OURS } from "./clients.js";
import { middle, number } from "./figures.js";
import type { Results } from "./rounds.js";
import type { Features } from "./tables.js";
import { FOLDER } from "./tools.js";

const THEMES = {
  light: { text: "#1f2328", line: "#d1d9e0", ours: "#0969da", others: "#818b98" },
  dark: { text: "#f0f6fc", line: "#3d444d", ours: "#4493f8", others: "#9198a1" },
};
type Theme = (typeof THEMES)["light"];

const colour = (client: string, { ours, others }: Theme) => ({ color: client === OURS ? ours : others });

function size(results: Results, features: Features, theme: Theme): EChartsOption {
  const axis = { nameLocation: "middle", nameGap: 28, nameTextStyle: { color: theme.text } } as const;
  const lines = { axisLine: { lineStyle: { color: theme.line } }, splitLine: { lineStyle: { color: theme.line } } };
  const look = { ...axis, ...lines, axisLabel: { color: theme.text } };
  return {
    grid: { left: 60, right: 110, top: 20, bottom: 50 },
    xAxis: { ...look, type: "value", name: "features, of 6", min: 0, max: 6 },
    yAxis: { ...look, type: "log", name: "bundle, gzip (kB)", nameGap: 40 },
    series: {
      type: "scatter",
      symbolSize: 12,
      itemStyle: { opacity: 1 },
      data: CLIENTS.map((client) => ({
        name: client,
        value: [features[client]?.length ?? 0, middle(results, "bundle", client) / 1000],
        itemStyle: colour(client, theme),
      })),
      label: { show: true, position: "right", formatter: "{b}", color: theme.text },
    },
  };
}

function call(results: Results, _features: Features, theme: Theme): EChartsOption {
  const cost = (client: string) => middle(results, "cpu", client);
  const clients = CLIENTS.toSorted((a, b) => cost(b) - cost(a));
  return {
    grid: { left: 170, right: 60, top: 20, bottom: 50 },
    xAxis: {
      type: "value",
      name: "processor time of a call (µs)",
      nameLocation: "middle",
      nameGap: 28,
      nameTextStyle: { color: theme.text },
      axisLabel: { color: theme.text },
      splitLine: { lineStyle: { color: theme.line } },
    },
    yAxis: {
      type: "category",
      data: clients,
      axisLabel: { color: theme.text },
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
    },
    series: {
      type: "bar",
      data: clients.map((client) => ({ value: cost(client), itemStyle: colour(client, theme) })),
      label: { show: true, position: "right", color: theme.text, formatter: ({ value }) => number(Number(value)) },
    },
  };
}

const PLOTS = { size, call };

export async function writePlots(results: Results, features: Features): Promise<void> {
  for (const [name, plot] of Object.entries(PLOTS)) {
    for (const [shade, theme] of Object.entries(THEMES)) {
      const chart = init(null, null, { renderer: "svg", ssr: true, width: 720, height: 360 });
      chart.setOption({ animation: false, ...plot(results, features, theme) });
      await writeFile(join(FOLDER, `${name}-${shade}.svg`), chart.renderToSVGString());
      chart.dispose();
    }
  }
}

const TEXTS = {
  size: "Size of a program with one call, against what the client does",
  call: "Processor time of a call",
};

/** The plots as Markdown, each in the version that fits the reader's colours. */
export const pictures = Object.entries(TEXTS)
  .map(
    ([name, text]) =>
      `<picture><source media="(prefers-color-scheme: dark)" srcset="${name}-dark.svg"><img alt="${text}" src="${name}-light.svg"></picture>\n`,
  )
  .join("\n");
