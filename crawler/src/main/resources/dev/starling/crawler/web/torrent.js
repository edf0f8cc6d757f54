// A torrent's page.
import {administer, ask, badges, bytes, byId, count, element, isMagnet, moment, plural, short} from '/common.js';
import {lines} from '/charts.js';

const OPEN_ROWS = 60; // folders stand open while there are no more rows than this

// Files as folders in folders, in the torrent's order.
function tree(files) {
  const root = {folders: new Map(), files: [], lengthBytes: 0, rows: 0};
  for (const file of files) {
    const parts = file.path.split('/');
    let folder = root;
    folder.lengthBytes += file.lengthBytes;
    for (const part of parts.slice(0, -1)) {
      if (!folder.folders.has(part)) folder.folders.set(part, {folders: new Map(), files: [], lengthBytes: 0, rows: 0});
      folder = folder.folders.get(part);
      folder.lengthBytes += file.lengthBytes;
      folder.rows++;
    }
    folder.files.push({name: parts.at(-1), lengthBytes: file.lengthBytes});
  }
  return root;
}

function drawTree(folder, isOpen) {
  const list = element('ul', {class: 'tree'});
  for (const [name, inner] of folder.folders) {
    const details = element('details', {open: isOpen}, element('summary', {},
      element('span', {class: 'name'}, name + '/'), element('small', {}, `${plural(inner.rows, 'file')}, ${bytes(inner.lengthBytes)}`)));
    if (isOpen) {
      details.append(drawTree(inner, isOpen));
    } else {
      details.addEventListener('toggle', () => details.append(drawTree(inner, false)), {once: true});
    }
    list.append(element('li', {}, details));
  }
  for (const file of folder.files) {
    list.append(element('li', {class: 'file'}, element('span', {class: 'name'}, file.name), element('small', {}, bytes(file.lengthBytes))));
  }
  return list;
}

function files(torrent) {
  const shown = torrent.fileList.length;
  byId('files-note').textContent = plural(torrent.files, 'file') + ', ' + bytes(torrent.lengthBytes)
    + (shown < torrent.files ? `; the first ${count(shown)} are listed` : '');
  byId('files').replaceChildren(drawTree(tree(torrent.fileList), shown <= OPEN_ROWS));
}

function swarm(torrent) {
  const history = torrent.history;
  if (history.length === 0) {
    byId('swarm-now').textContent = 'Nobody has counted this swarm yet.';
    return;
  }
  const last = history.at(-1);
  const margin = last.error > 0 ? ` (each ±${last.error})` : '';
  byId('swarm-now').replaceChildren(`${plural(last.seeds, 'seed')}, ${plural(last.leechers, 'leecher')}${margin}, measured `, moment(last.measured));
  byId('swarm-legend').hidden = false;
  byId('swarm-table').hidden = false;
  const points = field => history.map(reading => ({at: Date.parse(reading.measured), value: reading[field],
    low: Math.max(0, reading[field] - reading.error), high: reading[field] + reading.error}));
  const draw = () => lines(byId('swarm'), [{kind: 'leechers', points: points('leechers')}, {kind: 'seeds', points: points('seeds')}],
    {label: `Seeds and leechers over time: ${plural(history.length, 'measurement')}, lately ${last.seeds} and ${last.leechers}`, short, isWhole: true});
  draw();
  addEventListener('resize', draw);
  byId('swarm-table').querySelector('table').replaceChildren(
    element('thead', {}, element('tr', {}, ...['measured', 'seeds', 'leechers', 'give or take'].map(text => element('th', {scope: 'col'}, text)))),
    element('tbody', {}, ...history.toReversed().map(reading => element('tr', {},
      ...[new Date(reading.measured).toLocaleString(), count(reading.seeds), count(reading.leechers), count(reading.error)]
        .map(text => element('td', {}, text))))));
}

function facts(torrent) {
  const all = [
    ['Size', bytes(torrent.lengthBytes)],
    ['Files', count(torrent.files)],
    ['Pieces of', bytes(torrent.pieceLengthBytes)],
    ['First seen', moment(torrent.firstSeen)],
    ['Last seen', moment(torrent.lastSeen)],
    ['Infohash', element('code', {}, torrent.infoHash)],
  ];
  if (torrent.title) all.unshift(['Title', torrent.title]);
  byId('facts').replaceChildren(...all.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

// A page that is not served by HTTPS or from loopback has no clipboard: then the text is shown, selected.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    byId('copied').textContent = 'Copied.';
  } catch {
    const box = element('input', {value: text, readonly: true, 'aria-label': 'To copy'});
    byId('copied').replaceChildren(box);
    box.select();
  }
}

function show(torrent) {
  document.title = torrent.name + ' – Starling';
  byId('name').textContent = torrent.name || torrent.infoHash;
  byId('badges').replaceChildren(...badges(torrent));
  if (isMagnet(torrent.magnet)) byId('magnet').href = torrent.magnet;
  byId('copy').addEventListener('click', () => copy(torrent.magnet));
  byId('copy-command').addEventListener('click', () => copy('starling get ' + torrent.infoHash));
  byId('code').src = `/api/v1/torrents/${torrent.infoHash}/qr.svg`;
  byId('torrent').hidden = false;
  byId('status').hidden = true;
  facts(torrent);
  files(torrent);
  swarm(torrent);
}

const infoHash = location.pathname.split('/').at(-1);

byId('block').addEventListener('submit', async event => {
  event.preventDefault();
  const isLift = event.submitter?.value === 'lift';
  const body = {infoHash, who: 'page', why: byId('why').value.trim()};
  try {
    const changed = await administer(isLift ? '/api/v1/blocks/lift' : '/api/v1/blocks', byId('admin').value, body);
    const done = isLift ? 'brought back' : 'hidden';
    byId('block-status').textContent = `${plural(changed.torrents, 'torrent')} ${done}.`;
  } catch (reason) {
    byId('block-status').textContent = reason.status ? reason.message : 'The server does not answer.';
  }
});

try {
  show(await ask('/api/v1/torrents/' + encodeURIComponent(infoHash)));
} catch (reason) {
  byId('status').textContent = reason.status ? reason.message : 'The server does not answer.';
}
