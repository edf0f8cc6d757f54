// What all pages share: elements, numbers, requests. Everything that was found in the network is set
// as text or as an attribute's value, never as markup.

export const byId = id => document.getElementById(id);

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) {
    const value = attributes[key];
    if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export const count = n => Math.round(n).toLocaleString('en');

export const plural = (n, one) => `${count(n)} ${one}${n === 1 ? '' : one.endsWith('sh') ? 'es' : 's'}`;

export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) { n /= 1024; unit++; }
  return (unit === 0 || n >= 100 ? Math.round(n) : +n.toFixed(1)) + ' ' + units[unit];
}

// Large numbers in three digits: 12.3k, 4.56M.
export function short(n) {
  for (const [power, unit] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
    if (n >= power) return +(n / power).toPrecision(3) + unit;
  }
  if (n >= 10 || Number.isInteger(n)) return String(Math.round(n));
  return n >= 1 ? n.toFixed(1) : String(+n.toFixed(2));
}

const SPANS = [[365 * 86400, 'year'], [30 * 86400, 'month'], [7 * 86400, 'week'], [86400, 'day'], [3600, 'hour'], [60, 'minute']];

export function ago(instant) {
  const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
  for (const [length, unit] of SPANS) {
    if (seconds >= length) return plural(Math.floor(seconds / length), unit) + ' ago';
  }
  return 'just now';
}

// A moment as people say it, exactly in the tooltip.
export const moment = instant =>
  element('time', {datetime: instant, title: new Date(instant).toLocaleString()}, ago(instant));

// Only such links are followed: what is in a torrent's name cannot make another kind of one.
export const isMagnet = link => typeof link === 'string' && link.startsWith('magnet:?xt=urn:btih:');

export class Refused extends Error {
  constructor(status, reason) { super(reason); this.status = status; }
}

export async function ask(path, options = {}) {
  const answer = await fetch(path, {headers: {Accept: 'application/json'}, ...options});
  let body;
  try { body = await answer.json(); } catch { body = {}; }
  if (!answer.ok) throw new Refused(answer.status, body.error || `The server says ${answer.status}.`);
  return body;
}

// What changes something takes the admin key with each request, in a header that no other site's page can send.
export const administer = (path, key, body) => ask(path, {method: 'POST', body: JSON.stringify(body),
  headers: {Accept: 'application/json', 'Content-Type': 'application/json', 'X-Api-Key': key.trim()}});

const TYPES = {video: 'Video', audio: 'Audio', books: 'Books', software: 'Software', images: 'Images', archives: 'Archives', data: 'Data'};
export const typeName = type => TYPES[type] || type;

const LANGUAGES = typeof Intl.DisplayNames === 'function' ? new Intl.DisplayNames(['en'], {type: 'language'}) : null;
export function languageName(code) {
  try { return LANGUAGES ? LANGUAGES.of(code) : code; } catch { return code; }
}

export function health(torrent) {
  if (torrent.seeds === undefined) {
    return element('span', {class: 'health unknown', title: 'not measured yet'}, 'not measured');
  }
  const kind = torrent.seeds >= 5 ? 'good' : torrent.seeds > 0 ? 'doubt' : 'bad';
  const about = torrent.error > 0 ? `, give or take ${torrent.error}` : '';
  return element('span', {class: 'health ' + kind, title: 'measured ' + ago(torrent.measured) + about},
    element('b', {}, count(torrent.seeds)), torrent.seeds === 1 ? ' seed ' : ' seeds ',
    element('i', {}, plural(torrent.leechers, 'leecher')));
}

export const badge = (text, kind = '') => element('span', {class: ('badge ' + kind).trim()}, text);

export function badges(torrent) {
  const all = [badge(typeName(torrent.type), 'type ' + torrent.type)];
  if (torrent.season !== undefined) {
    const episode = torrent.episode !== undefined ? `, episode ${torrent.episode}` : '';
    all.push(badge(`Season ${torrent.season}${episode}`));
  }
  if (torrent.year !== undefined) all.push(badge(String(torrent.year)));
  if (torrent.resolution) all.push(badge(torrent.resolution));
  for (const code of torrent.languages || []) all.push(badge(languageName(code)));
  return all;
}
