// The overview: asks once for everything, then hears each second what is new.
import {administer, ask, byId, bytes, count, element, health, moment, plural, short} from '/common.js';
import {keyspace, lines} from '/charts.js';

const MAX_SAMPLES = 720;
const state = {trend: [], keyspace: null, now: null, torrents: 0, diskBytes: 0, hidden: 0, newest: []};
let everyMillis = 0;
let isCrawling = false;
let stream = null;

const percent = share => (share * 100).toFixed(share >= 0.9995 || share === 0 ? 0 : 1) + ' %';

function rates(trend) {
  const found = {nodes: [], infoHashes: [], metadata: []};
  for (let i = 1; i < trend.length; i++) {
    const seconds = (trend[i].millis - trend[i - 1].millis) / 1000;
    if (seconds <= 0) continue;
    for (const name in found) {
      const more = Math.max(0, trend[i].counts[name] - trend[i - 1].counts[name]);
      found[name].push({at: trend[i].millis, value: more / seconds});
    }
  }
  return found;
}

// Over the last ten seconds, so that the number stands still long enough to be read.
function rate(name) {
  const last = state.now;
  const before = state.recent.find(sample => last.millis - sample.millis <= 10_000) || last;
  const seconds = (last.millis - before.millis) / 1000;
  return seconds > 0 ? short(Math.max(0, last.counts[name] - before.counts[name]) / seconds) : '…';
}

function tiles() {
  const all = [['torrents', count(state.torrents)]];
  if (state.now) {
    const {counts, size, coverage, sweep} = state.now;
    all.push(
      ['infohashes found in this run', count(counts.infoHashes)],
      ['metadata a second', rate('metadata')],
      ['infohashes a second', rate('infoHashes')],
      ['nodes visited in this run', count(counts.nodes)],
      ['nodes in the network', size.nodes > 0 ? short(size.nodes) : '…',
        size.nodes > 0 ? `${short(size.low)} to ${short(size.high)}` : 'not known yet'],
      ['covered in this sweep', size.nodes > 0 ? percent(coverage) : '–', sweep.zones > 0 ? `${count(sweep.zonesSwept)} of ${plural(sweep.zones, 'zone')}` : '']);
  }
  if (state.diskBytes > 0) all.push(['on disk', bytes(state.diskBytes)]);
  if (state.hidden > 0) all.push(['hidden', count(state.hidden)]);
  byId('tiles').replaceChildren(...all.map(([name, value, note]) => element('div', {class: 'card'},
    element('dt', {}, name), element('dd', {}, value), ...(note ? [element('dd', {class: 'note'}, note)] : []))));
}

function charts() {
  if (state.keyspace) {
    const swept = state.keyspace.sweptPercent.reduce((sum, n) => sum + n, 0) / 25600;
    keyspace(byId('keyspace'), state.keyspace, {short,
      label: `Keyspace by first byte: nodes, infohashes, ${percent(swept)} swept`});
    byId('keyspace-note').textContent = `${percent(swept)} of the keyspace is swept`
      + (state.now.sweep.number > 0 ? `, after ${plural(state.now.sweep.number, 'whole sweep')}.` : '.');
  }
  if (state.trend.length < 2) return;
  const found = rates(state.trend);
  // Each has a scale of its own: nodes come by the thousand, metadata one by one.
  for (const [name, kind, title] of [['nodes', 'nodes', 'Nodes'], ['infoHashes', 'hashes', 'Infohashes'], ['metadata', 'metadata', 'Metadata']]) {
    lines(byId('rate-' + kind), [{kind, points: found[name]}], {short, height: 110, label: title + ' found a second, over time'});
  }
  const known = state.trend.filter(sample => sample.size.nodes > 0);
  if (known.length > 1) {
    const last = known.at(-1).size;
    lines(byId('size'), [{kind: 'nodes', points: known.map(sample =>
      ({at: sample.millis, value: sample.size.nodes, low: sample.size.low, high: sample.size.high}))}],
      {short, label: `Estimated nodes over time, lately ${count(last.nodes)}, between ${count(last.low)} and ${count(last.high)}`});
  } else {
    byId('size').replaceChildren(element('p', {class: 'hint'}, 'Not known yet.'));
  }
}

function queues() {
  const {queues: q, counts: c} = state.now;
  const rows = [['Queries', q.queriesInFlight, q.queriesWaiting, c.queries], ['Metadata', q.metadataInFlight, q.metadataWaiting, c.metadata]];
  byId('queues').replaceChildren(
    element('thead', {}, element('tr', {}, element('td', {}), ...['under way', 'waiting', 'in all'].map(text => element('th', {scope: 'col'}, text)))),
    element('tbody', {}, ...rows.map(([name, ...numbers]) => element('tr', {}, element('th', {scope: 'row'}, name),
      ...numbers.map(n => element('td', {}, count(n)))))));
}

function newest() {
  if (state.newest.length === 0) {
    byId('newest').replaceChildren(element('li', {class: 'hint'}, 'Nothing yet.'));
    return;
  }
  // Rows stay while they are the same, so that focus and selection do too.
  const shown = [...byId('newest').children].map(item => item.dataset.hash).join();
  if (shown === state.newest.map(torrent => torrent.infoHash).join()) return;
  byId('newest').replaceChildren(...state.newest.map(torrent => element('li', {'data-hash': torrent.infoHash},
    element('a', {href: '/torrent/' + torrent.infoHash}, torrent.name || torrent.infoHash),
    element('p', {class: 'details'}, element('span', {}, bytes(torrent.lengthBytes)), element('span', {}, moment(torrent.firstSeen)), health(torrent)))));
}

function draw() {
  tiles();
  newest();
  if (state.now) { charts(); queues(); }
}

function take(sample) {
  state.now = sample;
  state.recent.push(sample);
  if (state.recent.length > 12) state.recent.shift();
  const last = state.trend.at(-1);
  if (!last || sample.millis - last.millis >= everyMillis) state.trend.push(sample);
  if (state.trend.length >= MAX_SAMPLES) {
    state.trend = state.trend.filter((_, i) => i % 2 === 0);
    everyMillis = state.trend[1].millis - state.trend[0].millis;
  }
}

function live(text, kind) {
  if (byId('live').textContent === text) return;
  byId('live').textContent = text;
  byId('live').className = 'badge ' + kind;
}

function listen() {
  stream?.close();
  stream = new EventSource('/api/v1/events');
  const hear = (name, use) => stream.addEventListener(name, event => { use(JSON.parse(event.data)); draw(); });
  hear('crawl', sample => {
    take(sample);
    live(sample.isPaused ? 'paused' : 'live', sample.isPaused ? '' : 'good');
  });
  hear('keyspace', space => { state.keyspace = space; });
  hear('catalogue', catalogue => Object.assign(state, catalogue));
  stream.onopen = () => live(isCrawling ? 'live' : 'no crawl is running', isCrawling ? 'good' : '');
  stream.onerror = () => live('connection lost, trying again', 'bad');
}

async function load() {
  try {
    const all = await ask('/api/v1/crawl');
    Object.assign(state, all, {recent: [...all.trend.slice(-12)]});
    isCrawling = all.isCrawling;
    everyMillis = all.trend.length > 1 ? all.trend[1].millis - all.trend[0].millis - 500 : 0;
    byId('keys').hidden = true;
    byId('overview').hidden = false;
    for (const part of document.querySelectorAll('.crawling')) part.hidden = !isCrawling;
    draw();
    listen();
  } catch (reason) {
    if (reason.status === 401) {
      live('locked', '');
      byId('keys').hidden = false;
      byId('key').focus();
    } else {
      live(reason.status ? reason.message : 'the server does not answer', 'bad');
    }
  }
}

byId('keys').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await ask('/api/v1/session', {method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({key: byId('key').value.trim()})});
    byId('key').value = '';
    byId('keys-wrong').textContent = '';
    byId('leave').hidden = false;
    load();
  } catch (reason) {
    byId('keys-wrong').textContent = reason.message;
  }
});

byId('pausing').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    const {isPaused} = await administer('/api/v1/crawl/' + event.submitter.value, byId('admin').value, {});
    byId('pausing-status').textContent = isPaused ? 'Paused.' : 'Resumed.';
  } catch (reason) {
    byId('pausing-status').textContent = reason.status ? reason.message : 'The server does not answer.';
  }
});

byId('leave').addEventListener('click', async () => {
  await ask('/api/v1/session', {method: 'DELETE'});
  location.reload();
});

addEventListener('resize', () => { if (state.now) charts(); });
load();
