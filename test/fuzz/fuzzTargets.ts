import type { FuzzTarget } from './FuzzTarget.js';
import { akoolChatRoom } from './targets/akoolChatRoom.js';
import { akoolLive } from './targets/akoolLive.js';
import { akoolRest } from './targets/akoolRest.js';
import { akoolStreaming } from './targets/akoolStreaming.js';
import { base64 } from './targets/base64.js';
import { catalogue } from './targets/catalogue.js';
import { discovery } from './targets/discovery.js';
import { dveDecode } from './targets/dveDecode.js';
import { dveRoundTrip } from './targets/dveRoundTrip.js';
import { emulatorMessages } from './targets/emulatorMessages.js';
import { eventStream } from './targets/eventStream.js';
import { grant } from './targets/grant.js';
import { loopback } from './targets/loopback.js';
import { passes } from './targets/passes.js';
import { pcm } from './targets/pcm.js';
import { pictures } from './targets/pictures.js';
import { plainAudio } from './targets/plainAudio.js';
import { relayMessages } from './targets/relayMessages.js';
import { requests } from './targets/requests.js';
import { sessionLog } from './targets/sessionLog.js';
import { wav } from './targets/wav.js';
import { websocket } from './targets/websocket.js';

/** Everything that reads what comes from outside, by name. */
export const fuzzTargets: Readonly<Record<string, FuzzTarget>> = {
  akoolChatRoom,
  akoolLive,
  akoolRest,
  akoolStreaming,
  base64,
  catalogue,
  discovery,
  dveDecode,
  dveRoundTrip,
  emulatorMessages,
  eventStream,
  grant,
  loopback,
  passes,
  pcm,
  pictures,
  plainAudio,
  relayMessages,
  requests,
  sessionLog,
  wav,
  websocket,
};
