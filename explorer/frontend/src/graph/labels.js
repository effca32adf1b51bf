// Labels that keep clear of each other and of the frame: each tries a few places, in order of weight.
export class Labels {
  constructor(ctx, { width, height, ground, font }) {
    Object.assign(this, { ctx, width, height, ground, font, taken: [] });
    ctx.lineJoin = "round";
    ctx.textBaseline = "middle";
  }

  // Keep a place free of labels: a node, or a control that lies on the picture.
  keep(x, y, w, h) {
    this.taken.push([x, y, x + w, y + h]);
  }

  free([a, b, c, d]) {
    if (a < 2 || b < 2 || c > this.width - 2 || d > this.height - 2) return false;
    return !this.taken.some(([e, f, g, h]) => a < g && c > e && b < h && d > f);
  }

  // Write a text at the first of its places that is free; `must` takes the first one, moved inside.
  write(text, places, { size = 13, weight = 400, colour, must = false, most = 240 } = {}) {
    const { ctx } = this;
    ctx.font = `${weight} ${size}px ${this.font}`;
    const said = fit(ctx, text, most);
    const w = ctx.measureText(said).width;
    const h = size + 3;
    for (const [x, y, align] of places) {
      const left = align === "left" ? x : align === "right" ? x - w : x - w / 2;
      const box = [left - 2, y - h / 2, left + w + 2, y + h / 2];
      if (this.free(box)) return this.draw(said, box, colour);
    }
    if (!must) return false;
    const [x, y, align] = places[0];
    const left = Math.min(Math.max(4, align === "left" ? x : align === "right" ? x - w : x - w / 2), this.width - w - 4);
    const top = Math.min(Math.max(2, y - h / 2), this.height - h - 2);
    return this.draw(said, [left - 2, top, left + w + 2, top + h], colour);
  }

  // Write a text over a circle, in two lines where it does not fit in one; circles do not overlap.
  inside(text, x, y, { size, colour, most }) {
    const { ctx } = this;
    ctx.font = `400 ${size}px ${this.font}`;
    const words = text.split(/\s+/);
    let n = words.length;
    while (n > 1 && ctx.measureText(words.slice(0, n).join(" ")).width > most) n--;
    const lines = [words.slice(0, n).join(" "), words.slice(n).join(" ")].filter(Boolean).map((line) => fit(ctx, line, most));
    lines.forEach((line, i) => {
      const w = ctx.measureText(line).width;
      const at = y + (i - (lines.length - 1) / 2) * (size + 1);
      this.draw(line, [x - w / 2 - 2, at - size / 2, x + w / 2 + 2, at + size / 2], colour);
    });
  }

  draw(text, box, colour) {
    const { ctx } = this;
    this.taken.push(box);
    const y = (box[1] + box[3]) / 2;
    ctx.lineWidth = 4;
    ctx.strokeStyle = this.ground;
    ctx.strokeText(text, box[0] + 2, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, box[0] + 2, y);
    return true;
  }
}

function fit(ctx, text, most) {
  if (ctx.measureText(text).width <= most) return text;
  let [low, high] = [1, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ctx.measureText(text.slice(0, middle) + "…").width <= most) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low).trimEnd() + "…";
}
