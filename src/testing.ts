export { createFakeAvatarService, type FakeAvatarService } from './testing/createFakeAvatarService.js';
export { createFakeChannel, type FakeChannel } from './testing/createFakeChannel.js';
export { createFakeGrant } from './testing/createFakeGrant.js';
export { createFakeMicrophone, type FakeMicrophone, type FakeMicrophoneOptions } from './testing/createFakeMicrophone.js';
export { createManualClock, type ManualClock } from './testing/createManualClock.js';
export { createScriptedMicrophone, type ScriptedMicrophone } from './testing/createScriptedMicrophone.js';
export { createScriptedSession, type ScriptedCall, type ScriptedSession, type ScriptedSessionOptions } from './testing/createScriptedSession.js';
export { loopbackChannel } from './channel/loopbackChannel.js';
