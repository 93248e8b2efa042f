// The keys that work on every screen (U2).
import { useNavigate } from "react-router";
import { PLACES, type Place } from "./places";
import { useShortcut } from "./shortcuts";
import { useNewRecord } from "./useNewRecord";
import { useOverlays } from "./useOverlays";

/** Binds them; shows nothing. */
export function ShellKeys() {
  const { show } = useOverlays();
  const { open } = useNewRecord();
  useShortcut("/", () => show("palette"), "Search everything");
  useShortcut("mod+k", () => show("palette"), "Search, or say what to do");
  useShortcut("c", () => open("call"), "New call");
  useShortcut("n", () => open("service"), "New repair");
  useShortcut("?", () => show("keys"), "Show these keys");
  return PLACES.map((place) => <GoKey key={place.path} place={place} />);
}

function GoKey({ place }: { place: Place }) {
  const navigate = useNavigate();
  useShortcut(`g ${place.letter}`, () => navigate(place.path), `Go to ${place.label}`);
  return null;
}
