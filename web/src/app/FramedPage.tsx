// The frame of the pages outside the board: signing in, setting up, the end of a session. One narrow card on a quiet page.
import { ThemeIcon } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import classes from "./FramedPage.module.css";
import { Mark } from "./Mark";

interface FramedPageProps {
  title: string;
  icon?: TablerIcon;
  children: ReactNode;
  footer?: ReactNode;
}

/** A card in the middle of the page, under the board's mark. */
export function FramedPage({ title, icon: Icon, children, footer }: FramedPageProps) {
  useEffect(() => {
    document.title = `${title} · Callboard`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <Mark size={24} />
          Callboard
        </div>
        <div className={classes.card}>
          {Icon !== undefined && (
            <ThemeIcon variant="light" size={40} radius="md">
              <Icon size={20} stroke={1.6} />
            </ThemeIcon>
          )}
          <h1 className={classes.title}>{title}</h1>
          {children}
        </div>
        {footer !== undefined && <div className={classes.footer}>{footer}</div>}
      </div>
    </main>
  );
}
