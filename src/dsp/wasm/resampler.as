// The inner loop of src/dsp/createResampler.ts in AssemblyScript; npm run generate compiles it. Its twin in TypeScript,
// src/dsp/resampler/createScalarKernel.ts, adds in the same order and so gives the same bits.

/** Rows of the bank, in bytes each; the first half of the only one where there is but one. */
let rows: usize;
let rowBytes: usize;
/** Rows from phase 0 to phase 1; 0 when each phase has its own. */
let phases: i32;
let up: i32;
let wholeStepBytes: usize;
let phaseStep: i32;

/** Where the next output's samples begin, and its phase, row and way to the next row. */
let start: usize;
let phase: i32;
let row: usize;
let fraction: f32;

export function configure(rowsAt: usize, rowLength: i32, interpolatedPhases: i32, upFactor: i32, downFactor: i32): void {
  rows = rowsAt;
  rowBytes = <usize>rowLength << 2;
  phases = interpolatedPhases;
  up = upFactor;
  wholeStepBytes = <usize>(downFactor / upFactor) << 2;
  phaseStep = downFactor % upFactor;
}

/** Writes `count` outputs, rounded up to whole groups of four, from `output` on. */
export function convolve(history: usize, output: usize, firstPhase: i32, count: i32): void {
  start = history;
  phase = firstPhase;
  const end = output + (<usize>count << 2);
  for (; output < end; output += 16) {
    locate();
    const startA = start, rowA = row, fractionA = fraction;
    advance();
    locate();
    const startB = start, rowB = row, fractionB = fraction;
    advance();
    locate();
    const startC = start, rowC = row, fractionC = fraction;
    advance();
    locate();
    const startD = start, rowD = row, fractionD = fraction;
    advance();
    if (up == 1) {
      v128.store(output, convolveFolded(startA, startB, startC, startD));
      continue;
    }
    const here = convolveGroup(startA, startB, startC, startD, rowA, rowB, rowC, rowD);
    if (phases == 0) {
      v128.store(output, here);
      continue;
    }
    const next = convolveGroup(startA, startB, startC, startD, rowA + rowBytes, rowB + rowBytes, rowC + rowBytes, rowD + rowBytes);
    let way = f32x4.splat(fractionA);
    way = f32x4.replace_lane(way, 1, fractionB);
    way = f32x4.replace_lane(way, 2, fractionC);
    way = f32x4.replace_lane(way, 3, fractionD);
    v128.store(output, f32x4.add(here, f32x4.mul(f32x4.sub(next, here), way)));
  }
}

// @ts-ignore: AssemblyScript allows it
@inline function locate(): void {
  if (phases == 0) row = rows + <usize>phase * rowBytes;
  else locateBetween();
}

function locateBetween(): void {
  const position = <f64>phase / <f64>up * <f64>phases;
  const index = <i32>position;
  row = rows + <usize>index * rowBytes;
  fraction = <f32>(position - <f64>index);
}

// @ts-ignore: AssemblyScript allows it
@inline function advance(): void {
  start += wholeStepBytes;
  phase += phaseStep;
  if (phase >= up) {
    phase -= up;
    start += 4;
  }
}

/** Four inner products, each of its own stretch of samples and its own row. */
function convolveGroup(xa: usize, xb: usize, xc: usize, xd: usize, ra: usize, rb: usize, rc: usize, rd: usize): v128 {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (let k: usize = 0; k < rowBytes; k += 16) {
    a = f32x4.add(a, f32x4.mul(v128.load(xa + k), v128.load(ra + k)));
    b = f32x4.add(b, f32x4.mul(v128.load(xb + k), v128.load(rb + k)));
    c = f32x4.add(c, f32x4.mul(v128.load(xc + k), v128.load(rc + k)));
    d = f32x4.add(d, f32x4.mul(v128.load(xd + k), v128.load(rd + k)));
  }
  return addLanes(a, b, c, d);
}

/** The same where there is but one row, folded in the middle: samples that share a coefficient are added first. */
function convolveFolded(xa: usize, xb: usize, xc: usize, xd: usize): v128 {
  // The last four of the samples but one, from where each stretch is read backwards.
  const mirror = rowBytes - 20;
  let ya = xa + mirror, yb = xb + mirror, yc = xc + mirror, yd = xd + mirror;
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  const halfBytes = rowBytes >> 1;
  for (let k: usize = 0; k < halfBytes; k += 16) {
    const coefficients = v128.load(rows + k);
    a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(xa + k), reverse(v128.load(ya - k))), coefficients));
    b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(xb + k), reverse(v128.load(yb - k))), coefficients));
    c = f32x4.add(c, f32x4.mul(f32x4.add(v128.load(xc + k), reverse(v128.load(yc - k))), coefficients));
    d = f32x4.add(d, f32x4.mul(f32x4.add(v128.load(xd + k), reverse(v128.load(yd - k))), coefficients));
  }
  return addLanes(a, b, c, d);
}

// @ts-ignore: AssemblyScript allows it
@inline function reverse(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 3, 2, 1, 0);
}

/** The four lanes of each, in their order: lane i of the result is the sum of the i-th argument. */
function addLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  const lane0 = v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5);
  const lane1 = v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7);
  const lane2 = v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5);
  const lane3 = v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7);
  return f32x4.add(f32x4.add(f32x4.add(lane0, lane1), lane2), lane3);
}
