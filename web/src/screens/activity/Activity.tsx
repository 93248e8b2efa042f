// To be written.
export default function Activity() {
  return null;
}
