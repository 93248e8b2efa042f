// The look of the board in one place (WEB V1): neutral greys, one accent, small text with tabular figures.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef2fd",
  "#dbe3f9",
  "#b5c6f2",
  "#8ba6eb",
  "#6789e5",
  "#4f75e0",
  "#4169de",
  "#3257c8",
  "#294db4",
  "#1c429f",
]; // prettier-ignore

// Mantine's own dark greys, drawn towards those of the board below: one surface, whoever paints it.
const dark: MantineColorsTuple = [
  "#e6e8ea",
  "#c6cbd0",
  "#9aa2ab",
  "#7b838c",
  "#3d444b",
  "#31363c",
  "#272c31",
  "#1e2226",
  "#181b1f",
  "#111316",
];

// Mantine's own red, dark enough for white words on it in both themes (U3).
const red: MantineColorsTuple = [
  "#fff1f0",
  "#ffe0dd",
  "#ffc4bf",
  "#ff9d95",
  "#f97066",
  "#e5483b",
  "#cf2f23",
  "#b42318",
  "#99190f",
  "#7d140c",
];

export const theme = createTheme({
  colors: { accent, dark, red },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "md",
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.25rem" }, h2: { fontSize: "1rem" }, h3: { fontSize: "0.875rem" } },
  },
  components: {
    Modal: {
      defaultProps: {
        transitionProps: { transition: "fade", duration: 120 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: { title: { fontWeight: 600 } },
    },
    // A placeholder that takes the focus is no item of a menu: what reads the page aloud would find it there.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // A track that can be told from the page it lies on, in either theme.
    SegmentedControl: {
      styles: { root: { backgroundColor: "var(--cb-sunken)" }, label: { fontWeight: 500 } },
    },
    Pill: { styles: { root: { backgroundColor: "var(--cb-sunken)", color: "var(--cb-text)" } } },
    ModalCloseButton: { defaultProps: { "aria-label": "Close" } },
    DrawerCloseButton: { defaultProps: { "aria-label": "Close" } },
    Drawer: {
      defaultProps: { transitionProps: { duration: 150 }, overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontWeight: 600 } },
    },
  },
  respectReducedMotion: true,
  cursorType: "pointer",
});

/** The words of the palette, so that a style says what it means: `var(--cb-surface)`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--cb-gap": "4px" },
  light: {
    "--mantine-color-dimmed": "#5c636b",
    "--mantine-color-placeholder": "#5c636b",
    "--mantine-color-error": "#b42318",
    "--cb-page": "#f5f6f7",
    "--cb-surface": "#ffffff",
    "--cb-sunken": "#eceef0",
    "--cb-hover": "#f1f3f5",
    "--cb-line": "#dfe2e5",
    "--cb-text": "#1d2125",
    "--cb-quiet": "#5c636b",
    "--cb-accent": "#3257c8",
    "--cb-accent-soft": "#e8edfb",
    "--cb-glow": "#fff3c4",
    "--cb-danger": "#b42318",
    "--cb-warning": "#8f5500",
    "--cb-good": "#1f7a3d",
  },
  dark: {
    "--mantine-color-dimmed": "#9aa2ab",
    "--mantine-color-placeholder": "#9aa2ab",
    "--mantine-color-error": "#ff8f85",
    "--cb-page": "#15181b",
    "--cb-surface": "#1e2226",
    "--cb-sunken": "#111316",
    "--cb-hover": "#262b30",
    "--cb-line": "#31363c",
    "--cb-text": "#e6e8ea",
    "--cb-quiet": "#9aa2ab",
    "--cb-accent": "#8ba6eb",
    "--cb-accent-soft": "#26324f",
    "--cb-glow": "#4a4020",
    "--cb-danger": "#ff8f85",
    "--cb-warning": "#f0b45c",
    "--cb-good": "#6fcf8b",
  },
});
