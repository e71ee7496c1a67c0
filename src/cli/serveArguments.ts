import { parseArgs } from 'node:util';

export const SERVE_HELP = `visavis serve: session route and relay on one port

  --port N           default 7310; 0 takes a free one
  --host H           default 127.0.0.1
  --base PATH        default /api/avatar
  --origin URL       exact origin of a page that may ask; repeat for more
  --authorize FILE   module whose default export is authorize(request): { id } or null
  --avatar ID        avatar for requests that name none
  --emulator URL     use a visavis emulator; needs no keys and, on loopback, no --authorize
  --json             print one JSON line when ready

  From the environment: AKOOL_API_KEY, AGORA_APP_ID, AGORA_APP_CERTIFICATE, and VISAVIS_SECRET (32 bytes or more).
  For voices: DVE_API_KEY and DVE_ASSISTANT_ID.
  For liveAvatar: AKOOL_LIVE=1 (or AKOOL_LIVE=only, without streaming; AGORA_* may then be left out), and if need be
  AKOOL_LIVE_AVATAR, AKOOL_LIVE_KNOWLEDGE and AKOOL_LIVE_SECONDS, the length of a session.
`;

export interface ServeArguments {
  readonly port: number;
  readonly host: string;
  readonly base: string;
  readonly origins: readonly string[];
  readonly authorizePath: string | null;
  readonly avatarId: string | null;
  readonly emulatorUrl: string | null;
  readonly isJson: boolean;
  readonly wantsHelp: boolean;
}

/** Where a development server usually is; used with an emulator when no `--origin` is given. */
const DEVELOPMENT_ORIGINS = [3000, 5173, 6006].flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

/** @throws Error with one line that says which argument is wrong. */
export function parseServeArguments(argv: readonly string[]): ServeArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '7310' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: '/api/avatar' },
      origin: { type: 'string', multiple: true },
      authorize: { type: 'string' },
      avatar: { type: 'string' },
      emulator: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port must be a number from 0 to 65535.');
  if (values.emulator !== undefined && !URL.canParse(values.emulator)) throw new Error('--emulator must be a URL such as http://127.0.0.1:7300.');
  return {
    port,
    host: values.host,
    base: `/${values.base.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, ''),
    origins: values.origin ?? (values.emulator === undefined ? [] : DEVELOPMENT_ORIGINS),
    authorizePath: values.authorize ?? null,
    avatarId: values.avatar ?? null,
    emulatorUrl: values.emulator ?? null,
    isJson: values.json,
    wantsHelp: values.help,
  };
}
