export { createManualClock, type ManualClock } from './testing/createManualClock.js';
export { createFakeMicrophone, type FakeMicrophone, type FakeMicrophoneOptions } from './testing/createFakeMicrophone.js';
export { createFakeChannel, type FakeChannel } from './testing/createFakeChannel.js';
export { createFakeAvatarService, type FakeAvatarService } from './testing/createFakeAvatarService.js';
