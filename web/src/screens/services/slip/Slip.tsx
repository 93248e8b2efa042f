// The slip of a repair, twice on one sheet: the upper half for the customer, the lower for the workshop (S3). Ink on
// paper: it has no theme.
import { lazy, Suspense } from "react";
import type { Service } from "@/realtime/schema";
import { sayCode } from "@/screens/track/code";
import { fullDay } from "@/widgets/duration";
import { numberOf } from "@/widgets/RecordNumber";
import { dayOf } from "../days";
import { showMoney } from "../money";
import { trackingAddress } from "./address";
import styles from "./Slip.module.css";

const QrCode = lazy(() => import("./QrCode").catch(() => ({ default: NoQrCode })));

/** Without a network, and never fetched before: the address below it is spelled out. */
const NoQrCode = () => <div className={styles.noCode} />;

/** What a slip says beside the repair itself. */
export interface SlipProps {
  service: Service;
  /** The house, as its customers know it. */
  house: string;
  /** Where the board is served from: the customer's page lies there too. */
  origin: string;
  technician?: string | undefined;
}

/** Both copies. */
export function Slip(props: SlipProps) {
  return (
    <div className={styles.sheet}>
      <Copy {...props} whose="Customer's copy" />
      <hr className={styles.cut} />
      <Copy {...props} whose="Workshop's copy" workshop />
    </div>
  );
}

function Copy({ service, house, origin, technician, whose, workshop = false }: SlipProps & CopyProps) {
  const address = trackingAddress(origin, service.tracking_code);
  return (
    <article className={styles.copy} aria-label={whose}>
      <header className={styles.head}>
        <div>
          <p className={styles.house} dir="auto">
            {house}
          </p>
          <p className={styles.whose}>{whose}</p>
        </div>
        <p className={styles.number}>{numberOf("services", service)}</p>
      </header>
      <div className={styles.middle}>
        <dl className={styles.said}>
          {linesOf(service, workshop ? technician : undefined, workshop).map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{text}</dd>
            </div>
          ))}
        </dl>
        <div className={styles.code}>
          <Suspense fallback={<div className={styles.noCode} />}>
            <QrCode address={address} />
          </Suspense>
          <p className={styles.spelled}>{sayCode(service.tracking_code)}</p>
          <p className={styles.address}>
            {origin.replace(/^https?:\/\//, "")}/track/
            <wbr />
            {service.tracking_code}
          </p>
        </div>
      </div>
      <footer className={styles.foot}>
        <p className={styles.terms}>{termsOf(service, workshop)}</p>
        <p className={styles.signature}>{workshop ? "Customer's signature" : "For the workshop"}</p>
      </footer>
    </article>
  );
}

interface CopyProps {
  whose: string;
  workshop?: boolean;
}

/** The small print, in words that a house need not be ashamed of. */
function termsOf(service: Service, workshop: boolean): string {
  if (workshop) {
    return "I hand in the device as described above, with these accessories and in this condition, to be examined.";
  }
  const estimate = service.estimate_minor === null ? "" : " The estimate is not a final price.";
  return `Please bring this slip when you collect your device. Scan the code to see how the repair is going.${estimate}`;
}

/** What stands on a copy, line by line; what was not said leaves no empty line. */
export function linesOf(service: Service, technician: string | undefined, workshop: boolean): [string, string][] {
  const device = [service.device_type, service.brand, service.model].filter(Boolean).join(" · ");
  const lines: [string, string | null | undefined][] = [
    ["Received", fullDay(dayOf(new Date(service.received_at)))],
    ["Customer", service.customer_name],
    ["Phone", workshop ? service.customer_phone : null],
    ["Device", device],
    ["Serial number", service.serial_number],
    ["Fault", shortened(service.reported_fault)],
    ["Condition", service.condition === null ? null : shortened(service.condition)],
    ["Accessories", service.accessories.join(", ") || "none"],
    ["Promised for", service.promised_on === null ? "we will let you know" : fullDay(service.promised_on)],
    ["Estimate", service.estimate_minor === null ? null : showMoney(service.estimate_minor, service.currency)],
    ["Technician", technician],
  ];
  return lines.filter((line): line is [string, string] => Boolean(line[1]));
}

// A slip has half a sheet: what is longer is told at the counter and stands whole on the board.
const ROOM = 320;
const shortened = (text: string) => (text.length <= ROOM ? text : `${text.slice(0, ROOM).trimEnd()}…`);
