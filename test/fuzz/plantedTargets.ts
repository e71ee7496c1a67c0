import { FuzzFinding, orRefusal, type FuzzTarget } from './FuzzTarget.js';
import { AvatarError } from '../../src/errors/AvatarError.js';

/** Enough bytes a mutation to be seen after a few hundred of them. */
const LEAK_NUMBERS = 16_384;
const kept: Float64Array[] = [];
const fine = { input: 1, output: 1 };
const planted = (fuzz: FuzzTarget['fuzz']): FuzzTarget => ({ share: 1, fuzz });
/** Some mutations only, so that it has to be met. */
const oneIn = (many: number, random: Parameters<FuzzTarget['fuzz']>[0]): boolean => random.below(many) === 0;

/** Readers with one fault each, which the harness has to find: `npm run fuzz -- --planted`. */
export const plantedTargets: Readonly<Record<string, FuzzTarget>> = {
  sound: planted(() => fine),
  crash: planted((random) => {
    orRefusal(['message-invalid'], 'planted', () => {
      // As a reader would that believes what it is told.
      if (oneIn(100, random)) JSON.parse('{"length":');
    });
    return fine;
  }),
  undeclared: planted((random) => {
    orRefusal(['message-invalid'], 'planted', () => {
      if (oneIn(100, random)) throw new AvatarError('quota-exceeded', { message: 'Planted.' });
    });
    return fine;
  }),
  hang: planted((random) => {
    if (oneIn(100, random)) for (;;);
    return fine;
  }),
  pollution: planted((random) => {
    // A name that nobody asks for, so that nothing else goes wrong; a plain assignment, as a careless merge makes it.
    if (oneIn(100, random)) Object.assign(Object.prototype, { planted: true });
    return fine;
  }),
  growth: planted(() => {
    kept.push(new Float64Array(LEAK_NUMBERS));
    return fine;
  }),
  inflation: planted((random) => (oneIn(100, random) ? { input: 10, output: 1_000_000 } : fine)),
  lie: planted((random) => {
    if (oneIn(100, random)) throw new FuzzFinding('It read something else than was written');
    return fine;
  }),
};
