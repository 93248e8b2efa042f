// To be written.
export default function Categories() {
  return null;
}
