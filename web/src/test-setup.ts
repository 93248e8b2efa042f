// What jsdom lacks and the board asks for: sizes, media queries, IndexedDB.
import "fake-indexeddb/auto";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

const noMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  }) as unknown as MediaQueryList;

class NoResize {
  observe() {}
  unobserve() {}
  disconnect() {}
}

if (typeof window !== "undefined") {
  window.matchMedia ??= noMedia;
  window.ResizeObserver ??= NoResize;
  Element.prototype.scrollIntoView ??= () => undefined;
}

// Each test has a page of its own.
afterEach(cleanup);
