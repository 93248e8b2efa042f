// To be written.
export default function Customers() {
  return null;
}
