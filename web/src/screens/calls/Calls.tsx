// To be written.
export default function Calls() {
  return null;
}
