import { systemClock, type Clock } from '../../../src/clock/clock.js';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { AvatarGrant } from '../../../src/grant/grant.js';
import { akoolChatRoom } from '../../../src/services/akool-live/akoolChatRoom.js';
import { akoolLive } from '../../../src/services/akool-live/akoolLive.js';
import { akoolStreaming } from '../../../src/services/akool-streaming/akoolStreaming.js';
import type { AvatarService } from '../../../src/services/service.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createFakeRoom, obedient } from './createFakeRoom.js';
import { describeAvatarService, type AvatarServiceHarness } from './describeAvatarService.js';
import { NodeSocket, openSocketServer } from './openSocketServer.js';

const lease = { keepIntervalMs: 30_000, endsAt: 4e12 };
const lost = () => new AvatarError('connection-lost', { message: 'Taken away by the test.' });

/** The platform's clock, which counts what is still scheduled. */
function countTasks(): Clock & { readonly pending: number } {
  const pending = new Set<object>();
  return {
    now: systemClock.now,
    get pending() {
      return pending.size;
    },
    schedule(run, delayMs) {
      const task = {};
      pending.add(task);
      const cancel = systemClock.schedule(() => {
        pending.delete(task);
        run();
      }, delayMs);
      return () => {
        pending.delete(task);
        cancel();
      };
    },
  };
}

/** Everything that a service may need: a relay, a room with an avatar in it, a server that keeps the lease. */
async function surround(onText: Parameters<typeof openSocketServer>[0], make: (url: string) => { readonly service: AvatarService; readonly avatar: AvatarGrant }) {
  const server = await openSocketServer(onText);
  const room = createFakeRoom(obedient);
  const clock = countTasks();
  const { service, avatar } = make(server.url);
  room.enter();
  return {
    server,
    room,
    harness: {
      connect: ({ signal, onEvent }) =>
        service.connect({
          grant: createFakeGrant({ avatar }), params: { voiceId: 'v1' }, signal, clock, onEvent,
          room: async () => room,
          keepLease: async () => ({ status: 'ready', keptUntil: 4e12 }),
        }),
      leaks: () => clock.pending + room.listenerCount + server.sockets.filter(({ readyState }) => readyState !== 3).length,
      close: server.close,
    } satisfies Omit<AvatarServiceHarness, 'lose'>,
  };
}

const admission = (url: string) => ({ url, ticket: 'the-ticket', ticketExpiresAt: 4e12 });

describeAvatarService('akoolStreaming', async () => {
  const { server, harness } = await surround(
    (text, { send }) => {
      const { type, mid, pld } = JSON.parse(text);
      if (type === 'ping') send({ v: 2, type: 'pong', mid, pld: {} });
      if (type === 'command' || type === 'event') send({ v: 2, type: 'ack', mid: 'a', pld: { original_mid: mid, status: 'success' } });
      if (pld.cmd === 'set-params') send({ v: 2, type: 'system', mid: 's', pld: { status: 'agora_connected', channel_id: 'room' } });
    },
    // Nothing greets it, so that it need not wait for long.
    (url) => ({ service: akoolStreaming({ WebSocket: NodeSocket, confirmTimeoutMs: 10, chunkDurationMs: 10 }), avatar: { service: 'akool-streaming', avatarId: 'anna', ...admission(url) } }),
  );
  return { ...harness, lose: () => server.sockets.at(-1)?.terminate() };
});

describeAvatarService('akoolLive', async () => {
  const { room, harness } = await surround(undefined, () => ({ service: akoolLive(), avatar: { service: 'akool-live', avatarId: 'anna', ...lease } }));
  return { ...harness, lose: () => room.emit({ type: 'disconnect', error: lost() }) };
});

describeAvatarService('akoolChatRoom', async () => {
  const { server, harness } = await surround(undefined, (url) => ({
    service: akoolChatRoom({ WebSocket: NodeSocket }),
    avatar: { service: 'akool-chat-room', avatarId: 'kai', peer: 'server_1', ...admission(url), ...lease },
  }));
  return { ...harness, lose: () => server.sockets.at(-1)?.terminate(), settleInterrupt: async (connection) => connection.sendText?.('Next.') };
});

for (const hears of ['samples', 'room'] as const) {
  describeAvatarService(`the fake that hears ${hears}`, async () => {
    const service = createFakeAvatarService({ hears });
    const room = createFakeRoom();
    return {
      connect: ({ signal, onEvent }) => service.connect({ grant: createFakeGrant(), params: {}, signal, clock: systemClock, onEvent, room: async () => room, keepLease: null }),
      lose: () => service.emit({ type: 'disconnect', error: lost(), unsentAudioMs: 0 }),
      leaks: () => (service.connected ? 1 : 0),
      close: async () => undefined,
    };
  });
}
