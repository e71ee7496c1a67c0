import type { Context } from './loadCanvas.js';
import { palette } from './palette.js';

const { room } = palette;

/** The room behind the avatar, out of focus: drawn once, because blur is far too slow for every frame. */
export function drawBackground(context: Context): void {
  const wall = context.createLinearGradient(0, 0, 512, 512);
  wall.addColorStop(0, room.light);
  wall.addColorStop(0.45, room.base);
  wall.addColorStop(1, room.deep);
  context.fillStyle = wall;
  context.fillRect(0, 0, 512, 512);

  context.save();
  context.filter = 'blur(7px)';
  drawWindow(context);
  drawShelf(context);
  context.filter = 'blur(4px)';
  drawPlant(context);
  context.restore();
  drawLight(context);
}

function drawWindow(context: Context): void {
  const pane = context.createLinearGradient(0, 20, 120, 330);
  pane.addColorStop(0, room.daylight);
  pane.addColorStop(1, room.daylightLow);
  context.fillStyle = room.frame;
  context.beginPath();
  context.roundRect(-30, -40, 170, 350, 18);
  context.fill();
  context.fillStyle = pane;
  for (const [x, y] of [[-24, -34], [60, -34], [-24, 138], [60, 138]] as const) {
    context.beginPath();
    context.roundRect(x, y, 72, 160, 8);
    context.fill();
  }
}

function drawShelf(context: Context): void {
  context.fillStyle = room.wood;
  context.fillRect(372, 212, 170, 12);
  const books = [
    [392, 132, 18, room.bookRed],
    [411, 142, 14, room.bookSand],
    [426, 126, 20, room.bookBlue],
    [447, 138, 15, room.bookRose],
    [463, 146, 13, room.bookCream],
  ] as const;
  for (const [x, top, width, colour] of books) {
    context.fillStyle = colour;
    context.fillRect(x, top, width, 212 - top);
  }
  context.fillStyle = 'rgba(25, 55, 60, 0.35)';
  context.fillRect(372, 224, 170, 16);
}

function drawPlant(context: Context): void {
  context.save();
  context.translate(452, 470);
  for (const [angle, length, light] of [[-0.95, 120, 0], [0.75, 126, 0], [-0.5, 168, 1], [0.36, 176, 0], [-0.08, 196, 1]] as const) {
    context.save();
    context.rotate(angle);
    context.fillStyle = light ? room.leafLight : room.leaf;
    context.beginPath();
    context.moveTo(0, 0);
    context.bezierCurveTo(-34, -length * 0.4, -26, -length * 0.8, 0, -length);
    context.bezierCurveTo(26, -length * 0.8, 34, -length * 0.4, 0, 0);
    context.fill();
    context.restore();
  }
  context.restore();
}

/** Daylight from the window and a vignette: they separate the figure from the room. */
function drawLight(context: Context): void {
  const sun = context.createRadialGradient(60, 90, 10, 90, 120, 360);
  sun.addColorStop(0, 'rgba(255, 236, 190, 0.7)');
  sun.addColorStop(0.25, 'rgba(255, 232, 186, 0.46)');
  sun.addColorStop(0.5, 'rgba(255, 228, 180, 0.22)');
  sun.addColorStop(0.75, 'rgba(255, 226, 176, 0.06)');
  sun.addColorStop(1, 'rgba(255, 226, 176, 0)');
  context.fillStyle = sun;
  context.fillRect(0, 0, 512, 512);
  const vignette = context.createRadialGradient(240, 230, 110, 256, 256, 410);
  vignette.addColorStop(0, 'rgba(18, 48, 56, 0)');
  vignette.addColorStop(0.35, 'rgba(18, 48, 56, 0.06)');
  vignette.addColorStop(0.7, 'rgba(18, 48, 56, 0.22)');
  vignette.addColorStop(1, 'rgba(18, 48, 56, 0.5)');
  context.fillStyle = vignette;
  context.fillRect(0, 0, 512, 512);
}
