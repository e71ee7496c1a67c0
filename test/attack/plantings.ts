import fc from 'fast-check';

/** A text with a secret in it, and everything of it that lets somebody read the secret. */
export interface Planting {
  readonly text: string;
  readonly telling: readonly string[];
}

/** Undone by whoever finds them, without knowing anything. */
const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  percent: (secret) => [...secret].map((char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
  address: encodeURIComponent,
  hex: (secret) => Buffer.from(secret).toString('hex'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  escaped: (secret) => [...secret].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
};

/** How a secret of any length stands in a text that somebody meant well with. */
const NAMED: readonly ((secret: string) => string)[] = [
  (secret) => `The vendor said: bad key ${secret}`,
  (secret) => `invalid token '${secret}' was refused`,
  (secret) => `The certificate is ${secret}, which has expired.`,
  (secret) => `api_key=${secret}&x=1`,
  (secret) => `my_token = '${secret}'`,
  (secret) => `x-api-key: ${secret}`,
  (secret) => `authorization: Bearer ${secret}`,
  (secret) => `Authorization: Basic ${secret}`,
  (secret) => `bearer ${secret}`,
  (secret) => `set-cookie: theme=dark; session=${secret}; path=/`,
  (secret) => JSON.stringify({ error: { token: secret } }),
  (secret) => JSON.stringify({ body: JSON.stringify({ apiKey: secret, of: 'the vendor' }) }),
  (secret) => JSON.stringify(JSON.stringify(JSON.stringify({ secrets: [secret] }))),
  (secret) => `wss://relay.example/r?ticket=${secret} did not answer`,
  (secret) => `https://${secret}@host.example/path#${secret}`,
  (secret) => `https://user:${secret}@host.example:8080`,
  (secret) => `sign in at https%3A%2F%2Fhost.example%2F%3Fcode%3D${secret}`,
  (secret) => `back=https%253A%252F%252Fhost.example%253Fx%253D${secret}`,
  (secret) => `form token%3D${secret}%26x=1`,
  (secret) => encodeURIComponent(JSON.stringify({ 'x-token': secret })),
  (secret) => `data:text/plain,${secret}`,
];

/** As keys are: long enough not to be guessed, and with a digit. */
export const shortSecret = fc.stringMatching(/^[A-Za-z0-9_-]{16,40}$/).filter((secret) => /\d/.test(secret));

/** A secret that nobody knows by its length: it stands beside its name, in any spelling, or alone where it was encoded. */
export function plantShort(secret: string): fc.Arbitrary<Planting> {
  const spelled = fc.constantFrom(...Object.values(SPELLINGS).map((spell) => spell(secret)));
  const named = fc.tuple(fc.constantFrom(...NAMED), spelled).map(([name, spelling]) => ({ text: name(spelling), telling: [spelling, secret] }));
  const wrapped = fc.constantFrom(JSON.stringify({ token: secret }), `user:${secret}`, secret);
  const encoded = fc.tuple(wrapped, fc.constantFrom<BufferEncoding>('base64', 'base64url', 'hex')).map(([plain, encoding]) => {
    const blob = Buffer.from(plain).toString(encoding);
    return { text: `got ${blob} from it`, telling: [blob.replace(/=+$/, ''), secret] };
  });
  return fc.oneof({ weight: 3, arbitrary: named }, encoded);
}

/** A pass or a token that the server made: it may stand anywhere, without any name. */
export function plantPass(pass: string): fc.Arbitrary<Planting> {
  return fc.tuple(fc.constantFrom(...Object.values(SPELLINGS).map((spell) => spell(pass))), fc.constantFrom('', 'It said ', '<', '("', 'a/b/')).map(([spelling, before]) => ({ text: `${before}${spelling} `, telling: [spelling, pass] }));
}
