// To the record before or after this one, without going back to the board: two buttons, and the keys [ and ].
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useShortcut } from "@/app/shortcuts";

/** Where one can go; null at an end. */
export interface DrawerSteps {
  /** What one goes to: "call". */
  noun: string;
  previous: (() => void) | null;
  next: (() => void) | null;
}

/** The buttons; `go` may ask before it leaves. */
export function StepButtons({ steps, go }: { steps: DrawerSteps; go: (leave: () => void) => void }) {
  const { noun, previous, next } = steps;
  const run = (step: (() => void) | null) => () => step && go(step);
  useShortcut("[", run(previous), `Previous ${noun}`);
  useShortcut("]", run(next), `Next ${noun}`);
  if (previous === null && next === null) return null;
  return (
    <>
      <StepButton label={`Previous ${noun}`} hint="[" icon={IconChevronUp} run={previous && run(previous)} />
      <StepButton label={`Next ${noun}`} hint="]" icon={IconChevronDown} run={next && run(next)} />
    </>
  );
}

interface StepButtonProps {
  label: string;
  hint: string;
  icon: typeof IconChevronUp;
  run: (() => void) | null;
}

/** At an end it stays where it is, so that the other one does not move under the pointer. */
function StepButton({ label, hint, icon: Icon, run }: StepButtonProps) {
  return (
    <Tooltip label={`${label} (${hint})`} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        aria-disabled={run === null}
        data-disabled={run === null}
        onClick={() => run?.()}
      >
        <Icon size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
