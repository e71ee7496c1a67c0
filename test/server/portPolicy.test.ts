import { describe, expect, it } from 'vitest';
import { createPortPolicy } from '../../src/server/akool/createPortPolicy.js';

describe('which ports discovery may name', () => {
  const permitted = (ports: readonly number[], refused?: readonly number[]) => ports.filter((port) => createPortPolicy(refused).permitsPort(port));

  it('refuses what is no place for a node, unless told otherwise', () => {
    expect(permitted([1, 22, 23, 25, 53, 79, 81, 110, 139, 389, 445, 1_023, 2_375, 3_306, 5_432, 6_379, 10_250, 11_211, 27_017])).toEqual([]);
    const usual = [80, 443, 1_024, 3_000, 7_000, 8_000, 8_051, 8_080, 8_443, 9_000, 32_768, 65_535];
    expect(permitted(usual)).toEqual(usual);
  });

  it('refuses what a list names in its place, and nothing for an empty one', () => {
    expect(permitted([22, 443, 6_379, 9_000], [443, 9_000])).toEqual([22, 6_379]);
    expect(permitted([22, 25, 6_379], [])).toEqual([22, 25, 6_379]);
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN])('does not start with the entry %d', (entry) => {
    expect(() => createPortPolicy([entry])).toThrow(expect.objectContaining({ reason: 'server-misconfigured' }));
  });
});
