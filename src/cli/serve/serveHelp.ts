export const SERVE_HELP = `visavis serve: session route and relay on one port

  --port N           default 7310; 0 takes a free one
  --host H           default 127.0.0.1
  --base PATH        default /api/avatar
  --origin URL       exact origin of a page that may ask; repeat for more
  --authorize FILE   module whose default export is authorize(request): { id } or null
  --avatar ID        avatar for requests that name none
  --allowed-hosts H  names, addresses and CIDR blocks where the vendor's nodes may be, by commas; repeat for more
  --relay-url URL    the relay as browsers reach it, where a proxy changes more than TLS: wss://app.example.com/api/avatar/relay
  --emulator URL     use a visavis emulator; needs no keys and, on loopback, no --authorize
  --json             print one JSON line when ready

  Limits and stopping
  --max-connections N  relay connections of this process, default 1000
  --drain-seconds N    after SIGTERM or SIGINT the process is gone within this time, default 25; a second signal ends it at once
  --unready-seconds N  of these, how long it only answers "not ready" first, for balancers that ask now and then; default 0

  Watching
  --metrics-port N   Prometheus metrics at http://127.0.0.1:N/metrics
  --metrics-host H   default 127.0.0.1; any other asks for VISAVIS_OPERATOR_TOKEN
  --log-level L      info (default), warn or error; one JSON object a line, on stderr

  From the environment: AKOOL_API_KEY, AGORA_APP_ID, AGORA_APP_CERTIFICATE, and VISAVIS_SECRET (32 bytes or more).
  To change the secret, give the new one and the old one behind it, with a blank between.
  For voices: DVE_API_KEY and DVE_ASSISTANT_ID.
  For liveAvatar: AKOOL_LIVE=1 (or AKOOL_LIVE=only, without streaming; AGORA_* may then be left out), and if need be
  AKOOL_LIVE_AVATAR, AKOOL_LIVE_KNOWLEDGE and AKOOL_LIVE_SECONDS, the length of a session.
  Where vendors are elsewhere than usual: AKOOL_DISCOVERY_URL, AKOOL_ENV (prod or test), AKOOL_API_URL and DVE_URL.
  For more than one instance: REDIS_URL, and the package ioredis.
  For GET …/metrics: VISAVIS_OPERATOR_TOKEN (16 characters or more), which must be shown as a bearer token.

  visavis doctor, called the same way, tells whether all of it is right.
`;
