import { expect, it } from 'vitest';
import { createMicrophone } from '../../src/audio/createMicrophone.js';

async function inputs(): Promise<readonly string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'default').map(({ deviceId }) => deviceId);
}

it('changes to another device while it is on, and tells which one it really is', async () => {
  const microphone = createMicrophone();
  await microphone.start();
  const [first, second] = await inputs();
  if (first === undefined || second === undefined) throw new Error('This browser has no two fake microphones.');
  let frames = 0;
  const statuses = new Set<string>();
  microphone.subscribe(() => statuses.add(microphone.getSnapshot().status));
  microphone.subscribeFrames(() => frames++);
  const before = microphone.getTrack?.();

  await microphone.setDevice?.(second);
  expect(microphone.getSnapshot()).toMatchObject({ status: 'on', deviceId: second });
  expect([...statuses]).toEqual(['on']);
  expect(before?.readyState).toBe('ended');
  expect(microphone.getTrack?.()?.getSettings().deviceId).toBe(second);
  const heard = frames;
  await expect.poll(() => frames).toBeGreaterThan(heard + 10);

  await microphone.setDevice?.(first);
  expect(microphone.getSnapshot().deviceId).toBe(first);
  microphone.stop();
  expect(microphone.getSnapshot()).toMatchObject({ status: 'off', deviceId: null });
});

it('keeps the device that it has when the other one is not there', async () => {
  const microphone = createMicrophone();
  await microphone.start();
  const { deviceId } = microphone.getSnapshot();
  await expect(microphone.setDevice?.('no-such-device')).rejects.toMatchObject({ reason: 'microphone-missing' });
  expect(microphone.getSnapshot()).toMatchObject({ status: 'on', deviceId, error: null });
  microphone.stop();
  await microphone.start();
  expect(microphone.getSnapshot().status).toBe('on');
  microphone.stop();
});

it('takes a choice that is made while it starts, or before', async () => {
  const probe = createMicrophone();
  await probe.start();
  probe.stop();
  const [, second = ''] = await inputs();
  const microphone = createMicrophone();
  const starting = microphone.start();
  await microphone.setDevice?.(second);
  await starting;
  expect(microphone.getSnapshot().deviceId).toBe(second);
  microphone.stop();
  await microphone.start();
  expect(microphone.getSnapshot().deviceId).toBe(second);
  microphone.stop();
});

it('starts with the default where the preferred device is gone, and tells which one it has', async () => {
  const microphone = createMicrophone();
  microphone.preferDevice?.('no-such-device');
  await microphone.start();
  const { status, deviceId } = microphone.getSnapshot();
  expect(status).toBe('on');
  expect(deviceId).not.toBe('no-such-device');
  microphone.stop();

  const [, second = ''] = await inputs();
  microphone.preferDevice?.(second);
  await microphone.start();
  expect(microphone.getSnapshot().deviceId).toBe(second);
  microphone.stop();
});

it('keeps to the device that its options name, whatever the user prefers', async () => {
  const microphone = createMicrophone({ deviceId: 'no-such-device' });
  microphone.preferDevice?.('');
  await expect(microphone.start()).rejects.toMatchObject({ reason: 'microphone-missing' });
});
