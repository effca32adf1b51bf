// Edges on a canvas of their own: a line is its certainty, which WebGL edges cannot show.
const ARROW = 7;

// How the ends of several edges between two nodes are bent apart; those read backwards bend back.
export function bends(source, target) {
  const seen = new Map();
  return source.map((s, i) => {
    const t = target[i];
    const key = s < t ? `${s}\n${t}` : `${t}\n${s}`;
    const n = seen.get(key) || 0;
    seen.set(key, n + 1);
    const bend = (n % 2 ? -1 : 1) * (0.08 + 0.1 * Math.ceil(n / 2));
    return s < t ? bend : -bend;
  });
}

export function draw(ctx, from, to, { how, bend, arrow, gap, colours, alpha, width }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length < 2) return;
  const control = { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = ctx.fillStyle = colours[how] || colours.stated;
  const tip = inwards(to, control, gap);
  const path = new Path2D();
  path.moveTo(from.x, from.y);
  path.quadraticCurveTo(control.x, control.y, tip.x, tip.y);
  ctx.setLineDash(how === "assumed" ? [6, 4] : how === "unknown" || how === "blocked" ? [1.5, 3.5] : []);
  if (how === "rule") {
    ctx.lineWidth = width + 2.4;
    ctx.stroke(path);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = colours.ground;
    ctx.lineWidth = width + 0.2;
    ctx.stroke(path);
    ctx.globalAlpha = alpha;
  } else {
    ctx.lineWidth = width;
    ctx.stroke(path);
  }
  ctx.setLineDash([]);
  if (arrow) head(ctx, control, tip);
  ctx.globalAlpha = 1;
}

function inwards(to, from, by) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: to.x + ((from.x - to.x) * by) / length, y: to.y + ((from.y - to.y) * by) / length };
}

function head(ctx, from, tip) {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  for (const side of [0.42, -0.42]) ctx.lineTo(tip.x - ARROW * Math.cos(angle + side), tip.y - ARROW * Math.sin(angle + side));
  ctx.fill();
}
