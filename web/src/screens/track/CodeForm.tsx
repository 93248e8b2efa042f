// A field for the code on the slip: where no code came with the address, or a wrong one did.
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { readCode, whatIsWrong } from "./code";

/** Ask for a code; `onCode` hears it as it is kept. */
export function CodeForm({ onCode, typed = "" }: { onCode: (code: string) => void; typed?: string }) {
  const [text, setText] = useState(typed);
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = readCode(text);
    setWrong(whatIsWrong(text));
    if (code !== null) onCode(code);
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        size="md"
        label="Code on your slip"
        placeholder="ABCD-EFGH-JKMN"
        value={text}
        error={wrong}
        onChange={(event) => setText(event.currentTarget.value)}
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        autoComplete="off"
        maxLength={40}
      />
      <Button type="submit" size="md" fullWidth mt="sm">
        Show my repair
      </Button>
    </form>
  );
}
