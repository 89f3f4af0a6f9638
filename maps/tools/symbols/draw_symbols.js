// APP-6D symbols as SVG from symbols.csv, one file a key and affinity, text still as <text>.
//   npm i milsymbol@3.0.4 ; node draw_symbols.js symbols.csv OUT   then   python -m maps.tools.symbols.text_to_path OUT FONT
const ms = require('milsymbol'), fs = require('fs');
const [table, out] = process.argv.slice(2);
const AFFINITIES = { f: '3', h: '6', n: '4', u: '1' };
fs.mkdirSync(out, { recursive: true });
for (const line of fs.readFileSync(table, 'utf8').trim().split('\n').slice(1)) {
  const [key, set, entity, modifiers] = line.split(',');
  for (const [affinity, identity] of Object.entries(AFFINITIES)) {
    const sidc = '100' + identity + set + '0000' + entity + modifiers;
    const symbol = new ms.Symbol(sidc, { size: 60, strokeWidth: 6, outlineWidth: 0 });
    if (!symbol.isValid()) throw new Error(key + ' ' + sidc);
    fs.writeFileSync(`${out}/${key.toLowerCase()}_${affinity}.svg`, symbol.asSVG());
  }
}
