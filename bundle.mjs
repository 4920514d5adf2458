// Bundles the front end into static/build/, which git ignores: site.css, admin.css, site.js and the typeface.
// Of the NL Design System only what the templates name goes along: rules whose class no template uses and
// tokens that no rule reads are left out, which keeps 207 kB of tokens below the 20 kB that the page may weigh.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = import.meta.dirname;
const out = join(root, "static/build");
const packages = Object.keys(JSON.parse(readFileSync(join(root, "package.json"))).devDependencies);
const styles = packages
  .filter((name) => /-css$|-tokens$/.test(name))
  .map(styleFile);

function styleFile(name) {
  if (name.endsWith("-tokens")) return `${name}/dist/theme.css`;
  return name.startsWith("@utrecht/") ? `${name}/dist/index.css` : `${name}/${name.split("/")[1].replace(/-css$/, "")}.css`;
}

function files(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(ending) && !path.startsWith(out) && statSync(path).isFile());
}

function splitOutside(text, separator) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (sign === separator && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

function* rules(css) {
  let start = 0;
  let depth = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === "{") depth += 1;
    if (css[at] === "}") depth -= 1;
    const ends = depth === 0 && (css[at] === "}" || css[at] === ";");
    if (!ends) continue;
    const text = css.slice(start, at + 1);
    const brace = text.indexOf("{");
    yield brace < 0 ? { head: text } : { head: text.slice(0, brace).trim(), body: text.slice(brace + 1, -1) };
    start = at + 1;
  }
}

function isUsed(selector, used) {
  const known = (text) => (text.match(/\.(?:nl|utrecht)-[\w-]+/g) ?? []).map((name) => used.has(name.slice(1)));
  let rest = selector.replace(/:not\([^()]*(\([^()]*\))?[^()]*\)/g, "");
  for (const group of rest.match(/:(?:where|is)\([^()]*\)/g) ?? []) {
    const found = known(group);
    if (found.length && !found.includes(true)) return false;
    rest = rest.replace(group, "");
  }
  return !known(rest).includes(false);
}

function keepUsedRules(css, used) {
  let kept = "";
  for (const { head, body } of rules(css)) {
    if (body === undefined) kept += head;
    else if (/^@(media|supports|layer|container)/.test(head)) {
      const inner = keepUsedRules(body, used);
      if (inner) kept += `${head}{${inner}}`;
    } else {
      const selectors = head.startsWith("@") ? [head] : splitOutside(head, ",").filter((one) => isUsed(one, used));
      if (selectors.length) kept += `${selectors.join(",")}{${body}}`;
    }
  }
  return kept;
}

function keepReadTokens(css) {
  const tokens = /(?<=[{;])(--[\w-]+):((?:[^;{}"']|"[^"]*"|'[^']*')*)(;|(?=\}))/g;
  const reads = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
  const meanings = new Map();
  for (const [, name, value] of css.matchAll(tokens)) meanings.set(name, `${meanings.get(name) ?? ""} ${value}`);
  const queue = reads(css.replace(tokens, ""));
  const read = new Set();
  for (const name of queue) {
    if (read.has(name)) continue;
    read.add(name);
    queue.push(...reads(meanings.get(name) ?? ""));
  }
  return css.replace(tokens, (whole, name) => (read.has(name) ? whole : ""));
}

async function bundle(entry, options = {}) {
  const { outputFiles } = await build({
    absWorkingDir: root, bundle: true, minify: true, write: false, target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    external: ["../img/*", "./*.woff2"], legalComments: "none", ...entry, ...options,
  });
  return outputFiles[0].text;
}

// The shapes are drawn far finer than a screen shows. Their corners are put on a grid of half a unit, the same
// for both sides of a border; what falls together goes. The package draws with `m` and `z` alone.
function simplified(path) {
  let drawn = "";
  let [x, y, atX, atY] = [0, 0, 0, 0];
  for (const ring of path.split("z").filter((part) => part.trim())) {
    const steps = ring.replace("m", "").trim().split(/\s+/).map((pair) => pair.split(",").map(Number));
    let [startX, startY] = [0, 0];
    steps.forEach(([right, down], number) => {
      [x, y] = [x + right, y + down];
      if (number === 0) [startX, startY] = [x, y];
      const [toX, toY] = [Math.round(x * 2) / 2, Math.round(y * 2) / 2];
      if (number && toX === atX && toY === atY) return;
      drawn += number ? `l${toX - atX} ${toY - atY}` : `M${toX} ${toY}`;
      [atX, atY] = [toX, toY];
    });
    [x, y, atX, atY] = [startX, startY, Math.round(startX * 2) / 2, Math.round(startY * 2) / 2];
    drawn += "z";
  }
  return drawn.replace(/(?<=[l\d]) -/g, "-").replace(/\b0\./g, ".");
}

const used = new Set();
for (const path of [...files(join(root, "templates"), ".html"), ...files(join(root, "static/js"), ".js")]) {
  for (const name of readFileSync(path, "utf8").match(/\b(?:nl|utrecht)-[\w-]+/g) ?? []) used.add(name);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const part of ["latin", "latin-ext"]) {
  copyFileSync(
    join(root, `node_modules/@fontsource-variable/figtree/files/figtree-${part}-wght-normal.woff2`),
    join(out, `figtree-${part}.woff2`),
  );
}

// The map of the networks: the shape of each province by its official code, which a page refers to.
const { default: country } = await import("@svg-maps/netherlands");
const provinces = { gr: "pv20", fr: "pv21", dr: "pv22", ov: "pv23", fl: "pv24", ge: "pv25", ut: "pv26", nh: "pv27", zh: "pv28", ze: "pv29", nb: "pv30", li: "pv31" };
const shapes = country.locations.map(({ id, path }) => `<path id="${provinces[id]}" d="${simplified(path)}"/>`);
writeFileSync(join(out, "provinces.svg"), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${country.viewBox}">${shapes.join("")}</svg>`);

const site = ["@layer nlds,theme,base,parts;", ...styles.map((path) => `@import "${path}" layer(nlds);`), `@import "./static/css/site.css";`];
const css = await bundle({ stdin: { contents: site.join("\n"), resolveDir: root, loader: "css" } });
writeFileSync(join(out, "site.css"), keepReadTokens(keepUsedRules(css, used)));
writeFileSync(join(out, "admin.css"), await bundle({ entryPoints: ["static/css/admin.css"] }));
writeFileSync(join(out, "site.js"), await bundle({ entryPoints: ["static/js/site.js"] }, { format: "esm" }));

for (const path of files(join(root, "static/build"), "")) {
  if (!path.endsWith(".woff2") && readFileSync(path, "utf8").includes("url(data:")) throw new Error(`${path} holds a data: address`);
}
