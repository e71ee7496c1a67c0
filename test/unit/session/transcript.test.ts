import { describe, expect, it } from 'vitest';
import { createAvatarSession } from '../../../src/session/createAvatarSession.js';
import { addToTranscript, interruptTranscript } from '../../../src/session/transcript.js';
import { dve } from '../../../src/services/dve/dve.js';
import { akoolLive } from '../../../src/services/akool-live/akoolLive.js';
import { pipeline } from '../../../src/services/pipeline/pipeline.js';

describe('the transcript', () => {
  it('notes when an entry began and when its text changed last', () => {
    const begun = addToTranscript([], 3, { role: 'assistant', text: 'Good', final: false, atMs: 1_000 });
    const [entry] = addToTranscript(begun, 3, { role: 'assistant', text: 'Good morning.', final: true, atMs: 1_400 });

    expect(entry).toEqual({ id: 1, turnId: 3, role: 'assistant', text: 'Good morning.', final: true, interrupted: false, startedAt: 1_000, changedAt: 1_400 });
  });

  it('marks a reply of which the service knows what was not heard, and keeps that apart', () => {
    const open = addToTranscript([], 0, { role: 'assistant', text: 'One, two, three.', final: false });
    const cut = addToTranscript(open, 0, { role: 'assistant', text: 'One,', final: true, unheard: ' two, three.' });

    expect(interruptTranscript(cut)).toEqual([{ id: 1, turnId: 0, role: 'assistant', text: 'One,', unheard: ' two, three.', final: true, interrupted: true }]);
  });
});

describe('what a session tells of itself', () => {
  const synthesize = () => new Int16Array(16);

  it('says whether somebody answers text', () => {
    const takesText = (options: object) => createAvatarSession({ grant: '/api/avatar', ...options }).takesText;

    expect(takesText({})).toBe(false);
    expect(takesText({ avatar: akoolLive() })).toBe(true);
    expect(takesText({ voice: dve() })).toBe(false);
    expect(takesText({ voice: pipeline({ sampleRateHz: 16_000, synthesize, respond: () => 'Hello.' }) })).toBe(true);
    expect(takesText({ voice: pipeline({ sampleRateHz: 16_000, synthesize }) })).toBe(false);
  });

  it('says how turns are taken, where they are', () => {
    const puppet = createAvatarSession({ grant: '/api/avatar' });
    const voice = createAvatarSession({ grant: '/api/avatar', voice: dve(), turnTaking: { mode: 'transcript' } });
    voice.setTurnMode('push-to-talk');

    expect(puppet.getTurnMode()).toBeNull();
    expect(voice.getTurnMode()).toBe('push-to-talk');
  });

  it('keeps the volume in its state', () => {
    const session = createAvatarSession({ grant: '/api/avatar' });
    session.setVolume(0);

    expect(session.getSnapshot().volume).toBe(0);
  });
});
