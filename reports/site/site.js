'use strict';
(() => {
  const words = document.body.dataset;
  const point = new Intl.NumberFormat(document.documentElement.lang || 'en')
    .formatToParts(1.5).find(part => part.type === 'decimal').value;

  // A figure as it is printed, as a number; null when it is none.
  const figure = text => {
    const plain = text.replace(/\u2212/g, '-').replace(/[^0-9.,-]/g, '');
    const digits = plain.split('').filter(c => /[0-9-]/.test(c) || c === point).join('').replace(point, '.');
    return /[0-9]/.test(digits) ? Number(digits) : null;
  };

  // A cell whose text says less than its value states the value: "from 135", a day, millions.
  const value = (row, column, numeric) => {
    const cell = row.cells[column];
    if (!cell) return null;
    const data = cell.querySelector('data');
    if (data) return data.value === '' ? null : Number(data.value);
    const time = cell.querySelector('time');
    const text = time ? time.dateTime : cell.textContent.trim();
    return numeric && !time ? figure(text) : text.toLowerCase();
  };

  // What is not known stands last whichever way a table is sorted.
  const compare = (a, b, way) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1 : (a < b ? -1 : 1) * way;

  const isSum = row => row.classList.contains('total') || row.classList.contains('rest');

  const sortable = table => {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      if (!head.textContent.trim() || head.classList.contains('share')) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const way = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', way === 1 ? 'ascending' : 'descending');
        const numeric = head.classList.contains('n');
        const rows = [...body.rows];
        const sums = rows.filter(isSum);
        rows.filter(row => !isSum(row))
          .sort((a, b) => compare(value(a, column, numeric), value(b, column, numeric), way))
          .concat(sums)
          .forEach(row => body.append(row));
      });
    });
  };

  const searchable = table => {
    const rows = [...table.tBodies[0].rows].filter(row => !isSum(row));
    if (rows.length < 10) return;
    const label = document.createElement('label');
    const input = document.createElement('input');
    const found = document.createElement('span');
    label.className = 'search';
    input.type = 'search';
    found.setAttribute('role', 'status');
    label.append(words.search, input, found);
    const fold = table.closest('details');
    (fold || table).before(label);
    input.addEventListener('input', () => {
      const words = input.value.trim().toLowerCase();
      if (fold && words) fold.open = true;
      rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(words); });
      found.textContent = words ? rows.filter(row => !row.hidden).length + ' / ' + rows.length : '';
    });
  };

  const explained = words.explained;
  document.querySelectorAll('table.rows').forEach(table => {
    if (table.tHead && !table.classList.contains('bridge') && table.tBodies[0].rows.length > 2) {
      sortable(table);
      searchable(table);
    }
    if (!explained) return;
    table.querySelectorAll('tr[id] > td.id').forEach(cell => {
      const link = document.createElement('a');
      link.href = explained + '#' + encodeURIComponent(cell.parentElement.id);
      link.setAttribute('aria-label', words.origin.replace('%', cell.textContent));
      link.append(...cell.childNodes);
      cell.append(link);
    });
  });

  // What scrolls sideways can be scrolled by keyboard.
  document.querySelectorAll('.page, .chart').forEach(page => {
    if (page.scrollWidth > page.clientWidth) page.tabIndex = 0;
  });

  // Browsers that do not show folded tables on paper by their style show what is open.
  window.addEventListener('beforeprint', () => {
    document.querySelectorAll('details.fold').forEach(fold => { fold.open = true; });
  });

  const open = () => {
    const section = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = section && section.closest('details.fold');
    if (fold) {
      fold.open = true;
      section.scrollIntoView();
    }
    const details = section && section.querySelector('details');
    if (details) {
      details.open = true;
      details.querySelector('summary').focus();
      section.scrollIntoView();
    }
  };
  window.addEventListener('hashchange', open);
  open();
})();
