// A first password to be passed on: made here, can be typed over, is copied with one click.
import { ActionIcon, CopyButton, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy, IconRefresh } from "@tabler/icons-react";
import { madePassword } from "./password";

interface FirstPasswordProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** The field with its two buttons. */
export function FirstPassword({ value, onChange, error }: FirstPasswordProps) {
  return (
    <TextInput
      label="First password"
      description="At least 10 characters. To be changed at the first sign-in."
      value={value}
      error={error}
      autoComplete="off"
      spellCheck={false}
      required
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSectionWidth={68}
      rightSection={
        <>
          <Tooltip label="Make another">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Make another password"
              onClick={() => onChange(madePassword())}
            >
              <IconRefresh size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <CopyPassword value={value} />
        </>
      }
    />
  );
}

/** Copies it, and says so. */
export function CopyPassword({ value }: { value: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : "Copy"}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={copied ? "Password copied" : "Copy password"}
            onClick={copy}
          >
            {copied ? (
              <IconCheck size={16} stroke={1.75} aria-hidden />
            ) : (
              <IconCopy size={16} stroke={1.75} aria-hidden />
            )}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
