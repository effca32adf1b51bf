// Colours of the page: custom properties cross the shadow border, but only a used colour is worked out.
export function reader(root) {
  const probe = document.createElement("i");
  probe.hidden = true;
  root.append(probe);
  const memo = new Map();
  const colour = (name) => {
    if (!memo.has(name)) {
      probe.style.color = `var(${name})`;
      const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
      memo.set(name, "#" + [r, g, b].map((v) => Math.round(v).toString(16).padStart(2, "0")).join(""));
    }
    return memo.get(name);
  };
  return { colour, forget: () => memo.clear() };
}

const parts = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

// Mix a colour into the ground, so that what is dimmed stays opaque; remembered, for thousands ask.
export function mixer(ground, share) {
  const base = parts(ground);
  const memo = new Map();
  return (hex) => {
    if (!memo.has(hex)) {
      const mixed = parts(hex).map((v, i) => Math.round(v * share + base[i] * (1 - share)));
      memo.set(hex, "#" + mixed.map((v) => v.toString(16).padStart(2, "0")).join(""));
    }
    return memo.get(hex);
  };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
