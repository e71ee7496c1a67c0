import { createPassSealer } from '../../../src/server/tickets/createPassSealer.js';
import { systemServerClock } from '../../../src/server/serverClock.js';
import { expectThat, orLaterRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';
import { oddText } from '../mutators/oddText.js';

const sealer = createPassSealer([new Uint8Array(32).fill(7)], 'relay', systemServerClock);
const CLAIMS = { target: 'dve', session: 's', sessionId: 'id', subject: 'ada', origin: null, expiresAt: 9e15, ticketId: 't', startedAt: 1, sessionEndsAt: 9e15, assistantId: 'a', vision: false } as const;
let sealed: Promise<string> | null = null;

/** Passes: only those that were sealed here open anything. */
export const passes: FuzzTarget = {
  share: 1,
  async fuzz(random) {
    sealed ??= sealer.seal(CLAIMS);
    const genuine = await sealed;
    const header = JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: '000000000000', [oddText(random)]: oddText(random) });
    const forged = [Buffer.from(header).toString('base64url'), '', ...genuine.split('.').slice(2)].join('.');
    const pass = random.chance(0.2) ? forged : Buffer.from(mutateBytes(random, [Buffer.from(genuine)])).toString(random.chance(0.9) ? 'latin1' : 'utf8');
    const opened = await orLaterRefusal([], pass, () => sealer.open(pass));
    if (opened?.ok) expectThat(JSON.stringify(opened.claims) === JSON.stringify({ ...opened.claims, ...CLAIMS }), 'A forged pass opens something else', pass);
    expectThat(opened?.ok !== true || isSamePass(pass, genuine), 'A pass opens that was never sealed', pass);
    return { input: pass.length, output: 0 };
  },
};

/** Base64url has spare bits at the end of each part, which decoders may ignore. */
function isSamePass(pass: string, genuine: string): boolean {
  const bytesOf = (text: string): string => text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex')).join('.');
  return bytesOf(pass) === bytesOf(genuine);
}
