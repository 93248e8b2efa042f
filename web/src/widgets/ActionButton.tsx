// A button for one command. Where the server says that I may not, the button stays reachable and says why (WEB S2).
import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";
import { type CommandName, type Plural, useExplain } from "@/realtime/react";

export interface ActionButtonProps extends Omit<ButtonProps, "children" | "disabled"> {
  plural: Plural;
  id?: string | null | undefined;
  command: CommandName;
  label: string;
  icon?: ReactNode;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
}

/** A button that knows whether its command is allowed to me now. */
export function ActionButton({ plural, id, command, label, icon, onClick, ...rest }: ActionButtonProps) {
  const explained = useExplain(plural, id ?? null);
  const allowed = explained.allowed(command);
  const why = explained.why(command);
  return (
    <Tooltip
      label={why}
      disabled={allowed || !why}
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        size="compact-md"
        variant="default"
        {...rest}
        leftSection={icon}
        {...(allowed ? {} : { "aria-disabled": true, "data-disabled": true })}
        onClick={(event) => (allowed ? onClick(event) : event.preventDefault())}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
