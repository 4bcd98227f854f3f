// Returns what is wrong with the page as it is drawn now, in sentences. Runs in the browser, see check.py.
() => {
  const problems = [];
  const wide = document.documentElement.clientWidth;
  const phone = wide < 600;
  const TOLERANCE_PX = 1.5;
  const WORD_MAX = 20;
  const shown = element => element.checkVisibility() && element.getClientRects().length > 0;
  const excerpt = text => '"' + text.trim().slice(0, 40) + '"';

  if (document.documentElement.scrollWidth > wide) {
    problems.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${wide}`);
  }

  // Text nodes with their lines. What a box scrolls away is not drawn.
  const boxOf = element => element.closest('.chart, .page') || document.documentElement;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('script, style, title') || !shown(parent)) continue;
    const svg = parent.closest('svg');
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = svg ? [parent.getBoundingClientRect()] : [...range.getClientRects()];
    const box = boxOf(parent).getBoundingClientRect();
    texts.push({ node, parent, svg, rects: rects.filter(r => r.width > 1 && r.left < box.right + 1 && r.right > box.left - 1) });
  }

  // Texts over each other. The space above and below the letters of a line does not count.
  const lines = texts.flatMap(text => text.rects.map(r => ({
    text, left: r.left + TOLERANCE_PX, right: r.right - TOLERANCE_PX, top: r.top + r.height * 0.25, bottom: r.bottom - r.height * 0.25,
  }))).sort((a, b) => a.top - b.top);
  lines.forEach((a, i) => {
    for (let k = i + 1; k < lines.length && lines[k].top < a.bottom; k++) {
      const b = lines[k];
      if (a.text !== b.text && a.left < b.right && b.left < a.right) {
        problems.push(`${excerpt(a.text.node.data)} and ${excerpt(b.text.node.data)} are drawn over each other`);
      }
    }
  });

  // Contrast of text with what is behind it.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = colour => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      known.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  texts.forEach(({ node, parent, svg }) => {
    const style = getComputedStyle(parent);
    const [a, b] = [light(rgba(svg ? style.fill : style.color)), light(behind(parent))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) problems.push(`${excerpt(node.data)} has a contrast of ${ratio.toFixed(1)}`);
  });

  // A legend has the colours of its bars.
  document.querySelectorAll('.legend b[style]').forEach(key => {
    if (!shown(key)) return;
    const paper = key.getAttribute('style').match(/#[0-9a-f]{6}/)[0];
    const colour = getComputedStyle(key).backgroundColor;
    key.closest('.page').querySelectorAll(`svg [fill="${paper}"]:not(text)`).forEach(shape => {
      const fill = getComputedStyle(shape).fill;
      if (shown(shape) && fill !== colour) problems.push(`the legend of ${paper} is ${colour}, its bars are ${fill}`);
    });
  });

  document.querySelectorAll('.number').forEach(number => {
    if (!['none', 'normal', '""'].includes(getComputedStyle(number, '::before').content)) problems.push('a page number is drawn');
  });

  // Bars of a table are as long as their figures tell.
  document.querySelectorAll('table.rows').forEach(table => {
    const scales = [...table.querySelectorAll('td.bar rect, td.share rect')]
      .filter(rect => shown(rect) && Number(rect.getAttribute('width')) > 2)
      .map(rect => rect.getBoundingClientRect().width / Number(rect.getAttribute('width')));
    if (scales.length && Math.max(...scales) > 1.05 * Math.min(...scales)) problems.push('bars of a table have different scales');
  });

  // A word is not broken, unless it is longer than a narrow column.
  texts.filter(text => !text.svg && text.rects.length > 1).forEach(({ node }) => {
    for (const word of node.data.matchAll(/[\p{Script=Latin}\p{Script=Hebrew}\p{Script=Arabic}\d]+/gu)) {
      if (word[0].length > WORD_MAX) continue;
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = [...range.getClientRects()].map(r => r.top);
      if (Math.max(...tops) - Math.min(...tops) > 5) problems.push(`${excerpt(word[0])} is broken`);
    }
  });

  if (phone) {
    const cells = [...document.querySelectorAll('table.rows td')].filter(cell => cell.textContent.trim() && shown(cell));
    const lost = cells.filter(cell => {
      const box = cell.getBoundingClientRect();
      return box.width < 1 || box.left < -1 || box.right > wide + 1;
    });
    lost.slice(0, 3).forEach(cell => problems.push(`the cell ${excerpt(cell.textContent)} is not on the screen`));
    document.querySelectorAll('svg text[font-weight="bold"]').forEach(text => {
      const box = text.getBoundingClientRect();
      if (shown(text) && (box.left < 0 || box.right > wide)) problems.push(`${excerpt(text.textContent)} is beside the screen`);
    });
    const total = document.querySelector('.kpi .big');
    if (total && total.getBoundingClientRect().bottom > innerHeight) problems.push('the total is below the first screen');
  }
  return [...new Set(problems)];
}
