// The address of the customer's page as a picture for his telephone. A chunk of its own: only a slip needs it.
import { QRCodeSVG } from "qrcode.react";

// Half of a slip lies folded in a wallet: level Q reads with a quarter of it worn off.
const INK = { bgColor: "#ffffff", fgColor: "#000000", level: "Q" } as const;

/** The code, as large as its place. */
export default function QrCode({ address }: { address: string }) {
  return <QRCodeSVG value={address} {...INK} marginSize={2} width="100%" height="100%" title={`QR code: ${address}`} />;
}
