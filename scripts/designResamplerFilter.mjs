// Prints the numbers of src/dsp/resampler/responseSamples.ts: node scripts/designResamplerFilter.mjs
//
// The filter is h(t) = sum of c[j] cos(2 pi j t / LENGTH) over |t| < LENGTH / 2, with t in samples of the lower rate: its spectrum
// passes through c[j] at each multiple of 1 / LENGTH. The c[j] are found by Lawson's algorithm, which weights a least-squares fit
// anew until the largest error is least.

const LENGTH = 40;
const COUNT = 29;
const PASS_EDGE = 7 / 16;
const STOP_EDGE = 9 / 16;
/** As far as images are looked at; beyond, they fall with the cube of the frequency, since the filter ends at zero. */
const STOP_END = 2.2;
/** Errors that weigh the same: 0.006 dB in the pass band, -106 dB in the stop band. */
const PASS_ERROR = 7e-4;
const STOP_ERROR = 4.8e-6;
const ROUNDS = 1500;

/** @param {number} x */
const sinc = (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/**
 * Spectrum of the j-th cosine at frequency f.
 *
 * @param {number} j
 * @param {number} f
 */
const basis = (j, f) => (j === 0 ? sinc(f * LENGTH) : sinc(f * LENGTH - j) + sinc(f * LENGTH + j));

/** @typedef {{ readonly row: readonly number[], readonly wanted: number, readonly error: number }} Point */

/** @returns {readonly Point[]} */
function points() {
  const list = [];
  const step = 0.1 / LENGTH;
  const rowAt = (/** @type {number} */ f) => Array.from({ length: COUNT }, (_, j) => basis(j, f));
  for (let f = 0; f < PASS_EDGE + step; f += step) list.push({ row: rowAt(Math.min(f, PASS_EDGE)), wanted: 1, error: PASS_ERROR });
  for (let f = STOP_EDGE; f < STOP_END; f += step) list.push({ row: rowAt(f), wanted: 0, error: STOP_ERROR * Math.min(1, 1.2 / f) });
  return list;
}

/** Met to the last digit: a constant passes unchanged, and the filter ends at zero. */
const constraints = [
  { row: Array.from({ length: COUNT }, (_, j) => (j === 0 ? 1 : 0)), wanted: 1 },
  { row: Array.from({ length: COUNT }, (_, j) => (j === 0 ? 1 : j % 2 === 0 ? 2 : -2)), wanted: 0 },
];

/**
 * Solves for the coefficients by elimination: the normal equations, bordered by the constraints.
 *
 * @param {readonly Point[]} fit
 * @param {readonly number[]} weights
 */
function leastSquares(fit, weights) {
  const size = COUNT + constraints.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1));
  fit.forEach(({ row, wanted, error }, i) => {
    const weight = (weights[i] ?? 0) / error ** 2;
    for (let r = 0; r < COUNT; r++) {
      const scaled = weight * (row[r] ?? 0);
      const line = /** @type {Float64Array} */ (matrix[r]);
      for (let c = 0; c < COUNT; c++) line[c] = (line[c] ?? 0) + scaled * (row[c] ?? 0);
      line[size] = (line[size] ?? 0) + scaled * wanted;
    }
  });
  constraints.forEach(({ row, wanted }, i) => {
    const line = /** @type {Float64Array} */ (matrix[COUNT + i]);
    row.forEach((value, c) => {
      line[c] = value;
      /** @type {Float64Array} */ (matrix[c])[COUNT + i] = value;
    });
    line[size] = wanted;
  });
  return eliminate(matrix, size).slice(0, COUNT);
}

/**
 * Gauss and Jordan, with partial pivoting.
 *
 * @param {Float64Array[]} matrix
 * @param {number} size
 */
function eliminate(matrix, size) {
  const at = (/** @type {number} */ r, /** @type {number} */ c) => matrix[r]?.[c] ?? 0;
  for (let i = 0; i < size; i++) {
    let pivot = i;
    for (let r = i + 1; r < size; r++) if (Math.abs(at(r, i)) > Math.abs(at(pivot, i))) pivot = r;
    [matrix[i], matrix[pivot]] = /** @type {[Float64Array, Float64Array]} */ ([matrix[pivot], matrix[i]]);
    for (let r = 0; r < size; r++) {
      const factor = r === i ? 0 : at(r, i) / at(i, i);
      if (factor !== 0) for (let c = i; c <= size; c++) /** @type {Float64Array} */ (matrix[r])[c] = at(r, c) - factor * at(i, c);
    }
  }
  return Array.from({ length: size }, (_, i) => at(i, size) / at(i, i));
}

const fit = points();
let weights = fit.map(() => 1 / fit.length);
let best = { worst: Infinity, coefficients: /** @type {number[]} */ ([]) };
for (let round = 0; round < ROUNDS; round++) {
  const coefficients = leastSquares(fit, weights);
  const errors = fit.map(({ row, wanted, error }) => Math.abs(row.reduce((sum, value, j) => sum + value * (coefficients[j] ?? 0), -wanted)) / error);
  const worst = Math.max(...errors);
  if (worst < best.worst) best = { worst, coefficients };
  const raised = weights.map((weight, i) => weight * ((errors[i] ?? 0) / worst + 1e-9));
  const total = raised.reduce((sum, weight) => sum + weight, 0);
  weights = raised.map((weight) => weight / total);
}
const decibels = (/** @type {number} */ ratio) => 20 * Math.log10(ratio);
console.log(`pass band within ${decibels(1 + PASS_ERROR * best.worst).toFixed(4)} dB, stop band below ${decibels(STOP_ERROR * best.worst).toFixed(1)} dB`);
console.log(best.coefficients.map((value) => Number(value.toFixed(9))).join(', '));
