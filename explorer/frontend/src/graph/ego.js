// A node among those around it: rings, filters that are a legend, one node chosen and the rest dimmed.
import Graph from "graphology";
import { Frame, element } from "./frame.js";
import { Labels } from "./labels.js";
import { bends, draw } from "./lines.js";
import { SHAPES } from "./shapes.js";
import { mixer } from "./theme.js";

const SIZES = [15, 10, 7.5, 6]; // radius in pixels, by step
const LOOKS = {
  app: ["circle", "--n-app"],
  agency: ["square", "--n-agency"],
  service: ["rounded", "--n-service"],
  data: ["hexagon", "--n-data"],
  interface: ["triangle", "--n-interface"],
  function: ["diamond", "--n-function"],
  rule: ["sheet", "--n-rule"],
  finding: ["square", null],
  innovation: ["star", null],
  more: ["circle", null],
};
const [MARGIN, PADDING] = [190, 44]; // pixels beside the rings for labels, and around all
const CROWD = 120; // lines from which those away from the middle are fainter and bear no arrow
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// The kinds that are drawn once one of them is switched: "" for all, "-" for none.
function toggled(items, item) {
  const on = items.filter((x) => x.on !== (x === item));
  return on.length === items.length ? "" : on.map((x) => x.key).join(",") || "-";
}

export class Ego {
  constructor(parent) {
    this.frame = new Frame(parent);
    this.frame.stage.addEventListener("keydown", (event) => this.key(event));
    this.frame.stage.addEventListener("focus", () => this.data && this.tell(this.at || this.base()));
    this.frame.stage.addEventListener("blur", () => this.look(null));
  }

  show(data, act) {
    this.data = data;
    this.act = act;
    this.frame.theme.forget();
    this.frame.name(data.words, data.height);
    this.legend();
    this.chosen = data.chosen || null;
    this.hovered = this.at = null;
    if (this.version !== data.version) this.build();
    else this.frame.sigma.refresh({ skipIndexation: true });
  }

  build() {
    const { nodes, rests, lines, version } = this.data;
    const { clientWidth, clientHeight } = this.frame.canvas;
    this.margin = Math.min(MARGIN, Math.max(70, clientWidth * 0.22));
    const wide = Math.min(1.9, Math.max(0.45, (clientWidth - 2 * this.margin) / (clientHeight - 2 * PADDING)));
    const g = (this.g = new Graph());
    nodes.id.forEach((id, i) => g.addNode(id, this.node(i, wide)));
    rests.parent.forEach((parent, i) =>
      g.addNode(`+${parent}`, { x: rests.x[i] * wide, y: rests.y[i], look: "more", hop: 9, label: rests.label[i], size: 8, parent, weight: 0 }),
    );
    this.near = new Map(g.nodes().map((id) => [id, new Set()]));
    lines.s.forEach((s, i) => {
      this.near.get(s).add(lines.t[i]);
      this.near.get(lines.t[i]).add(s);
    });
    rests.parent.forEach((parent) => this.near.get(parent).add(`+${parent}`));
    this.bends = bends(lines.s, lines.t);
    const sigma = this.frame.draw(g, { stagePadding: PADDING, minCameraRatio: 0.03, maxCameraRatio: 2.5, zoomToSizeRatioFunction: (r) => Math.sqrt(r), nodeReducer: (id, a) => this.reduced(id, a) }, { under: (...x) => this.under(...x), over: (...x) => this.over(...x) });
    const crowd = this.crowd(sigma);
    g.updateEachNodeAttributes((_, a) => ({ ...a, size: Math.max(2.6, a.size * crowd) }));
    sigma.on("clickNode", ({ node }) => this.click(node));
    sigma.on("doubleClickNode", (e) => {
      e.preventSigmaDefault();
      this.open(e.node);
    });
    sigma.on("clickStage", () => this.chosen && this.choose(null));
    sigma.on("enterNode", ({ node }) => this.hover(node));
    sigma.on("leaveNode", () => this.hover(null));
    sigma.once("afterRender", () => this.frame.ready(version));
    this.version = version;
    sigma.refresh();
  }

  node(i, wide) {
    const { nodes } = this.data;
    const hop = nodes.hop[i];
    return { x: nodes.x[i] * wide, y: nodes.y[i], label: nodes.name[i], said: nodes.said[i], look: nodes.look[i], hop, size: SIZES[hop] || 5, weight: nodes.degree[i] };
  }

  // Shrink nodes where the rings are full, so that they do not overlap at the first sight.
  crowd(sigma) {
    const a = sigma.graphToViewport({ x: 0, y: 0 });
    const b = sigma.graphToViewport({ x: 0, y: 1 });
    return Math.min(1, (Math.abs(a.y - b.y) * 0.46) / SIZES[1] || 1);
  }

  base() {
    return this.chosen && this.g.hasNode(this.chosen) ? this.chosen : this.data.focus;
  }

  // What the others are dimmed for; nothing where only the middle is meant.
  lit() {
    const id = this.hovered || this.chosen;
    return id && this.g.hasNode(id) ? id : null;
  }

  reduced(id, a) {
    const { colour } = this.frame.theme;
    const ground = colour("--sp-bg");
    const [shape, name] = LOOKS[a.look];
    const made = { x: a.x, y: a.y, size: a.size, shape: SHAPES.indexOf(shape), color: name ? colour(name) : ground, rim: null, zIndex: 1 };
    if (a.look === "finding") [made.rim, made.rimWidth] = [colour("--sp-soga-fill"), 2.5];
    if (a.look === "innovation") [made.rim, made.rimWidth] = [colour("--sp-ink"), 1.8];
    if (a.look === "more") [made.rim, made.rimWidth] = [colour("--sp-mute"), 1.5];
    const lit = this.lit();
    if (lit && lit !== id && !this.near.get(lit).has(id)) {
      this.dim = this.dimGround === ground ? this.dim : mixer((this.dimGround = ground), 0.25);
      made.color = this.dim(made.color);
      made.rim &&= this.dim(made.rim);
      made.zIndex = 0;
    }
    if (id === this.at || id === this.chosen || (!this.chosen && id === this.data.focus)) {
      made.rim = colour(id === this.at ? "--sp-soga-fill" : "--sp-ink");
      made.rimWidth = 3;
      made.zIndex = 2;
    }
    return made;
  }

  place(id) {
    return this.frame.sigma.graphToViewport(this.g.getNodeAttributes(id));
  }

  radius(id) {
    return this.frame.sigma.scaleSize(this.frame.sigma.getNodeDisplayData(id).size);
  }

  under(ctx) {
    const { lines, rests, focus } = this.data;
    const { colour } = this.frame.theme;
    const colours = { ground: colour("--sp-bg"), stated: colour("--sp-ink"), rule: colour("--sp-ink"), judged: colour("--sp-ink"), assumed: colour("--sp-soga-fill"), unknown: colour("--sp-soga-fill"), blocked: colour("--sp-mengkudu") };
    const lit = this.lit();
    const centre = lit || focus;
    const crowd = lines.s.length > CROWD;
    const at = new Map(this.g.nodes().map((id) => [id, this.place(id)]));
    const order = lines.s.map((_, i) => i).sort((a, b) => this.touches(a, centre) - this.touches(b, centre));
    for (const i of order) {
      const on = this.touches(i, centre);
      const alpha = on ? 0.85 : lit ? 0.07 : lines.tree[i] ? (crowd ? 0.26 : 0.42) : crowd ? 0.08 : 0.16;
      draw(ctx, at.get(lines.s[i]), at.get(lines.t[i]), { how: lines.how[i], bend: this.bends[i], arrow: lines.arrow[i] && (on || !crowd), gap: this.radius(lines.t[i]) + 2, colours, alpha, width: on ? 1.5 : 1.1 });
    }
    rests.parent.forEach((parent) => draw(ctx, at.get(parent), at.get(`+${parent}`), { how: "stated", bend: 0, arrow: false, gap: 8, colours: { ...colours, stated: colour("--sp-mute") }, alpha: lit && lit !== parent ? 0.1 : 0.5, width: 1 }));
  }

  touches(i, id) {
    return Number(this.data.lines.s[i] === id || this.data.lines.t[i] === id);
  }

  over(ctx, width, height) {
    const { colour } = this.frame.theme;
    const labels = new Labels(ctx, { width, height, ground: colour("--sp-bg"), font: getComputedStyle(this.frame.root).fontFamily });
    const lit = this.lit();
    const shown = this.g.nodes().filter((id) => !lit || id === lit || this.near.get(lit).has(id) || id === this.at);
    labels.keep(width - 48, 0, 48, 118); // the zoom buttons
    const at = new Map(this.g.nodes().map((id) => [id, { ...this.place(id), r: this.radius(id) }]));
    for (const { x, y, r } of shown.map((id) => at.get(id))) labels.keep(x - r, y - r, 2 * r, 2 * r);
    const heavy = (id) => (id === this.at ? 1e9 : 0) + (id === lit ? 1e8 : 0) + (id === this.data.focus ? 1e7 : 0) - 1e5 * this.g.getNodeAttribute(id, "hop") + this.g.getNodeAttribute(id, "weight");
    const middle = at.get(this.data.focus);
    for (const id of shown.sort((a, b) => heavy(b) - heavy(a))) {
      const { x, y, r } = at.get(id);
      const gap = r + 6;
      const [right, left, above, below] = [[x + gap, y, "left"], [x - gap, y, "right"], [x, y - gap - 6, "middle"], [x, y + gap + 6, "middle"]];
      const outwards = Math.abs(x - middle.x) < 24 ? (y < middle.y ? [above, right, left] : [below, right, left]) : x < middle.x ? [left, above, below] : [right, above, below];
      const a = this.g.getNodeAttributes(id);
      const strong = id === this.data.focus || id === lit || id === this.at;
      labels.write(a.label, strong && id === this.data.focus ? [below, above, right, left] : outwards, { size: strong ? 14 : 13, weight: strong ? 600 : 400, colour: colour(a.look === "more" ? "--sp-mute" : "--sp-ink"), must: strong, most: strong ? 320 : this.margin + 20 });
    }
  }

  hover(id) {
    this.frame.canvas.style.cursor = id ? "pointer" : "";
    this.hovered = id && id.startsWith("+") ? null : id;
    this.frame.sigma.refresh({ skipIndexation: true });
  }

  click(id) {
    if (id.startsWith("+")) this.open(this.g.getNodeAttribute(id, "parent"));
    else this.choose(id);
  }

  choose(id) {
    this.chosen = id;
    this.at = null;
    if (id) this.tell(id);
    this.frame.sigma.refresh({ skipIndexation: true });
    this.act({ what: "choose", id });
  }

  open(id) {
    this.act({ what: "open", id: id.startsWith("+") ? id.slice(1) : id });
  }

  // ---------------------------------------------------------------- keyboard
  around() {
    return [...this.near.get(this.base())].sort((a, b) => this.angle(a) - this.angle(b));
  }

  angle(id) {
    const [a, b] = [this.base(), id].map((x) => this.g.getNodeAttributes(x));
    return Math.atan2(b.x - a.x, b.y - a.y); // clockwise from the top
  }

  look(id) {
    this.at = id;
    this.frame.sigma?.refresh({ skipIndexation: true });
  }

  key(event) {
    const ring = this.around();
    if (event.key in KEYS && ring.length) {
      const now = ring.indexOf(this.at);
      const next = now < 0 ? (KEYS[event.key] > 0 ? 0 : ring.length - 1) : (now + KEYS[event.key] + ring.length) % ring.length;
      this.look(ring[next]);
      this.tell(ring[next], next + 1, ring.length);
    } else if (event.key === "Enter") this.click(this.at || this.base());
    else if (event.key === " ") this.open(this.at || this.base());
    else if (event.key === "+") this.frame.move("in");
    else if (event.key === "-") this.frame.move("out");
    else if (event.key === "0") this.frame.move("fit");
    else if (event.key === "Backspace") this.act({ what: "back" });
    else if (event.key === "Escape" && (this.at || this.chosen)) this.choose(null);
    else return;
    event.preventDefault();
  }

  // Put into words what is looked at, and how it stands to what was chosen.
  tell(id, place, of) {
    const a = this.g.getNodeAttributes(id);
    const base = this.base();
    const { lines, words } = this.data;
    const said = a.look === "more" ? [a.label] : [`${a.label}, ${a.said}`];
    lines.s.forEach((s, i) => {
      if (id !== base && ((s === base && lines.t[i] === id) || (s === id && lines.t[i] === base))) said.push(`${s === base ? lines.forth[i] : lines.back[i]} (${lines.known[i]})`);
    });
    if (id === base) said.push(words.around.replace("#", this.near.get(id).size));
    if (place) said.push(words.place.replace("#", place).replace("#", of));
    this.frame.say(said.join("; "));
  }

  // ---------------------------------------------------------------- legend
  legend() {
    const groups = this.data.legend.map(({ key, title, items }) => {
      const buttons = items.map((item) => {
        const mark = key === "tipe" ? element("i", { class: `n ${item.look}`, "aria-hidden": "true" }) : "";
        const count = element("small", {}, item.count);
        const button = element("button", { type: "button", "aria-pressed": String(item.on), "data-key": item.key }, mark, item.label, count);
        button.onclick = () => this.act({ what: key, id: toggled(items, item) });
        return button;
      });
      return element("div", { role: "group", "aria-label": title }, element("span", {}, title), ...buttons);
    });
    const focused = this.frame.legend.getRootNode().activeElement?.dataset?.key;
    this.frame.legend.replaceChildren(...groups);
    if (focused) [...this.frame.legend.querySelectorAll("button")].find((b) => b.dataset.key === focused)?.focus();
  }

  end() {
    this.frame.end();
  }
}
