'use strict';
// Brings the page to life: sorting, filtering, charts and the path explorer. Every figure is in the
// page as it arrives; without this script the page is complete, only still.
(() => {
  const report = JSON.parse(document.getElementById('report-data').textContent);

  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

  // A whole number of 10^-decimals as text: (509000, 2) is 5,090.00. Amounts of money keep their
  // decimals, labels of an axis drop them where they are all zero.
  const decimalText = (value, decimals, shortest = false) => {
    const digits = String(Math.abs(Math.round(value))).padStart(decimals + 1, '0');
    const whole = grouped(digits.slice(0, digits.length - decimals));
    const fraction = digits.slice(digits.length - decimals);
    const text = decimals === 0 || (shortest && /^0*$/.test(fraction)) ? whole : `${whole}.${fraction}`;
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

  const numberOf = (text) => {
    const number = parseFloat(text.replace(/[,% ]/g, ''));
    return Number.isNaN(number) ? null : number;
  };

  const sortTable = (table, column, header) => {
    const ascending = header.getAttribute('aria-sort') === 'ascending';
    const numeric = header.classList.contains('num');
    // Numbers begin with the largest, texts with A.
    const direction = header.hasAttribute('aria-sort') ? (ascending ? -1 : 1) : (numeric ? -1 : 1);
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => {
      const text = row.cells[column].textContent.trim();
      return { row, text, number: numeric ? numberOf(text) : null };
    });
    keyed.sort((a, b) => {
      if (!numeric) return direction * a.text.localeCompare(b.text, 'en');
      if (a.number === null || b.number === null) return (a.number === null) - (b.number === null);
      return direction * (a.number - b.number);
    });
    body.append(...keyed.map(({ row }) => row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
  };

  const addFilter = (table, shown) => {
    const rows = table.tBodies[0].rows;
    const input = make('input', { type: 'search', placeholder: 'Filter rows' });
    input.setAttribute('aria-label', `Filter the rows of: ${table.caption.textContent}`);
    const count = make('span', { className: 'quiet', role: 'status' });
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let visible = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        visible += row.hidden ? 0 : 1;
      }
      count.textContent = words.length ? `${visible} of ${rows.length} rows` : '';
      if (table.tFoot) table.tFoot.hidden = words.length > 0;  // the total is that of all rows
    });
    shown.before(make('div', { className: 'tools' }, input, count));
  };

  const enliven = (table) => {
    [...table.tHead.rows[0].cells].forEach((header, column) => {
      const button = make('button', { type: 'button', textContent: header.textContent });
      button.addEventListener('click', () => sortTable(table, column, header));
      header.replaceChildren(button);
    });
    if (table.tBodies[0].rows.length > 3) addFilter(table, table.closest('.scroll'));
  };
  document.querySelectorAll('table.data').forEach(enliven);

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

  const fill = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const options = [];
    report.paths.forEach((path, i) => {
      const channels = path.steps.map((step) => step[1]).join(' ');
      const text = `${described[i]} ${path.at} ${channels}`.toLowerCase();
      if (words.every((word) => text.includes(word))) options.push(make('option', { value: String(i), textContent: described[i] }));
    });
    list.replaceChildren(...options);
    document.getElementById('path-count').textContent =
      `${options.length} of ${report.paths.length} shown`;
    if (options.length) {
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
    shown.replaceChildren(title, about, make('div', { className: 'scroll', tabIndex: 0 }, table));
  };

  if (report.paths.length) {
    search.addEventListener('input', fill);
    list.addEventListener('change', show);
    explorer.hidden = false;
    fill();
  }
})();
