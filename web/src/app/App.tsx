// The providers around everything, and the router below them.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { BrowserRouter } from "react-router";
import { followOtherTabs, themeKeeper } from "./preferences";
import { BoardRoutes } from "./routes";
import { Toasts } from "./Toasts";
import { cssVariables, theme } from "./theme";

const nonce = () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** The whole board. */
export function App() {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 30_000 } } }));
  const [keeper] = useState(themeKeeper);
  useEffect(followOtherTabs, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={keeper}
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={queries}>
        <Toasts />
        <BrowserRouter>
          <BoardRoutes />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
