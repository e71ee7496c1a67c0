import { describe, expect, it } from 'vitest';
import { defaultLabels } from '../../../src/react/labels/AvatarLabels.js';
import { englishDevices } from '../../../src/react/labels/DeviceLabels.js';
import { german } from '../../../src/react/labels/languages/german.js';
import { layWords } from '../../../src/react/labels/layWords.js';
import { englishSession } from '../../../src/react/labels/SessionLabels.js';

describe('the words of an area', () => {
  it('are its English where nothing has been given, and the same object', () => {
    expect(layWords(undefined, undefined)(englishDevices)).toBe(englishDevices);
  });

  it('are those of a whole language, and none of another area', () => {
    const words = layWords(undefined, german)(englishDevices);
    expect(Object.keys(words)).toEqual(Object.keys(englishDevices));
    expect(words.deviceNotes).toEqual(german.deviceNotes);
    expect(words.listenOnly).toBe(german.listenOnly);
  });

  it('keep what an outer provider has given and an inner one has not, in groups of words as well', () => {
    const outer = layWords(undefined, { start: 'Los', status: { live: 'Da' } });
    const { start, end, status } = layWords(outer, { end: 'Schluss', status: { idle: 'Bereit' } })(englishSession);
    expect({ start, end }).toEqual({ start: 'Los', end: 'Schluss' });
    expect(status).toEqual({ ...englishSession.status, live: 'Da', idle: 'Bereit' });
  });

  it('are English for a name that was given as undefined', () => {
    expect(layWords(undefined, { start: undefined })(englishSession).start).toBe(englishSession.start);
  });

  it('say together every word that there is, each once', () => {
    expect(defaultLabels).toMatchObject({ ...englishSession, ...englishDevices });
    expect(Object.keys(englishSession).filter((name) => name in englishDevices)).toEqual([]);
  });
});
