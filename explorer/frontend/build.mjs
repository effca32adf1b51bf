// Bundle every component of src/ into built/, with the licence texts of what went in.
// `node build.mjs --check` builds beside and compares: what is committed must be what the sources give.
import { build } from "esbuild";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, "built");
const check = process.argv.includes("--check");
const target = check ? mkdtempSync(join(tmpdir(), "simpul-")) : BUILT;

function packageOf(file) {
  const parts = file.split("/");
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return null;
  const scoped = parts[at + 1].startsWith("@");
  return parts.slice(0, at + (scoped ? 3 : 2)).join("/");
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(HERE, folder, "package.json"), "utf8"));
  const file = readdirSync(join(HERE, folder)).find((f) => /^licen[cs]e/i.test(f));
  const text = file ? readFileSync(join(HERE, folder, file), "utf8").trim() : "(the package carries no licence text)";
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const sources = readdirSync(join(HERE, "src")).filter((f) => /^[a-z]+\.(js|css)$/.test(f)).sort();
const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: sources.map((f) => `src/${f}`),
  outdir: target,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
const packages = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
writeFileSync(join(target, "LICENSES.txt"), [...packages].sort().map(licence).join(`\n${"-".repeat(78)}\n\n`));

if (check) {
  const names = new Set([...readdirSync(target), ...readdirSync(BUILT)]);
  const read = (folder, name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : null);
  const wrong = [...names].filter((name) => read(target, name) !== read(BUILT, name));
  rmSync(target, { recursive: true });
  if (wrong.length) {
    console.error(`built/ is not what src/ gives: ${wrong.map((f) => basename(f)).join(", ")}; run npm run build`);
    process.exit(1);
  }
}
