// A few words that an action needs, with what is mostly said to be taken at one touch.
import { Button, Group, Textarea } from "@mantine/core";

interface WordsFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is mostly said. */
  usual: readonly string[];
  error?: string | null;
  minRows?: number;
}

/** Words, or one of the usual ones. */
export function WordsField({ label, value, onChange, usual, error = null, minRows = 2 }: WordsFieldProps) {
  return (
    <div>
      <Textarea
        data-autofocus
        label={label}
        dir="auto"
        autosize
        minRows={minRows}
        maxRows={10}
        maxLength={4000}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap={4} mt={8}>
        {usual.map((words) => (
          <Button key={words} size="compact-xs" variant="default" onClick={() => onChange(words)}>
            {words}
          </Button>
        ))}
      </Group>
    </div>
  );
}
