// To be written.
export default function SignIn() {
  return null;
}
