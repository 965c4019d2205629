'use strict';
// Brings the page to life: sorting, filtering, charts and the path explorer. Every figure is in the
// page as it arrives; without this script the page is complete, only still.
(() => {
  const report = JSON.parse(document.getElementById('report-data').textContent);

  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

  // A whole number of 10^-decimals as text: (509000, 2) is 5,090.00.
  const decimalText = (value, decimals) => {
    const digits = String(Math.abs(Math.round(value))).padStart(decimals + 1, '0');
    const whole = grouped(digits.slice(0, digits.length - decimals));
    const fraction = digits.slice(digits.length - decimals);
    const text = decimals === 0 ? whole : `${whole}.${fraction}`;
    return value < 0 ? `-${text}` : text;
  };

  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  // --- Light and dark

  const root = document.documentElement;
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches;
  const themeListeners = [];
  const themeChanged = () => themeListeners.forEach((listener) => listener());
  systemDark.addEventListener('change', themeChanged);
  const themeButton = make('button', { type: 'button', id: 'theme' });
  const nameTheme = () => { themeButton.textContent = isDark() ? 'Light colours' : 'Dark colours'; };
  themeButton.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    themeChanged();
  });
  themeListeners.push(nameTheme);
  nameTheme();
  document.getElementById('page-tools').append(themeButton);

  // --- Tables

  document.querySelectorAll('table.data').forEach(tableKeeper({ make, longTables: report.tables }));

  // --- Charts

  if (typeof Chart !== 'undefined') {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    const drawChart = chartPainter({ root, make, decimalText, themeListeners });
    window.reportCharts = Object.fromEntries(
      report.figures.map((figure) => [figure.name, drawChart(figure)]));
  }

  // --- Paths

  const explorer = document.getElementById('path-explorer');
  const list = document.getElementById('path-list');
  const search = document.getElementById('path-search');
  const shown = document.getElementById('path-shown');
  const described = report.paths.map((path) => [path.name, path.group,
    decimalText(path.cents, 2)].filter(Boolean).join(' · '));
  const texts = [];  // of each path, to search in

  // A list of thousands is of no use to anybody: the search narrows it.
  const mostListed = 1000;

  const fill = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    report.paths.forEach((path, i) => {
      texts[i] ??= [described[i], path.at, ...path.steps.map((step) => step[1])].join(' ').toLowerCase();
      if (words.every((word) => texts[i].includes(word))) found.push(i);
    });
    list.replaceChildren(...found.slice(0, mostListed).map((i) => make('option', { value: String(i), textContent: described[i] })));
    const all = report.paths.length.toLocaleString('en');
    document.getElementById('path-count').textContent = found.length > mostListed
      ? `The first ${mostListed.toLocaleString('en')} of ${found.length.toLocaleString('en')} that match, of ${all}`
      : `${found.length.toLocaleString('en')} of ${all} shown`;
    if (found.length) {
      list.selectedIndex = 0;
      show();
    } else {
      shown.replaceChildren(make('p', { textContent: 'Nothing matches.' }));
    }
  };

  const show = () => {
    const path = report.paths[Number(list.value)];
    const title = make('h3', { textContent: path.name });
    const unit = report.currency ? ` ${report.currency}` : '';
    const about = make('p', { className: 'quiet', textContent:
      [path.group, path.at.replace('T', ' ').replace('Z', ' UTC'), decimalText(path.cents, 2) + unit, path.reason].filter(Boolean).join(' · ') });
    if (path.steps.length === 0) {
      shown.replaceChildren(title, about);
      return;
    }
    const header = make('tr', {}, ...['When (UTC)', 'What', report.channel, 'Who'].map((text) => make('th', { scope: 'col', textContent: text })),
      ...report.models.map((text) => make('th', { scope: 'col', className: 'num', textContent: text })));
    const sums = report.models.map(() => 0);
    const rows = path.steps.map(([kind, channel, who, at, credits]) => make('tr', {},
      ...[at.replace('T', ' ').replace('Z', ''), kind, channel, who].map((text) => make('td', { textContent: text })),
      ...credits.map((cents, model) => {
        sums[model] += cents ?? 0;
        return make('td', { className: 'num', textContent: cents === null ? '' : decimalText(cents, 2) });
      })));
    const total = make('tr', {}, make('th', { scope: 'row', colSpan: 4, textContent: 'together' }),
      ...sums.map((sum) => make('td', { className: 'num', textContent: decimalText(sum, 2) })));
    const table = make('table', {}, make('caption', { textContent: `Touchpoints of ${path.name}, by time` }),
      make('thead', {}, header), make('tbody', {}, ...rows), make('tfoot', {}, total));
    const place = make('div', { className: 'scroll', tabIndex: 0, role: 'region' }, table);
    place.setAttribute('aria-label', table.caption.textContent);
    shown.replaceChildren(title, about, place);
  };

  if (report.paths.length) {
    search.addEventListener('input', fill);
    list.addEventListener('change', show);
    explorer.hidden = false;
    fill();
  }
})();
