// To be written.
export default function Track() {
  return null;
}
