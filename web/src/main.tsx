// Where the board begins: styles, the theme before the first paint, then the one root.
import "@fontsource-variable/inter/standard.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/global.css";
import "./nonce";

import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { paintTheme, usePreferences } from "./app/preferences";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root.");
paintTheme(document.documentElement, usePreferences.getState().theme);
createRoot(root).render(<App />);
