import { act, cleanup, render, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useAudioStream, type AudioFrame } from '../../src/index.js';
import { createScriptedMicrophone } from '../../src/testing/createScriptedMicrophone.js';

afterEach(cleanup);

const frame: AudioFrame = { samples: new Int16Array(160), sequence: 0, rms: 0, peak: 0 };

describe('useAudioStream', () => {
  it('works with a stream of its own, outside of a provider', async () => {
    const stream = createScriptedMicrophone();
    const { result } = renderHook(() => useAudioStream({ stream }));
    await act(() => result.current.start());
    expect(result.current.status).toBe('on');

    act(() => result.current.toggle());
    expect(result.current.muted).toBe(true);
    act(() => result.current.stop());
    expect(result.current.status).toBe('off');
  });

  it('gives frames and levels to the latest callbacks without rendering', () => {
    const stream = createScriptedMicrophone({ status: 'on' });
    const rendered = vi.fn();
    const first = vi.fn();
    const onFrame = vi.fn();
    const onLevel = vi.fn();
    function Probe({ listener }: { readonly listener: (frame: AudioFrame) => void }) {
      useAudioStream({ stream, onFrame: (heard) => listener(heard), onLevel });
      rendered();
      return null;
    }
    const { rerender } = render(<Probe listener={first} />);
    rerender(<Probe listener={onFrame} />);
    rendered.mockClear();
    stream.emitFrame(frame);
    stream.emitLevel(0.2);

    expect(first).not.toHaveBeenCalled();
    expect(onFrame).toHaveBeenCalledExactlyOnceWith(frame);
    expect(onLevel).toHaveBeenCalledExactlyOnceWith(0.2);
    expect(rendered).not.toHaveBeenCalled();
  });

  it('listens only while somebody wants to hear, and stops with the component', () => {
    const stream = createScriptedMicrophone({ status: 'on' });
    const { rerender, unmount } = renderHook(({ onLevel }: { onLevel?: () => void }) => useAudioStream({ stream, onLevel }), { initialProps: {} });
    expect(stream.listenerCount).toBe(0);
    rerender({ onLevel: () => undefined });
    expect(stream.listenerCount).toBe(1);
    unmount();
    expect(stream.listenerCount).toBe(0);
  });

  it('says what is missing when it has no microphone', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => renderHook(() => useAudioStream())).toThrow(/pass it a stream/);
    quiet.mockRestore();
  });
});
