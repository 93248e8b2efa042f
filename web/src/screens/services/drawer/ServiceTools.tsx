// The small things on the right of a repair's first line: who else is here, the slip, and the link for the customer.
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconLink, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { part } from "@/app/part";
import type { Service } from "@/realtime/schema";
import { Viewers } from "@/record/Viewers";
import { trackingAddress } from "../slip/address";

const SlipPreview = part(() => import("../slip/SlipPreview"));

/** Who looks, print, copy link. */
export function ServiceTools({ service }: { service: Service }) {
  const [printing, setPrinting] = useState(false);
  const link = trackingAddress(window.location.origin, service.tracking_code);
  return (
    <>
      <Viewers channel={`services/${service.id}`} />
      <Tooltip label="Print the slip" openDelay={400}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label="Print the slip"
          onClick={() => setPrinting(true)}
        >
          <IconPrinter size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <CopyButton value={link} timeout={1500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? "Copied" : "Copy the customer's link"} openDelay={copied ? 0 : 400}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Copy the customer's link" onClick={copy}>
              {copied ? (
                <IconCheck size={18} stroke={1.75} aria-hidden />
              ) : (
                <IconLink size={18} stroke={1.75} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
      {printing && <SlipPreview service={service} onClose={() => setPrinting(false)} />}
    </>
  );
}
