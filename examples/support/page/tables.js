'use strict';
// Makes the tables of the page sort and filter. A long one arrives with its first rows; the script has
// the others and shows them page by page.
const tableKeeper = ({ make, longTables }) => {
  const pageSize = 25;
  const collator = new Intl.Collator('en');
  const counted = (number) => number.toLocaleString('en');

  const numberOf = (text) => {
    const number = parseFloat(text.replace(/[,% ]/g, ''));
    return Number.isNaN(number) ? null : number;
  };

  // What each row holds; its element is made when it is shown for the first time.
  const rowsOf = (table) => {
    const long = longTables[table.dataset.rows];
    if (!long) return [...table.tBodies[0].rows].map((row) => (
      { cells: [...row.cells].map((cell) => cell.textContent.trim()), row }));
    const classes = [...table.tHead.rows[0].cells].map((header) => header.className);
    return long.map(([kind, ...cells]) => ({ cells, kind, classes }));
  };
  const elementOf = (one) => {
    one.row ??= make('tr', one.kind ? { className: one.kind } : {}, ...one.cells.map((textContent, i) => {
      const cell = make(i === 0 ? 'th' : 'td', { className: one.classes[i], textContent });
      if (i === 0) cell.scope = 'row';
      return cell;
    }));
    return one.row;
  };

  const compare = (numeric, column, direction) => (a, b) => {
    if (!numeric) return direction * collator.compare(a.cells[column], b.cells[column]);
    const left = numberOf(a.cells[column]);
    const right = numberOf(b.cells[column]);
    if (left === null || right === null) return (left === null) - (right === null);
    return direction * (left - right);
  };

  return (table) => {
    const headers = [...table.tHead.rows[0].cells];
    const rows = rowsOf(table);
    const name = table.caption.textContent;
    const place = table.closest('.scroll');
    const paged = rows.length > pageSize && table.dataset.rows !== undefined;
    let shown = rows;
    let page = 0;

    const button = (textContent, step) => {
      const made = make('button', { type: 'button', textContent });
      made.setAttribute('aria-label', `${textContent} rows of: ${name}`);
      made.addEventListener('click', () => { page += step; draw(); });
      return made;
    };
    const previous = button('Previous', -1);
    const next = button('Next', 1);
    const where = make('span', { className: 'quiet', role: 'status' });

    const draw = () => {
      const size = paged ? pageSize : rows.length;
      const from = page * size;
      const to = Math.min(from + size, shown.length);
      table.tBodies[0].replaceChildren(...shown.slice(from, to).map(elementOf));
      if (table.tFoot) table.tFoot.hidden = shown !== rows;  // the total is that of all rows
      previous.disabled = page === 0;
      next.disabled = to === shown.length;
      const matching = shown === rows ? '' : `, of ${counted(rows.length)} in all`;
      if (paged) where.textContent = shown.length ? `Rows ${counted(from + 1)} to ${counted(to)} of ${counted(shown.length)}${matching}` : 'No row matches';
      else where.textContent = shown === rows ? '' : `${shown.length} of ${rows.length} rows`;
    };

    const sortBy = (header, column) => {
      const numeric = header.classList.contains('num');
      // Numbers begin with the largest, texts with A.
      const ascending = header.hasAttribute('aria-sort')
        ? header.getAttribute('aria-sort') !== 'ascending' : !numeric;
      const order = compare(numeric, column, ascending ? 1 : -1);
      rows.sort(order);
      if (shown !== rows) shown.sort(order);
      headers.forEach((other) => other.removeAttribute('aria-sort'));
      header.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
      page = 0;
      draw();
    };
    headers.forEach((header, column) => {
      const sorter = make('button', { type: 'button', textContent: header.textContent });
      sorter.addEventListener('click', () => sortBy(header, column));
      header.replaceChildren(sorter);
    });

    if (rows.length > 3) {
      const filter = make('input', { type: 'search', placeholder: 'Filter rows' });
      filter.setAttribute('aria-label', `Filter the rows of: ${name}`);
      filter.addEventListener('input', () => {
        const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
        const matches = (one) => {
          one.text ??= one.cells.join(' ').toLowerCase();
          return words.every((word) => one.text.includes(word));
        };
        shown = words.length ? rows.filter(matches) : rows;
        page = 0;
        draw();
      });
      place.before(make('div', { className: 'tools' }, filter, where));
    }
    if (paged) {
      place.nextElementSibling.classList.add('covered');  // it speaks of pages without this script
      place.after(make('div', { className: 'tools pages' }, previous, next));
      draw();
    }
  };
};
