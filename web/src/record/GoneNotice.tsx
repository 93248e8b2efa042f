// Says that the record one looks at is gone, who took it away and when, and that what is written here can still be copied.
import { IconTrash } from "@tabler/icons-react";
import { usePerson } from "@/realtime/react";
import { Age } from "@/widgets/Age";
import classes from "./GoneNotice.module.css";
import { NotMadeNotice } from "./NotMadeNotice";
import type { Gone } from "./useLastRecord";

interface GoneNoticeProps {
  gone: Gone;
  noun: string;
  record: { id: string; number: number };
}

/** "Ada deleted this call 2 min ago."; of one that the server never took, that. */
export function GoneNotice({ gone, noun, record }: GoneNoticeProps) {
  return record.number ? <Deleted gone={gone} noun={noun} /> : <NotMadeNotice id={record.id} noun={noun} />;
}

function Deleted({ gone, noun }: Omit<GoneNoticeProps, "record">) {
  const { name } = usePerson(gone.by);
  return (
    <div className={classes.notice} role="alert">
      <IconTrash size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div>
        <strong>
          {name ? <bdi>{name}</bdi> : "Somebody"} deleted this {noun}
          {gone.at && (
            <>
              {" "}
              <Age at={gone.at} ago />
            </>
          )}
          .
        </strong>
        <div className={classes.more}>It can no longer be changed. You can still copy what is written here.</div>
      </div>
    </div>
  );
}
