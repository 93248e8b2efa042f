// A value that may only be read, by this person or now; why stands in its tooltip (S2).
import { Tooltip } from "@mantine/core";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import quiet from "./quiet.module.css";

interface ReadValueProps {
  id: string;
  /** The server's sentence. */
  why: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A value as text. */
export function ReadValue({ id, why, className, children }: ReadValueProps) {
  const empty = children === null || children === "" || children === undefined;
  return (
    <Tooltip label={why} disabled={why === ""} multiline maw={280} openDelay={300}>
      <div id={id} dir="auto" className={clsx(quiet.read, empty && quiet.none, className)}>
        {empty ? "None" : children}
      </div>
    </Tooltip>
  );
}
