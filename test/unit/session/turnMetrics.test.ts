import { describe, expect, it } from 'vitest';
import { createTurnMetrics } from '../../../src/session/latency/createTurnMetrics.js';
import type { TurnMetrics } from '../../../src/session/latency/TurnMetrics.js';

function setUp() {
  const turns: TurnMetrics[] = [];
  const measured: string[] = [];
  let turnId = 0;
  const meter = createTurnMetrics({
    turnId: () => turnId,
    onTurn: (metrics) => turns.push(metrics),
    onMeasure: (metric, turn, fromMs, untilMs) => measured.push(`${turn} ${metric} ${fromMs} ${untilMs}`),
  });
  return { meter, turns, measured, nextTurn: () => ++turnId };
}

describe('createTurnMetrics', () => {
  it('measures a turn from the end of speech to the first picture after the first sound', () => {
    const { meter, turns, measured } = setUp();
    meter.report('speech-end', 1000);
    meter.report('turn-sent', 1020);
    meter.report('video-frame', 1030);
    meter.report('reply-audio', 1400);
    meter.report('heard', 1480);
    meter.report('heard', 1600);
    meter.report('video-frame', 1520);
    meter.end();
    expect(turns).toEqual([{ turnId: 0, turnSentMs: 20, replyAudioMs: 400, heardMs: 480, videoFrameMs: 520, interruptToSilenceMs: null }]);
    expect(measured).toEqual(['0 turnSentMs 1000 1020', '0 replyAudioMs 1000 1400', '0 heardMs 1000 1480', '0 videoFrameMs 1000 1520']);
  });

  it('measures from the later end when the user goes on before anything came back', () => {
    const { meter, turns } = setUp();
    meter.report('speech-end', 1000);
    meter.report('turn-sent', 1010);
    meter.report('speech-end', 3000);
    meter.report('heard', 3500);
    meter.end();
    expect(turns.map(({ heardMs }) => heardMs)).toEqual([500]);
  });

  it('closes a turn with the next one', () => {
    const { meter, turns, nextTurn } = setUp();
    meter.report('speech-end', 0);
    meter.report('heard', 300);
    nextTurn();
    meter.report('speech-end', 5000);
    meter.report('heard', 5700);
    meter.end();
    expect(turns.map(({ turnId, heardMs }) => [turnId, heardMs])).toEqual([[0, 300], [1, 700]]);
  });

  it('measures an interrupt until silence, once', () => {
    const { meter, turns } = setUp();
    meter.report('speech-end', 0);
    meter.report('heard', 300);
    meter.report('interrupt', 900);
    meter.report('interrupt', 950);
    meter.report('silence', 1020);
    meter.report('silence', 1200);
    expect(turns).toMatchObject([{ heardMs: 300, interruptToSilenceMs: 120 }]);
  });

  it('measures the interrupt of what the application says by itself', () => {
    const { meter, turns } = setUp();
    meter.report('interrupt', 900);
    meter.report('silence', 990);
    expect(turns).toMatchObject([{ heardMs: null, interruptToSilenceMs: 90 }]);
  });

  it('tells of no turn in which nothing was measured', () => {
    const { meter, turns } = setUp();
    meter.report('heard', 10);
    meter.report('silence', 20);
    meter.report('speech-end', 30);
    meter.end();
    expect(turns).toEqual([]);
  });

  it('gives the median and the 95th percentile of the turns that have the figure', () => {
    const { meter } = setUp();
    for (let turn = 1; turn <= 20; turn++) {
      meter.report('speech-end', turn * 10_000);
      meter.report('heard', turn * 10_000 + turn * 10);
    }
    const { turns, last, spread } = meter.latency;
    expect(turns).toBe(20);
    expect(last?.heardMs).toBe(200);
    expect(spread.heardMs).toEqual({ count: 20, p50: 100, p95: 190 });
    expect(spread.replyAudioMs).toBeNull();
  });

  it('keeps no more than 500 turns', () => {
    const { meter } = setUp();
    for (let turn = 1; turn <= 800; turn++) {
      meter.report('speech-end', turn * 1000);
      meter.report('heard', turn * 1000 + turn);
    }
    expect(meter.latency.turns).toBeLessThanOrEqual(501);
    expect(meter.latency.spread.heardMs?.p50).toBeGreaterThan(500);
  });
});
