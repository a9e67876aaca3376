// Dolos on every pair of documents, by character (its language "char"), with its default k-grams and window.
// Called with the folder of node_modules, the folder of texts and the file to write.
import { readFileSync, readdirSync, openSync, writeSync, closeSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder, output] = process.argv.slice(2);
const { Dolos, File } = await import(pathToFileURL(join(modules, "@dodona/dolos-lib/dist/index.js")));

const paths = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".txt")).sort();
const files = paths.map((name) => new File(join(folder, name), readFileSync(join(folder, name), "utf8")));
const lineStarts = new Map(files.map((file) => {
  const starts = [0];
  for (let at = file.content.indexOf("\n"); at >= 0; at = file.content.indexOf("\n", at + 1)) starts.push(at + 1);
  return [file.path, starts];
}));
const offset = (path, row, column) => lineStarts.get(path)[row] + column;

const report = await new Dolos({ language: "char" }).analyze(files, "benchmark");
const out = openSync(output, "w");
for (const pair of report.allPairs()) {
  const [left, right] = [pair.leftFile.path, pair.rightFile.path];
  for (const fragment of pair.buildFragments(1)) {
    const [l, r] = [fragment.leftSelection, fragment.rightSelection];
    writeSync(out, JSON.stringify({
      a: relative(folder, left).split(sep).join("/"),
      a_start: offset(left, l.startRow, l.startCol),
      a_end: offset(left, l.endRow, l.endCol),
      b: relative(folder, right).split(sep).join("/"),
      b_start: offset(right, r.startRow, r.startCol),
      b_end: offset(right, r.endRow, r.endCol),
    }) + "\n");
  }
}
closeSync(out);
