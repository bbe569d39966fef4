import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

// One colour of our own; everything else is Mantine's. Shade 8 on white and shade 3 on dark reach 4.5:1.
const petrol: MantineColorsTuple = ["#e9f6f6", "#d5eaea", "#a8d5d5", "#78bfbf", "#51adad", "#39a1a2", "#1f8d90", "#14787b", "#0f6b70", "#075c61"];

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 8, dark: 7 },
  colors: { petrol },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: {
    fontWeight: "650",
    sizes: { h1: { fontSize: "clamp(1.25rem, 1rem + 1.6vw, 1.625rem)", lineHeight: "1.25" }, h2: { fontSize: "1.25rem", lineHeight: "1.3" }, h3: { fontSize: "1rem", lineHeight: "1.4" } },
  },
  components: {
    // A word is never cut: columns make room for it.
    Badge: { defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 600 }, styles: { root: { minWidth: "max-content" } } },
    Paper: { defaultProps: { radius: "lg" } },
    // Nothing but items may stand in a menu, also for those who hear it.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Modal: { defaultProps: { centered: true, radius: "lg" }, styles: { title: { fontWeight: 650, fontSize: "1.125rem" } } },
    Loader: { defaultProps: { type: "dots" } },
  },
});

// Mantine's dimmed text, placeholders, errors and light badges miss WCAG AA on our backgrounds by a little: darker in light, lighter in dark.
export const cssVariables: CSSVariablesResolver = (given) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#586069",
    "--mantine-color-placeholder": "#6a727a",
    "--mantine-color-error": "#c21f1f",
    "--mantine-color-body": "#ffffff",
    "--tutti-page": "#f7f9f9",
    "--mantine-color-anchor": given.colors.petrol?.[8] ?? "",
    "--mantine-color-petrol-light-color": given.colors.petrol?.[9] ?? "",
    "--mantine-color-gray-light-color": "#495057",
    "--mantine-color-green-light-color": "#1f6b2d",
    "--mantine-color-red-light-color": "#b02020",
    "--mantine-color-orange-light-color": "#8a3c00",
    "--mantine-color-yellow-light-color": "#7a4b00",
    "--mantine-color-blue-light-color": "#155a94",
  },
  dark: {
    "--mantine-color-dimmed": "#a6abb0",
    "--mantine-color-placeholder": "#8f959b",
    "--mantine-color-error": "#ff8f8f",
    "--mantine-color-body": "#1c2021",
    "--tutti-page": "#141718",
    "--mantine-color-anchor": given.colors.petrol?.[3] ?? "",
    "--mantine-color-petrol-light-color": given.colors.petrol?.[2] ?? "",
    "--mantine-color-text": "#e1e5e6",
    "--mantine-color-petrol-light": "rgba(57, 161, 162, 0.18)",
    "--mantine-color-gray-light": "rgba(255, 255, 255, 0.07)",
    "--mantine-color-gray-light-color": "#d3d8da",
    "--mantine-color-green-light": "rgba(88, 190, 106, 0.16)",
    "--mantine-color-green-light-color": "#a6dfaf",
    "--mantine-color-red-light": "rgba(255, 110, 110, 0.16)",
    "--mantine-color-red-light-color": "#ffb3b3",
    "--mantine-color-yellow-light": "rgba(240, 179, 90, 0.14)",
    "--mantine-color-yellow-light-color": "#f3c78a",
    "--mantine-color-blue-light": "rgba(92, 160, 230, 0.18)",
    "--mantine-color-blue-light-color": "#a9cff5",
    "--mantine-color-default": "#24292a",
    "--mantine-color-default-border": "#3b4244",
  },
});
