import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { encodeWav } from '../../dsp/wav.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { createFace } from '../face/createFace.js';
import type { FaultRequest, Faults } from '../faults/createFaults.js';
import { faultCatalog } from '../faults/faultCatalog.js';
import { NODE_SAMPLE_RATE_HZ, type SessionLog } from '../sessions/createSessionLog.js';
import { isTrustedHost } from './isTrustedHost.js';
import { isTrustedOrigin } from './isTrustedOrigin.js';
import { readFaultRequest } from './readFaultRequest.js';

export interface ControlOptions {
  /** The host that the emulator was told to listen on. */
  readonly host: string;
  /** What `GET /_emulator/info` says. */
  readonly info: () => Readonly<Record<string, unknown>>;
  readonly sessions: SessionLog;
  readonly faults: Faults;
  /** Lets a fault happen at once. @returns how many connections it struck. */
  readonly strike: (fault: FaultRequest) => number;
}

/** Faults that act at once; those that are true wait for the next connection when nobody was there to be struck. */
const immediate = new Map<FaultRequest['fault'], { armsOtherwise: boolean }>([
  ['drop-socket', { armsOtherwise: false }],
  ['close-socket', { armsOtherwise: false }],
  ['half-open', { armsOtherwise: false }],
  ['oversize-message', { armsOtherwise: false }],
  ['drop-channel', { armsOtherwise: false }],
  ['token-expire', { armsOtherwise: false }],
  ['avatar-leaves', { armsOtherwise: false }],
  ['session-expires', { armsOtherwise: false }],
  ['error-code', { armsOtherwise: true }],
  ['malformed-message', { armsOtherwise: true }],
]);

/** The emulator's own routes: what happened, and what shall go wrong next. */
export function createControl({ host, info, sessions, faults, strike }: ControlOptions): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    if (!isTrustedHost(context.req.header('host'), host)) {
      return context.json({ error: "The emulator's control answers only to localhost. Open it as http://localhost or http://127.0.0.1." }, 403);
    }
    if (!isTrustedOrigin(context.req.header('origin'), host)) {
      return context.json({ error: "The emulator's control answers only to pages of this machine. Serve yours from http://localhost." }, 403);
    }
    return next();
  });
  app.use(cors());

  app.get('/', (context) =>
    context.json({
      name: 'visavis emulator',
      ...info(),
      routes: {
        'GET /_emulator/info': 'where everything is',
        'GET /_emulator/sessions': 'every connection to a node or a voice and every hosted session, oldest first',
        'GET /_emulator/sessions/:id/audio.wav': 'the PCM that a node, a voice or a hosted avatar received; ?connection=n for an earlier connection of that id',
        'GET /_emulator/faults': 'faults that can be armed, and those that are',
        'POST /_emulator/faults': '{ fault, node?, session?, vendor?, code?, delayMs?, times? | forever? }',
        'DELETE /_emulator/faults': 'disarms all',
        'GET /_emulator/face.png': 'a still of the face',
      },
    }),
  );
  app.get('/_emulator/info', (context) => context.json(info()));
  app.get('/_emulator/sessions', (context) => context.json(sessions.list()));

  app.get('/_emulator/sessions/:id/audio.wav', (context) => {
    const wanted = context.req.query('connection');
    const record = sessions.find(context.req.param('id'), wanted === undefined ? undefined : Number(wanted));
    if (!record) return context.json({ error: 'There is no such session. GET /_emulator/sessions lists them.' }, 404);
    const wav = encodeWav(record.recording.samples(), NODE_SAMPLE_RATE_HZ);
    return context.body(new Uint8Array(wav).buffer, 200, { 'content-type': 'audio/wav' });
  });

  app.get('/_emulator/faults', (context) => context.json({ available: faultCatalog, armed: faults.list() }));
  app.post('/_emulator/faults', async (context) => {
    const body: unknown = await context.req.json().catch(() => null);
    const fault = readFaultRequest(body);
    if (typeof fault === 'string') return context.json({ error: fault }, 400);
    const kind = immediate.get(fault.fault);
    const struck = kind ? strike(fault) : 0;
    const arms = !kind || (kind.armsOtherwise && struck === 0);
    if (arms) faults.arm(fault);
    return context.json({ fault: fault.fault, struck, armed: arms });
  });
  app.delete('/_emulator/faults', (context) => {
    faults.clear();
    return context.json({ armed: [] });
  });

  app.get('/_emulator/face.png', async (context) => {
    try {
      const face = await createFace();
      const png = await face.renderPng({ timeMs: 0, mouthOpen: 0.35, mouthWidth: 0.3, speaking: true });
      return context.body(new Uint8Array(png).buffer, 200, { 'content-type': 'image/png' });
    } catch (cause) {
      if (AvatarError.isInstance(cause)) return context.json({ error: cause.message }, 503);
      throw cause;
    }
  });
  return app;
}
