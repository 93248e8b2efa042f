// To be written.
export default function Users() {
  return null;
}
