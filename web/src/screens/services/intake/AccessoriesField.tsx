// What came with the device. The usual ones of the category are one press away, but none is written down by itself: what
// the slip says was handed in.
import { Chip, Group, TagsInput } from "@mantine/core";

export interface AccessoriesFieldProps {
  value: string[];
  usual: readonly string[];
  error?: string | undefined;
  onChange: (words: string[]) => void;
}

/** Words, and the usual ones to press. */
export function AccessoriesField({ value, usual, error, onChange }: AccessoriesFieldProps) {
  const has = (word: string) => value.some((one) => one.toLocaleLowerCase() === word.toLocaleLowerCase());
  const turn = (word: string) =>
    onChange(
      has(word) ? value.filter((one) => one.toLocaleLowerCase() !== word.toLocaleLowerCase()) : [...value, word],
    );
  return (
    <div>
      <TagsInput
        label="Accessories"
        placeholder={value.length === 0 ? "Charger, bag…" : ""}
        value={value}
        onChange={onChange}
        maxTags={50}
        maxLength={100}
        splitChars={[",", ";"]}
        acceptValueOnBlur
        error={error}
      />
      {usual.length > 0 && (
        <Group gap={4} mt={6} role="group" aria-label="Usual accessories">
          {usual.map((word) => (
            <Chip key={word} size="xs" checked={has(word)} onChange={() => turn(word)}>
              {word}
            </Chip>
          ))}
        </Group>
      )}
    </div>
  );
}
