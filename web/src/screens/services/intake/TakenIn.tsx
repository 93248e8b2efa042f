// After a device was taken in: its number and code, and the slip to print. What waits for the connection has neither yet.
import { Button, Group } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useNavigate, useSearchParams } from "react-router";
import { withoutNew } from "@/app/useNewRecord";
import { useRecord } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { sayCode } from "@/screens/track/code";
import { numberOf } from "@/widgets/RecordNumber";
import styles from "./NewService.module.css";

interface TakenInProps {
  id: string;
  onPrint: (service: Service) => void;
  onAnother: () => void;
  onClose: () => void;
}

/** The last word of an intake. */
export function TakenIn({ id, onPrint, onAnother, onClose }: TakenInProps) {
  const service = useRecord("services", id);
  const open = useOpenService();
  const isKnown = service !== undefined && service.number > 0 && service.tracking_code !== "";
  return (
    <div className={styles.done}>
      {isKnown ? (
        <p className={styles.taken} role="status">
          <strong>{numberOf("services", service)}</strong> is taken in. Its customer follows it with the code
          <br />
          <span className={styles.code}>{sayCode(service.tracking_code)}</span>
        </p>
      ) : (
        <p className={styles.quiet} role="status">
          It is kept here and sent when you are back online. Its number and code come then; print the slip from the
          repair.
        </p>
      )}
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onAnother}>
          Take in another
        </Button>
        <Button variant="default" onClick={() => open(service?.number || id)}>
          Open it
        </Button>
        {isKnown ? (
          <Button data-autofocus leftSection={<IconPrinter size={16} stroke={1.75} />} onClick={() => onPrint(service)}>
            Print the slip
          </Button>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )}
      </Group>
    </div>
  );
}

/** Opens a repair, in place of the form's address: Back leads to what was there before the form. */
function useOpenService() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  return (number: number | string) =>
    void navigate(
      { pathname: `/services/${number}`, search: withoutNew(query).toString() },
      { replace: query.has("new") },
    );
}
