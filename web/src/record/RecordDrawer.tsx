// The frame in which one record is looked at: over the right third of a wide screen, so that the board beside it stays in
// use, and a page of its own on a phone (V2). It is no modal: nothing is trapped, Escape closes it, and the focus goes
// back to where it came from.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useNarrow } from "@/app/useNarrow";
import { DiscardDialog } from "./DiscardDialog";
import { type DrawerSteps, StepButtons } from "./DrawerSteps";
import { useDrawerWidth, useEscape, useFocusStay } from "./drawerManners";
import classes from "./RecordDrawer.module.css";

export interface RecordDrawerProps {
  /** What it is, for those who do not see it: "Call C-1042". */
  label: string;
  /** The first line: the number and what marks the record. */
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** What can be done with it: under the head, at the bottom of a phone. */
  actions?: ReactNode;
  /** Small things on the right of the first line: who looks, copy link. */
  tools?: ReactNode;
  /** Under the first line, large: usually the title, edited in place. */
  heading?: ReactNode;
  /** The way to the records beside it. */
  steps?: DrawerSteps;
  /** Typed text that closing would lose: then closing asks first. */
  unsaved?: boolean;
}

/** A drawer for one record. */
export function RecordDrawer(props: RecordDrawerProps) {
  const { label, title, onClose, children, actions, tools, heading, steps, unsaved = false } = props;
  const narrow = useNarrow();
  // What was wanted while something typed would be lost: asked first.
  const [asking, setAsking] = useState<(() => void) | null>(null);
  const leave = (go: () => void) => (unsaved ? setAsking(() => go) : go());
  const close = () => leave(onClose);
  const section = useFocusStay<HTMLElement>();
  useEscape(close);
  useDrawerWidth(section, narrow);
  return (
    <section ref={section} className={classes.drawer} aria-label={label} tabIndex={-1} data-record-drawer>
      <header className={classes.head}>
        <div className={classes.line}>
          {narrow && <CloseButton back onClick={close} />}
          <div className={classes.title}>{title}</div>
          <div className={classes.tools}>
            {steps && <StepButtons steps={steps} go={leave} />}
            {tools}
            {!narrow && <CloseButton onClick={close} />}
          </div>
        </div>
        {heading && <div className={classes.heading}>{heading}</div>}
      </header>
      {actions && !narrow && <div className={classes.actions}>{actions}</div>}
      <div className={classes.body}>{children}</div>
      {actions && narrow && <div className={classes.bottom}>{actions}</div>}
      {asking && <DiscardDialog onKeep={() => setAsking(null)} onDiscard={asking} />}
    </section>
  );
}

function CloseButton({ back = false, onClick }: { back?: boolean; onClick: () => void }) {
  const Icon = back ? IconArrowLeft : IconX;
  return (
    <Tooltip label={back ? "Back" : "Close (Esc)"} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={back ? "Back" : "Close"} onClick={onClick}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
