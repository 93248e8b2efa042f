// The small things on the right of a call's first line: who else is here, and the link to it.
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconLink } from "@tabler/icons-react";
import type { Call } from "@/realtime/schema";
import { Viewers } from "@/record/Viewers";

/** Who looks, copy link. */
export function CallTools({ call }: { call: Call }) {
  const link = `${window.location.origin}/calls/${call.number || call.id}`;
  return (
    <>
      <Viewers channel={`calls/${call.id}`} />
      <CopyButton value={link} timeout={1500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? "Copied" : "Copy the link"} openDelay={copied ? 0 : 400}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Copy the link" onClick={copy}>
              {copied ? (
                <IconCheck size={18} stroke={1.75} aria-hidden />
              ) : (
                <IconLink size={18} stroke={1.75} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </>
  );
}
