/**
 * The secrets of `VISAVIS_SECRET`: one, or several with blanks between, the newest first.
 *
 * @throws Error with one line when there is none.
 */
export function secretsOf(text: string | undefined): readonly string[] {
  const secrets = (text ?? '').split(/\s+/).filter((secret) => secret !== '');
  if (secrets.length === 0) throw new Error('VISAVIS_SECRET is not set in the environment. Make one with: openssl rand -base64 32');
  return secrets;
}
