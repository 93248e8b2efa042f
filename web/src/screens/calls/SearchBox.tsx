// The words to filter by (S2). Typing is never held up: the address follows a moment later.
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./CallsHead.module.css";

const PAUSE_MS = 120;

/** A box for words; `text` is what the address says. */
export function SearchBox({ text, onText }: { text: string; onText(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const [told, setTold] = useState(text);
  const tell = useDebouncedCallback((words: string) => {
    setTold(words);
    onText(words);
  }, PAUSE_MS);
  useEffect(() => {
    if (text !== told) {
      setTyped(text);
      setTold(text);
    }
  }, [text, told]);
  const type = (words: string) => {
    setTyped(words);
    tell(words);
  };
  return (
    <TextInput
      className={classes.search ?? ""}
      size="xs"
      type="search"
      dir="auto"
      aria-label="Filter calls by words"
      placeholder="Filter by words"
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={typed !== "" && <CloseButton size="xs" aria-label="Clear" onClick={() => type("")} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || typed === "") return;
        event.stopPropagation();
        type("");
      }}
    />
  );
}
