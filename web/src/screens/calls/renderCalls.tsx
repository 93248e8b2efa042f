// The whole board on a page of its own, for tests: a client without a server, an address, and rooms with sizes, because a
// list that shows only what is in sight has to see something.
import { Notifications } from "@mantine/notifications";
import { MemoryRouter, Route, Routes, useLocation } from "react-router";
import { vi } from "vitest";
import type { FakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import Calls from "./Calls";

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

/** Shows the board at an address. */
export function renderCalls(client: FakeClient, address = "/") {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(300);
  Element.prototype.scrollTo ??= () => undefined;
  return renderWith(
    client,
    <MemoryRouter initialEntries={[address]}>
      <Notifications />
      <Routes>
        <Route element={<Calls />}>
          <Route index element={null} />
          <Route path="/calls/:number" element={null} />
        </Route>
      </Routes>
      <Address />
    </MemoryRouter>,
  );
}
