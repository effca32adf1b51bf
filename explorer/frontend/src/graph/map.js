// All applications in their governments, those in their level: a fixed map that is coloured in several ways.
import Graph from "graphology";
import { Frame } from "./frame.js";
import { Labels } from "./labels.js";
import { calm, mixer } from "./theme.js";

const NEAR = 18; // pixels of radius from which an application bears its name

export class Landscape {
  constructor(parent) {
    this.frame = new Frame(parent);
    this.frame.legend.remove();
    this.frame.stage.addEventListener("keydown", (event) => this.key(event));
  }

  // `columns` is the landscape, sent once; `data` is how it is looked at.
  show(data, columns, act) {
    Object.assign(this, { data, act });
    this.frame.theme.forget();
    this.frame.name(data.words, data.height);
    this.marked = new Set(data.marked || []);
    this.paint();
    if (this.version !== columns.version) this.build(columns);
    else this.frame.sigma.refresh({ skipIndexation: true });
    if (this.zoomed !== data.zoom) this.go(data.zoom);
    this.tell();
  }

  build(columns) {
    this.c = columns;
    const g = (this.g = new Graph());
    columns.id.forEach((id, i) => g.addNode(id, { x: columns.x[i], y: columns.y[i], i }));
    const [r, R] = [columns.radius, columns.whole];
    const sigma = this.frame.draw(
      g,
      { itemSizesReference: "positions", zoomToSizeRatioFunction: (x) => x, stagePadding: 10, minCameraRatio: 0.002, maxCameraRatio: 1.6, nodeReducer: (_, a) => this.reduced(a, r) },
      { under: (...x) => this.under(...x), over: (...x) => this.over(...x) },
      { x: [-R, R], y: [-R, R] },
    );
    sigma.on("clickNode", ({ node }) => this.act({ what: "choose", id: node }));
    sigma.on("clickStage", ({ event }) => this.clickGround(event));
    sigma.on("doubleClickStage", (e) => e.preventSigmaDefault());
    sigma.on("enterNode", ({ node }) => this.hover(node));
    sigma.on("leaveNode", () => this.hover(null));
    this.frame.ready(columns.version);
    this.version = columns.version;
    this.zoomed = "";
  }

  // Colours of a way of looking: a palette by the number in a column.
  paint() {
    const { colour } = this.frame.theme;
    this.palette = this.data.palette.map(({ fill, rim }) => ({ color: colour(fill), rim: rim ? colour(rim) : null }));
    this.dim = mixer(colour("--sp-bg"), 0.22);
    this.root = { ink: colour("--sp-ink"), mute: colour("--sp-mute"), line: colour("--sp-line"), sheet: colour("--sp-sheet"), ground: colour("--sp-bg"), wedel: colour("--sp-wedel") };
  }

  reduced({ x, y, i }, size) {
    const look = this.palette[this.c[this.data.column][i]];
    const made = { x, y, size, shape: 0, color: look.color, rim: look.rim, rimWidth: 1.6, zIndex: look.rim ? 1 : 0 };
    if (this.marked.size && !this.marked.has(i)) [made.color, made.rim] = [this.dim(look.color), null];
    if (this.marked.has(i) || this.c.id[i] === this.data.chosen) Object.assign(made, { rim: this.root.ink, rimWidth: 2.5, size: size * 1.1, zIndex: 2 });
    return made;
  }

  at(x, y) {
    return this.frame.sigma.graphToViewport({ x, y });
  }

  get unit() {
    const [a, b] = [this.at(0, 0), this.at(1000, 0)];
    return Math.hypot(a.x - b.x, a.y - b.y) / 1000;
  }

  under(ctx, width, height) {
    const { levels, governments } = this.c;
    const unit = this.unit;
    ctx.lineWidth = 1;
    const circle = (x, y, r, fill, stroke) => {
      const at = this.at(x, y);
      if (at.x + r < 0 || at.y + r < 0 || at.x - r > width || at.y - r > height) return;
      ctx.beginPath();
      ctx.arc(at.x, at.y, r, 0, 2 * Math.PI);
      ctx.fillStyle = fill;
      ctx.fill();
      ctx.strokeStyle = stroke;
      ctx.stroke();
    };
    levels.x.forEach((x, i) => circle(x, levels.y[i], levels.r[i] * unit, this.root.sheet, this.root.line));
    governments.x.forEach((x, i) => circle(x, governments.y[i], governments.r[i] * unit, this.root.ground, governments.id[i] === this.data.zoom ? this.root.wedel : this.root.line));
  }

  over(ctx, width, height) {
    const { levels, governments, name } = this.c;
    const unit = this.unit;
    const labels = new Labels(ctx, { width, height, ground: this.root.ground, font: getComputedStyle(this.frame.root).fontFamily });
    labels.keep(width - 48, 0, 48, 118);
    const top = (x, y, r, lift) => {
      const at = this.at(x, y);
      return [at.x, at.y - r * unit + lift, "middle"];
    };
    const named = (i, must) => {
      const { x, y } = this.at(this.c.x[i], this.c.y[i]);
      const r = Math.max(3, this.c.radius * unit);
      labels.write(name[i], [[x, y - r - 8, "middle"], [x, y + r + 9, "middle"], [x + r + 4, y, "left"]], { size: 13, weight: must ? 600 : 400, colour: this.root.ink, must, most: must ? 320 : Math.max(90, 4 * r) });
    };
    const index = (id) => (id && this.g.hasNode(id) ? this.g.getNodeAttribute(id, "i") : null);
    for (const i of [index(this.hovered), index(this.data.chosen)]) if (i !== null) named(i, true);
    const seen = (x, y, r) => x + r > 0 && y + r > 0 && x - r < width && y - r < height;
    levels.x.forEach((x, i) => {
      const at = this.at(x, levels.y[i]);
      if (seen(at.x, at.y, levels.r[i] * unit)) labels.write(levels.label[i], [top(x, levels.y[i], levels.r[i], 12), top(x, levels.y[i], levels.r[i], -8), [at.x, at.y + levels.r[i] * unit + 9, "middle"]], { size: 13, weight: 600, colour: this.root.ink, most: Math.max(220, levels.r[i] * unit * 2) });
    });
    governments.x.forEach((x, i) => { // a label does not lie on what another government holds
      const r = 0.62 * governments.r[i] * unit;
      const at = this.at(x, governments.y[i]);
      if (r > 4 && seen(at.x, at.y, r)) labels.keep(at.x - r, at.y - r, 2 * r, 2 * r);
    });
    governments.x.forEach((x, i) => {
      const r = governments.r[i] * unit;
      const at = this.at(x, governments.y[i]);
      if (r > 24 && seen(at.x, at.y, r)) labels.write(governments.label[i], [top(x, governments.y[i], governments.r[i], -8), [at.x, at.y + r + 8, "middle"], top(x, governments.y[i], governments.r[i], 10)], { size: 12, colour: this.root.mute, most: Math.max(70, r * 1.9) });
    });
    for (const i of [...this.marked].slice(0, 40)) named(i, false);
    if (this.c.radius * unit < NEAR) return;
    for (let i = 0; i < name.length; i++) {
      const at = this.at(this.c.x[i], this.c.y[i]);
      if (seen(at.x, at.y, 0)) labels.inside(name[i], at.x, at.y, { size: 12, colour: this.root.ink, most: 2.2 * this.c.radius * unit });
    }
  }

  hover(id) {
    this.hovered = id;
    this.frame.canvas.style.cursor = id ? "pointer" : "";
    this.frame.sigma.scheduleRender();
  }

  clickGround({ x, y }) {
    const at = this.frame.sigma.viewportToGraph({ x, y });
    const { governments } = this.c;
    const i = governments.x.findIndex((gx, k) => Math.hypot(gx - at.x, governments.y[k] - at.y) < governments.r[k]);
    this.act({ what: "government", id: i < 0 ? "" : governments.id[i] });
  }

  go(id) {
    this.zoomed = id;
    const { governments, whole } = this.c;
    const i = governments.id.indexOf(id);
    const duration = calm() ? 0 : 450;
    if (i < 0) return void this.frame.camera.animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration });
    const { x, y } = this.frame.sigma.viewportToFramedGraph(this.at(governments.x[i], governments.y[i]));
    this.frame.camera.animate({ x, y, ratio: Math.min(1, (governments.r[i] / whole) * 1.25) }, { duration });
  }

  key(event) {
    const state = this.frame.camera.getState();
    const step = 0.12 * state.ratio;
    const ways = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key in ways) this.frame.camera.setState({ x: state.x + ways[event.key][0], y: state.y + ways[event.key][1] });
    else if (event.key === "+") this.frame.move("in");
    else if (event.key === "-") this.frame.move("out");
    else if (event.key === "0" || event.key === "Escape") this.act({ what: "government", id: "" });
    else return;
    event.preventDefault();
  }

  tell() {
    this.frame.say(this.data.words.said);
  }

  end() {
    this.frame.end();
  }
}
