/** Whether a request shows the operator's token. Takes as long for a token that is nearly right as for any other. */
export async function isOperator(request: Request, token: string): Promise<boolean> {
  const [, shown = ''] = /^Bearer +([\x21-\x7e]{1,1024})$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  // Digests have one length, and that of one says nothing about the other's text.
  const [left, right] = await Promise.all([digestOf(shown), digestOf(token)]);
  return left.reduce((difference, byte, index) => difference | (byte ^ (right[index] ?? 0)), 0) === 0;
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
