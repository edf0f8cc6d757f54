// The search page: what is chosen stands in the address, so that it can be kept, sent and gone back to.
import {ask, badges, byId, bytes, count, element, health, isMagnet, languageName, moment, plural, typeName} from '/common.js';

const PAGE = 20;
const MAX_OFFSET = 9000;
const TYPING_MILLIS = 120;
const MANY = ['type', 'extension'];
const FACETS = [['type', 'Kind', typeName], ['resolution', 'Resolution', String], ['language', 'Language', languageName],
  ['year', 'Year', String], ['extension', 'File type', value => '.' + value]];
const LABELS = {days: 'age', size: 'size', minSeeds: 'seeds'};

const state = new Map();
let asking = null;
let timer = 0;

const values = name => (state.get(name) || '').split(',').filter(Boolean);
const offset = () => Math.min(Number(state.get('offset')) || 0, MAX_OFFSET);

function readAddress() {
  state.clear();
  for (const [name, value] of new URLSearchParams(location.search)) if (value) state.set(name, value);
  byId('q').value = state.get('q') || '';
  for (const id of ['order', 'days', 'size', 'minSeeds']) {
    byId(id).value = state.get(id) || (id === 'order' ? 'relevance' : '');
  }
}

function address(changes = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of [...state, ...Object.entries(changes)]) {
    if (value) parameters.set(name, value); else parameters.delete(name);
  }
  const text = parameters.toString();
  return text ? '/?' + text : '/';
}

function change(changes, isTyping = false) {
  for (const name in changes) {
    if (changes[name]) state.set(name, changes[name]); else state.delete(name);
  }
  if (!('offset' in changes)) state.delete('offset');
  history[isTyping ? 'replaceState' : 'pushState'](null, '', address());
  search();
}

// While a word is being typed it stands for all that begin so.
function words(text) {
  const isOpen = /[\p{L}\p{N}]$/u.test(text) && (text.split('"').length - 1) % 2 === 0;
  return isOpen ? text + '*' : text;
}

function question() {
  const parameters = new URLSearchParams({q: words(state.get('q') || ''), facets: 'true', limit: PAGE, offset: offset()});
  for (const name of ['type', 'extension', 'resolution', 'language', 'year', 'days', 'minSeeds', 'order']) {
    if (state.has(name)) parameters.set(name, state.get(name));
  }
  const [least, most] = (state.get('size') || '').split('-');
  if (least) parameters.set('minSize', least);
  if (most) parameters.set('maxSize', most);
  return '/api/v1/search?' + parameters;
}

async function search() {
  asking?.abort();
  const mine = asking = new AbortController();
  document.title = (state.get('q') ? state.get('q') + ' – ' : '') + 'Starling: search';
  byId('results').setAttribute('aria-busy', 'true');
  try {
    const page = await ask(question(), {signal: mine.signal});
    if (mine === asking) show(page);
  } catch (reason) {
    if (reason.name !== 'AbortError') {
      byId('count').textContent = reason.status ? reason.message : 'The server does not answer.';
      byId('results').replaceChildren();
      byId('pager').replaceChildren();
    }
  } finally {
    if (mine === asking) byId('results').removeAttribute('aria-busy');
  }
}

function show(page) {
  const total = (page.isTotalExact ? '' : 'more than ') + plural(page.total, 'torrent');
  byId('count').textContent = page.total === 0 ? 'Nothing matches.' : total;
  byId('count').title = `${page.tookMillis} ms`;
  byId('results').start = offset() + 1;
  byId('results').replaceChildren(...page.hits.map(result));
  chips();
  facets(page.facets);
  pager(page);
}

function result(torrent) {
  const details = [bytes(torrent.lengthBytes), plural(torrent.files, 'file')];
  if (torrent.copies.length > 0) details.push(torrent.copies.length === 1 ? 'one copy' : torrent.copies.length + ' copies');
  const item = element('li', {class: 'card result'},
    element('h3', {}, element('a', {href: '/torrent/' + torrent.infoHash}, torrent.name || torrent.infoHash)),
    element('p', {class: 'badges'}, ...badges(torrent)),
    element('p', {class: 'details'}, element('span', {}, details.join(', ')),
      element('span', {}, 'first seen ', moment(torrent.firstSeen)), health(torrent)));
  if (isMagnet(torrent.magnet)) {
    item.append(element('a', {class: 'magnet', href: torrent.magnet, 'aria-label': 'Magnet link of ' + torrent.name,
      title: 'Open the magnet link'}, 'Magnet'));
  }
  return item;
}

function facets(all) {
  const known = new Map(all.map(facet => [facet.property, facet]));
  const focused = document.activeElement?.dataset.facet; // who goes by keys stays where he is
  byId('facets').replaceChildren(...FACETS.flatMap(([property, title, say]) => {
    const facet = known.get(property);
    const chosen = values(property);
    const shown = facet ? facet.values.filter(v => v.count > 0 || chosen.includes(v.value)).slice(0, 8) : [];
    if (shown.length === 0) return [];
    return [element('fieldset', {}, element('legend', {}, title), element('ul', {},
      ...shown.map(v => element('li', {}, choice(property, v, chosen.includes(v.value), say, facet.isExact)))))];
  }));
  if (focused) [...document.querySelectorAll('.facet')].find(button => button.dataset.facet === focused)?.focus();
}

function choice(property, value, isChosen, say, isExact) {
  const button = element('button', {type: 'button', class: 'facet', 'aria-pressed': String(isChosen), 'data-facet': property + ' ' + value.value},
    element('span', {}, say(value.value)), element('small', {}, (isExact ? '' : '≈') + count(value.count)));
  button.addEventListener('click', () => {
    const others = values(property).filter(v => v !== value.value);
    const now = isChosen ? others : MANY.includes(property) ? [...others, value.value] : [value.value];
    change({[property]: now.join(',')});
  });
  return button;
}

function chips() {
  const inForce = FACETS.flatMap(([property, title, say]) =>
    values(property).map(value => [say(value), {[property]: values(property).filter(v => v !== value).join(',')}]));
  for (const id in LABELS) {
    if (state.has(id)) inForce.push([LABELS[id] + ': ' + byId(id).selectedOptions[0]?.text.toLowerCase(), {[id]: ''}]);
  }
  byId('chips').replaceChildren(...inForce.map(([text, without]) => {
    const button = element('button', {type: 'button', class: 'chip', 'aria-label': 'Without ' + text}, text + ' ×');
    button.addEventListener('click', () => { change(without); readAddress(); byId('count').focus(); });
    return element('li', {}, button);
  }));
}

function pager(page) {
  const here = Math.floor(offset() / PAGE), last = Math.min(Math.ceil(page.total / PAGE) - 1, MAX_OFFSET / PAGE);
  const link = (to, text, attributes = {}) =>
    element('a', {href: address({offset: to > 0 ? String(to * PAGE) : ''}), 'data-page': to, ...attributes}, text);
  const parts = [];
  if (here > 0) parts.push(link(here - 1, '‹ Previous', {rel: 'prev'}));
  if (last > 0) {
    const near = [...new Set([0, here - 1, here, here + 1, last])].filter(n => n >= 0 && n <= last);
    near.forEach((n, i) => {
      if (i > 0 && n > near[i - 1] + 1) parts.push(element('span', {}, '…'));
      parts.push(link(n, String(n + 1), n === here ? {'aria-current': 'page', 'aria-label': 'Page ' + (n + 1)} : {'aria-label': 'Page ' + (n + 1)}));
    });
  }
  if (here < last && page.hits.length > 0) parts.push(link(here + 1, 'Next ›', {rel: 'next'}));
  byId('pager').replaceChildren(...parts);
}

byId('pager').addEventListener('click', event => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const page = Number(link.dataset.page);
  change({offset: page > 0 ? String(page * PAGE) : ''});
  byId('count').focus({preventScroll: true});
  byId('count').scrollIntoView({block: 'start'});
});

byId('q').addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(() => change({q: byId('q').value.trimStart()}, true), TYPING_MILLIS);
});

byId('form').addEventListener('submit', event => {
  event.preventDefault();
  clearTimeout(timer);
  change({q: byId('q').value.trim()});
});

for (const id of ['order', 'days', 'size', 'minSeeds']) {
  byId(id).addEventListener('change', () => {
    const value = byId(id).value;
    change({[id]: id === 'order' && value === 'relevance' ? '' : value});
  });
}

addEventListener('keydown', event => {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  const links = [...document.querySelectorAll('#results h3 a')];
  const at = links.indexOf(document.activeElement);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/' && !isTyping) {
    byId('q').focus();
    byId('q').select();
  } else if (event.key === 'ArrowDown' && (event.target === byId('q') || at >= 0)) {
    links[Math.min(at + 1, links.length - 1)]?.focus();
  } else if (event.key === 'ArrowUp' && at >= 0) {
    (at === 0 ? byId('q') : links[at - 1]).focus();
  } else {
    return;
  }
  event.preventDefault();
});

addEventListener('popstate', () => { readAddress(); search(); });

byId('filters').open = matchMedia('(min-width: 56rem)').matches;
readAddress();
search();
