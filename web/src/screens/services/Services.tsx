// To be written.
export default function Services() {
  return null;
}
