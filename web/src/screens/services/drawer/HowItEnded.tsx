// How a repair came out, to whom it went, or why it stands where it stands: the words given with its last step.
import { IconArrowBackUp, IconBan, IconChecks, IconPackageExport } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Service } from "@/realtime/schema";
import { Age } from "@/widgets/Age";
import { outcomeWord } from "@/widgets/words";
import styles from "./HowItEnded.module.css";

/** The end of a repair so far; nothing where there is none. */
export function HowItEnded({ service }: { service: Service }) {
  const { status, outcome, work_done: work, status_reason: reason } = service;
  const icon = { size: 18, stroke: 1.75, "aria-hidden": true } as const;
  return (
    <>
      {status === "delivered" && (
        <Words icon={<IconPackageExport {...icon} />} label="Handed out" at={service.delivered_at}>
          {service.delivered_to === null ? null : `to ${service.delivered_to}`}
        </Words>
      )}
      {outcome !== null && (
        <Words icon={<IconChecks {...icon} />} label={outcomeWord(outcome)} at={service.completed_at}>
          {work}
        </Words>
      )}
      {reason !== null && (
        <Words
          icon={status === "cancelled" ? <IconBan {...icon} /> : <IconArrowBackUp {...icon} />}
          label={status === "cancelled" ? "Cancelled" : "Reopened"}
        >
          {reason}
        </Words>
      )}
    </>
  );
}

interface WordsProps {
  icon: ReactNode;
  label: string;
  at?: string | null;
  children: string | null;
}

function Words({ icon, label, at = null, children }: WordsProps) {
  return (
    <div className={styles.ended}>
      <span className={styles.endedIcon}>{icon}</span>
      <div>
        <strong>{label}</strong>{" "}
        <span className={styles.quiet}>
          <Age at={at} ago />
        </span>
        {children !== null && (
          <p className={styles.words} dir="auto">
            {children}
          </p>
        )}
      </div>
    </div>
  );
}
