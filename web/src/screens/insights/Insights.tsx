// To be written.
export default function Insights() {
  return null;
}
