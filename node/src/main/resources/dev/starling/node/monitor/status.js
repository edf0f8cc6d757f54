// The status page: asks /status.json once a second and draws it. Plain JavaScript, no build step.
// Everything shown is set as text or as an SVG attribute, never as markup.
'use strict';

const PERIOD_MILLIS = 1000;
const HISTORY = 120; // samples: two minutes
const samples = [];
let before = null;

const byId = id => document.getElementById(id);
const count = n => Math.round(n).toLocaleString('en');
const rate = n => n >= 10 || n === 0 ? count(n) : n.toFixed(1);

function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) { n /= 1024; unit++; }
  return (unit === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)) + ' ' + units[unit];
}

function span(seconds) {
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];
  const said = [];
  for (const [length, unit] of parts) {
    if (seconds >= length || (unit === 's' && said.length === 0)) {
      said.push(Math.floor(seconds / length) + unit);
      seconds %= length;
    }
  }
  return said.slice(0, 2).join(' ');
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

function drawn(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

const sum = (list, field) => list.reduce((total, item) => total + item[field], 0);

function sample(status) {
  const now = {
    at: status.uptimeSeconds,
    received: sum(status.served.methods, 'received'),
    answered: sum(status.served.methods, 'answered'),
    sent: sum(status.asked.methods, 'sent'),
    limited: status.served.limited + status.served.shortened + status.served.withheld,
    bytesReceived: status.served.bytesReceived,
    bytesSent: status.served.bytesSent,
  };
  if (before && now.at > before.at) {
    const rates = {};
    for (const key in now) rates[key] = Math.max(0, (now[key] - before[key]) / (now.at - before.at));
    samples.push(rates);
    if (samples.length > HISTORY) samples.shift();
  } else if (before && now.at < before.at) {
    samples.length = 0; // another run of the node
  }
  before = now;
}

function tiles(status) {
  const last = samples.at(-1);
  const values = [
    ['contacts', count(status.contacts)],
    ['queries a second', last ? rate(last.received) : '…'],
    ['answers a second', last ? rate(last.answered) : '…'],
    ['held back a second', last ? rate(last.limited) : '…'],
    ['in a second', last ? bytes(last.bytesReceived) : '…'],
    ['out a second', last ? bytes(last.bytesSent) : '…'],
    ['peers stored', count(status.storedPeers)],
    ['infohashes', count(status.storedInfoHashes)],
    ['items', count(status.storedItems)],
    ['heap', bytes(status.heapBytes)],
  ];
  if (status.ring.capacity > 0) {
    const { contacts, checked, alive } = status.ring;
    values.push(['contacts in the ring', count(contacts)]);
    values.push(['of those told still answer', checked > 0 ? `${(100 * alive / checked).toFixed(1)} %` : '…']);
  }
  byId('tiles').replaceChildren(
    ...values.map(([name, value]) =>
      element('div', {}, element('b', {}, value), element('span', {}, name))));
}

// One unit of a drawing is one pixel, so that text is as large on a phone as on a desk.
const wide = id => Math.max(280, byId(id).clientWidth);

// A round number that is not below the highest rate.
function ceiling(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return [1, 2, 5, 10].map(n => n * power).find(n => n >= highest) || 1;
}

function rates() {
  const width = wide('rates'), height = 200, left = 44, bottom = 20, top = 8;
  const highest = ceiling(Math.max(1, ...samples.flatMap(h => [h.received, h.answered, h.sent])));
  const x = i => left + (width - left) * (HISTORY - samples.length + i) / (HISTORY - 1);
  const y = n => top + (height - top - bottom) * (1 - n / highest);
  const parts = [0, 0.5, 1].flatMap(share => [
    drawn('line', {x1: left, x2: width, y1: y(share * highest), y2: y(share * highest)}),
    drawn('text', {x: left - 6, y: y(share * highest) + 4, 'text-anchor': 'end'}, rate(share * highest)),
  ]);
  parts.push(drawn('text', {x: left, y: height - 4}, '2 minutes ago'));
  parts.push(drawn('text', {x: width, y: height - 4, 'text-anchor': 'end'}, 'now'));
  for (const kind of ['received', 'answered', 'sent']) {
    const points = samples.map((h, i) => x(i).toFixed(1) + ',' + y(h[kind]).toFixed(1)).join(' ');
    parts.push(drawn('polyline', {class: kind, points}));
  }
  byId('rates').replaceChildren(
    drawn('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'rates'}, ...parts));
}

function tables(status) {
  byId('tables').replaceChildren(...status.tables.map(table =>
    element('div', {},
      element('h3', {}, `${table.family}: ${count(table.contacts)} contacts, ${count(table.good)} good`),
      ...table.buckets.map(bucket => element('div', {class: 'bucket'},
        element('span', {title: 'leading bits shared with our id'}, String(bucket.depth)),
        drawn('svg', {viewBox: `0 0 ${bucket.capacity} 1`, preserveAspectRatio: 'none',
            role: 'img', 'aria-label': `${bucket.good} good of ${bucket.contacts}`},
          drawn('rect', {class: 'good', width: bucket.good, height: 1}),
          drawn('rect', {class: 'doubt', x: bucket.good, width: bucket.contacts - bucket.good, height: 1})),
        element('span', {}, `${bucket.contacts} / ${bucket.capacity}`))))));
}

function trips(status) {
  const asked = status.asked;
  const bounds = asked.roundTripBoundsMillis, counts = asked.roundTrips;
  const width = wide('trips'), height = 200, bottom = 20, top = 18;
  const most = Math.max(1, ...counts), step = width / counts.length;
  const parts = counts.flatMap((n, i) => {
    const tall = (height - bottom - top) * n / most;
    const said = i < bounds.length ? (bounds[i] < 1000 ? String(bounds[i]) : bounds[i] / 1000 + ' s') : 'more';
    return [
      drawn('rect', {x: i * step + 3, width: step - 6, y: height - bottom - tall, height: tall, rx: 2}),
      drawn('text', {x: (i + 0.5) * step, y: height - 5, 'text-anchor': 'middle'}, said),
      drawn('text', {x: (i + 0.5) * step, y: height - bottom - tall - 4, 'text-anchor': 'middle'}, n ? count(n) : ''),
    ];
  });
  byId('trips').replaceChildren(
    drawn('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'round trips in milliseconds'}, ...parts));
  const mean = asked.answered ? asked.roundTripSeconds * 1000 / asked.answered : 0;
  byId('mean').textContent = 'at most so many milliseconds' + (asked.answered ? `, ${mean.toFixed(mean < 10 ? 1 : 0)} on average` : '');
}

function rows(id, head, body) {
  byId(id).replaceChildren(
    element('thead', {}, element('tr', {}, ...head.map(text => element('th', {}, text)))),
    element('tbody', {}, ...body.map(cells =>
      element('tr', {}, ...cells.map(text => element('td', {}, text))))));
}

function lists(status) {
  const sent = new Map(status.asked.methods.map(method => [method.method, method.sent]));
  rows('methods', ['', 'received', 'answered', 'we asked'], status.served.methods
    .map(m => [m.method, count(m.received), count(m.answered), count(sent.get(m.method) || 0)]));
  rows('spared', ['', 'packets'], [
    ['over the limit of answers', count(status.served.limited)],
    ['answered briefly', count(status.served.shortened)],
    ['not answered, may be forged', count(status.served.withheld)],
    ['malformed', count(status.served.malformed)],
    ['dropped unread, no time for strangers', count(status.served.shed)],
    ['replies nobody asked for', count(status.asked.unsolicited)],
    ['our queries that timed out', count(status.asked.timedOut)],
    ...status.served.errors.map(error => [`error ${error.code || 'other'} sent`, count(error.count)]),
  ]);
}

function health(text, kind, problems) {
  byId('health').textContent = text;
  byId('health').className = 'badge ' + kind;
  byId('problems').textContent = problems.join('; ');
}

function show(status) {
  health(status.healthy ? 'healthy' : 'not healthy', status.healthy ? 'good' : 'bad', status.problems);
  byId('addresses').textContent = status.addresses.join(', ');
  byId('uptime').textContent = span(status.uptimeSeconds);
  byId('version').textContent = status.version;
  if (!status.served) return; // the node does not answer
  byId('id').textContent = status.id;
  sample(status);
  tiles(status);
  rates();
  tables(status);
  trips(status);
  lists(status);
}

async function look() {
  try {
    const answer = await fetch('status.json', {signal: AbortSignal.timeout(5000)});
    show(await answer.json());
  } catch (reason) {
    health('no answer', 'bad', ['this page cannot reach the node']);
  }
  setTimeout(look, PERIOD_MILLIS);
}

look();
