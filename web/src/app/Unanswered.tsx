// Nobody answers at the start, and this browser holds no board to show meanwhile: says so, and asks again by itself.
import { Button } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { FramedPage } from "./FramedPage";

const AGAIN_MS = 5_000;

/** The page without a server. */
export default function Unanswered({ sentence, onAgain }: { sentence: string; onAgain: () => void }) {
  useInterval(onAgain, AGAIN_MS, { autoInvoke: true });
  return (
    <FramedPage icon={IconPlugConnectedX} title="The board cannot be reached">
      <p role="status">{sentence} The board asks again every few seconds.</p>
      <Button onClick={onAgain} fullWidth>
        Try now
      </Button>
    </FramedPage>
  );
}
