// The providers that components need in tests: a client, queries, the look.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";
import { afterEach } from "vitest";
import type { Client } from "@/realtime";
import { RealtimeProvider } from "./RealtimeProvider";

// What jsdom lacks and a growing text area listens to.
if (!("fonts" in document)) Object.defineProperty(document, "fonts", { value: new EventTarget() });

afterEach(cleanup);

/** A wrapper for `renderHook` and `render`. */
export function withClient(client: Client) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return ({ children }: { children: ReactNode }) => (
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <RealtimeProvider client={client}>{children}</RealtimeProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Renders within the providers. */
export const renderWith = (client: Client, ui: ReactElement) => render(ui, { wrapper: withClient(client) });
