// Charts as SVG, one unit of which is one pixel, so that text is as large on a phone as on a desk.

export function drawn(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

const wide = where => Math.max(260, where.clientWidth);

// A round number that is not below the highest value.
function ceiling(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, highest)));
  return [1, 2, 2.5, 5, 10].map(n => n * power).find(n => n >= highest * 0.9999) || 1;
}

function clock(millis, span) {
  const when = new Date(millis);
  if (span < 2 * 60e3) return when.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});
  if (span < 36 * 3600e3) return when.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});
  return when.toLocaleDateString([], {day: 'numeric', month: 'short'});
}

// Lines over time, each with a band around it where points have low and high.
//   lines: [{kind, points: [{at, value, low?, high?}]}]; label: what a screen reader says
export function lines(where, all, {label, short, height = 200, isWhole = false}) {
  const width = wide(where), left = 46, right = 10, bottom = 22, top = 10;
  const points = all.flatMap(line => line.points);
  const first = Math.min(...points.map(p => p.at)), last = Math.max(...points.map(p => p.at));
  const highest = ceiling(Math.max(isWhole ? 4 : 1, ...points.map(p => Math.max(p.value, p.high ?? 0))));
  const span = Math.max(1, last - first);
  const x = at => left + (width - left - right) * (last === first ? 0.5 : (at - first) / span);
  const y = n => top + (height - top - bottom) * (1 - Math.min(1, n / highest));
  const at = p => x(p.at).toFixed(1) + ',' + y(p.value).toFixed(1);
  const parts = [0, 0.25, 0.5, 0.75, 1].flatMap(share => {
    const level = share * highest, drop = y(level);
    const line = drawn('line', {x1: left, x2: width - right, y1: drop, y2: drop});
    return isWhole && !Number.isInteger(level) ? [line]
      : [line, drawn('text', {x: left - 6, y: drop + 4, 'text-anchor': 'end'}, short(level))];
  });
  const ticks = last === first ? [0.5] : width < 420 ? [0, 1] : [0, 0.5, 1];
  for (const share of ticks) {
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    parts.push(drawn('text', {x: left + share * (width - left - right), y: height - 6, 'text-anchor': anchor},
      clock(last === first ? first : first + share * span, span)));
  }
  for (const {kind, points} of all) {
    const banded = points.filter(p => p.high !== undefined);
    if (banded.length > 1) {
      const upper = banded.map(p => x(p.at).toFixed(1) + ',' + y(p.high).toFixed(1));
      const lower = banded.map(p => x(p.at).toFixed(1) + ',' + y(p.low).toFixed(1)).reverse();
      parts.push(drawn('polygon', {class: kind, points: upper.concat(lower).join(' ')}));
    }
    if (points.length > 1) parts.push(drawn('polyline', {class: kind, points: points.map(at).join(' ')}));
    if (points.length > 0 && points.length <= 40) {
      parts.push(...points.map(p => drawn('circle', {class: kind, cx: x(p.at), cy: y(p.value), r: 2.5})));
    }
  }
  where.replaceChildren(drawn('svg',
    {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label}, ...parts));
}

// The keyspace from 00… to ff…: nodes above, infohashes below, what is swept between them.
export function keyspace(where, space, {label, short}) {
  const width = wide(where), height = 220, band = 14, bottom = 18, left = 4, right = 4;
  const half = (height - bottom - band) / 2, middle = half + band;
  const cells = space.nodes.length, step = (width - left - right) / cells;
  const x = i => left + i * step;
  const mostNodes = Math.max(1, ...space.nodes), mostHashes = Math.max(1, ...space.infoHashes);
  const profile = (values, most, base, sign) => {
    let path = `M${left} ${base}`;
    values.forEach((n, i) => {
      const tip = (base - sign * (half - 14) * n / most).toFixed(1);
      path += `L${x(i).toFixed(2)} ${tip}L${x(i + 1).toFixed(2)} ${tip}`;
    });
    return path + `L${width - right} ${base}Z`;
  };
  const swept = space.sweptPercent.flatMap((percent, i) => percent === 0 ? []
    : [drawn('rect', {class: 'swept', x: x(i).toFixed(2), y: half + 2, width: (step + 0.3).toFixed(2), height: band - 4,
        opacity: (0.25 + 0.75 * percent / 100).toFixed(2)})]);
  const marks = [0, 64, 128, 192, 255].map(i => drawn('text',
    {x: x(i === 255 ? 256 : i), y: height - 4, 'text-anchor': i === 0 ? 'start' : i === 255 ? 'end' : 'middle'},
    i.toString(16).padStart(2, '0') + '…'));
  where.replaceChildren(drawn('svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label},
    drawn('rect', {class: 'free', x: left, y: half + 2, width: width - left - right, height: band - 4, rx: 2}), ...swept,
    drawn('path', {class: 'nodes', d: profile(space.nodes, mostNodes, half, 1)}),
    drawn('path', {class: 'hashes', d: profile(space.infoHashes, mostHashes, middle, -1)}),
    drawn('text', {x: left, y: 10}, `at most ${short(mostNodes)} nodes in a 256th`),
    drawn('text', {x: left, y: height - bottom - 1}, `at most ${short(mostHashes)} infohashes`),
    ...marks));
}
