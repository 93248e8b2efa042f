// To be written.
export default function Setup() {
  return null;
}
