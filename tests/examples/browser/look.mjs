// SPDX-License-Identifier: BSL-1.0
// Opens a report.html in a real browser and uses it as a reader would:
//
//     node look.mjs NODE_MODULES CHROMIUM PLAN.json
//
// The plan names pages and what must be in them. Prints one line for each failure, and nothing else
// if all is well; screenshots go to the plan's directory.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, planFile] = process.argv.slice(2);
const { chromium } = createRequire(join(modules, 'here.js'))('playwright-core');
const axe = readFileSync(join(modules, 'axe-core', 'axe.min.js'), 'utf8');
const plan = JSON.parse(readFileSync(planFile, 'utf8'));

let failures = 0;
const check = (what, good, detail = '') => {
  if (good) return;
  failures += 1;
  console.log(`${what}${detail === '' ? '' : `: ${detail}`}`);
};
const same = (what, found, expected) =>
  check(what, JSON.stringify(found) === JSON.stringify(expected),
    `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// A page whose console and requests are watched.
const open = async (file, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);  // a busy machine is not a fault of the page
  const url = pathToFileURL(file).href;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) check(`${file}: console`, false, message.text());
  });
  page.on('pageerror', (error) => check(`${file}: script`, false, error.message));
  page.on('dialog', (dialog) => { check(`${file}: dialog`, false, dialog.message()); dialog.dismiss(); });
  page.on('request', (request) => check(`${file}: request`,
    request.url() === url || request.url() === 'data:,', request.url()));
  await page.goto(url);
  return { page, close: () => context.close() };
};

// What axe-core finds that keeps somebody from reading the page, of any impact.
const accessible = async (page, name) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const { impact, id, nodes } of violations) {
    check(`${name}: axe-core`, false,
      `${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).slice(0, 5).join(', ')}`);
  }
};

const column = (page, selector, index) => page.locator(`${selector} tbody tr:visible`).evaluateAll(
  (rows, i) => rows.map((row) => row.cells[i].textContent), index);
const number = (text) => Number(text.replaceAll(',', ''));
const sorted = (values, direction) => values.every(
  (value, i) => i === 0 || direction * (value - values[i - 1]) >= 0);

const lookAtCharts = async (page, { name, figure, amounts, unit, models }) => {
  const where = (dataset, index) => page.evaluate(([chart, d, i]) => {
    const canvas = window.reportCharts[chart].canvas.getBoundingClientRect();
    const { x, y, base } = window.reportCharts[chart].getDatasetMeta(d).data[i];
    return { x: canvas.x + (x + base) / 2, y: canvas.y + y, width: Math.abs(x - base) };
  }, [figure, dataset, index]);
  const tooltip = () => page.evaluate((chart) => {
    const { opacity, title, body } = window.reportCharts[chart].tooltip;
    return opacity === 0 ? null : [title[0], body[0].lines[0]];
  }, figure);
  const labels = await page.evaluate((chart) => window.reportCharts[chart].data.labels, figure);
  same(`${name}: channels of the chart`, [...labels].sort(), Object.keys(amounts).sort());

  const canvas = page.locator(`#figure-${figure} canvas`);
  await canvas.scrollIntoViewIfNeeded();
  let hovered = 0;
  for (let dataset = 0; dataset < models.length; ++dataset) {
    for (let index = 0; index < labels.length; ++index) {
      const amount = amounts[labels[index]][dataset];
      if (amount === null) continue;
      const at = await where(dataset, index);
      if (at.width < 20 || at.y < 0 || at.y > 890) continue;
      await page.mouse.move(at.x, at.y);
      same(`${name}: tooltip`, await tooltip(), [labels[index], `${models[dataset]}: ${amount}${unit}`]);
      hovered += 1;
    }
  }
  check(`${name}: bars that were looked at`, hovered >= 5, hovered);

  const range = () => page.evaluate((chart) => {
    const { x, y } = window.reportCharts[chart].scales;
    return [x.min, x.max, y.min, y.max];
  }, figure);
  const whole = await range();
  const reset = page.locator(`#figure-${figure} .reset`);
  check(`${name}: nothing to reset at first`, await reset.isDisabled());
  await page.locator(`#figure-${figure} .tools button`).first().click();
  check(`${name}: the button zooms`, JSON.stringify(await range()) !== JSON.stringify(whole));
  await reset.click();
  same(`${name}: reset after the button`, await range(), whole);
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 120, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((chart) => window.reportCharts[chart].isZoomedOrPanned(), figure);
  const part = await range();
  check(`${name}: dragging zooms`, part[1] - part[0] < (whole[1] - whole[0]) / 2, part);
  await reset.click();
  same(`${name}: reset after dragging`, await range(), whole);

  const first = page.locator(`#figure-${figure} .legend button`).first();
  await first.press('Enter');
  check(`${name}: the legend hides`, await page.evaluate(
    (chart) => !window.reportCharts[chart].isDatasetVisible(0), figure));
  same(`${name}: and says so`, await first.getAttribute('aria-pressed'), 'false');
  await first.press('Enter');

  await canvas.focus();
  await page.keyboard.press('ArrowDown');
  same(`${name}: the keyboard shows tooltips`, (await tooltip())?.[0], labels[0]);
  await page.keyboard.press('Escape');
  same(`${name}: and hides them`, await tooltip(), null);
};

const lookAtTables = async (page, { name, amounts }) => {
  const table = '#comparison table.data >> nth=0';
  const rows = page.locator(table).locator('tbody tr');
  const header = page.locator(table).locator('thead th');
  const cells = (index) => rows.evaluateAll(
    (all, i) => all.filter((row) => !row.hidden).map((row) => row.cells[i].textContent), index);
  const figures = async () => (await cells(1)).filter((text) => text !== '').map(number);
  same(`${name}: table`, (await cells(0)).sort(), Object.keys(amounts).sort());
  await header.nth(1).locator('button').click();
  same(`${name}: sorted`, await header.nth(1).getAttribute('aria-sort'), 'descending');
  check(`${name}: largest first`, sorted(await figures(), -1));
  await header.nth(1).locator('button').press('Enter');
  same(`${name}: sorted`, await header.nth(1).getAttribute('aria-sort'), 'ascending');
  check(`${name}: smallest first`, sorted(await figures(), 1));
  check(`${name}: empty cells last`, (await cells(1)).join('|').replace(/\|+$/, '').split('|').every(Boolean));
  await header.nth(0).locator('button').click();
  same(`${name}: one column is sorted`, await header.nth(1).getAttribute('aria-sort'), null);
  same(`${name}: by name`, await cells(0), [...await cells(0)].sort((a, b) => a.localeCompare(b, 'en')));

  const wanted = Object.keys(amounts)[0];
  const filter = page.locator('#comparison input[type=search]').first();
  await filter.fill(wanted.toUpperCase());
  check(`${name}: filter`, (await cells(0)).every((text) => text.toLowerCase().includes(wanted.toLowerCase())) && (await cells(0)).length >= 1);
  await filter.fill('nothing is called so');
  same(`${name}: filter without a match`, await cells(0), []);
  await filter.fill('');
  same(`${name}: filter removed`, (await cells(0)).length, Object.keys(amounts).length);
};

const lookAtPaths = async (page, { name, conversions }) => {
  const list = page.locator('#path-list');
  same(`${name}: paths`, await list.locator('option').count(), conversions);
  const rows = page.locator('#path-shown tbody tr');
  check(`${name}: a path is shown`, await rows.count() > 0);
  const value = (await page.locator('#path-shown p').first().textContent()).match(/[\d,]+\.\d\d/)[0];
  const sums = (await page.locator('#path-shown tfoot td').allTextContents()).filter((text) => text !== '0.00');
  check(`${name}: a path adds up`, sums.length > 0 && sums.every((sum) => sum === value), `${sums} of ${value}`);
  const before = await page.locator('#path-shown h3').textContent();
  await list.focus();
  await page.keyboard.press('ArrowDown');
  check(`${name}: the next path`, await page.locator('#path-shown h3').textContent() !== before);
  await page.locator('#path-search').fill(before);
  same(`${name}: one path found`, await page.locator('#path-shown h3').textContent(), before);
  await page.locator('#path-search').fill('nothing is called so');
  same(`${name}: no path found`, await list.locator('option').count(), 0);
};

for (const one of plan.pages) {
  const { page, close } = await open(one.file, { colorScheme: 'light' });
  await page.keyboard.press('Tab');
  same(`${one.name}: first with Tab`, await page.evaluate(() => document.activeElement.className), 'skip');
  for (const text of one.texts) check(`${one.name}: text`, (await page.locator('body').innerText()).includes(text), text);
  await accessible(page, `${one.name}, light`);
  await page.screenshot({ path: join(plan.shots, `${one.name}-light.png`), fullPage: true });
  if (one.amounts) {
    await lookAtCharts(page, one);
    await lookAtTables(page, one);
    await lookAtPaths(page, one);
    await page.evaluate(() => { document.getElementById('path-search').value = ''; });
  }
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.locator('#theme').click();
  check(`${one.name}: the button changes colours`, await background() !== light);
  await page.locator('#theme').click();
  same(`${one.name}: and back`, await background(), light);
  await page.emulateMedia({ media: 'print' });
  check(`${one.name}: prints pictures`, await page.locator('figure .scroll > svg').first().isVisible());
  check(`${one.name}: prints no canvas`, !(await page.locator('canvas:visible').count()));
  await page.pdf({ path: join(plan.shots, `${one.name}.pdf`), format: 'A4' });
  await close();

  const dark = await open(one.file, { colorScheme: 'dark' });
  check(`${one.name}: dark`, await dark.page.evaluate(
    () => getComputedStyle(document.body).backgroundColor) !== light);
  await accessible(dark.page, `${one.name}, dark`);
  await dark.page.screenshot({ path: join(plan.shots, `${one.name}-dark.png`), fullPage: true });
  await dark.close();

  const phone = await open(one.file, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
  const wide = await phone.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  check(`${one.name}: as wide as a phone`, wide[0] <= 390 && wide[1] === 390, wide);
  await accessible(phone.page, `${one.name}, phone`);
  await phone.page.screenshot({ path: join(plan.shots, `${one.name}-phone.png`), fullPage: true });
  await phone.close();
}

// A report of sections: the navigation leads to them, their cards come first, lines and boxes have
// tooltips.
const lookAtSections = async () => {
  const { page, close } = await open(plan.own);
  const links = page.locator('nav a');
  same('sections', await links.allTextContents(), ['Overview', 'Value', 'Retention <1>', 'Method']);
  await links.nth(2).click();
  same('a link leads to its section', await page.evaluate(() => {
    const place = document.querySelector(decodeURIComponent(location.hash));
    return [place.querySelector('h2').textContent, place.getBoundingClientRect().top < window.innerHeight / 2];
  }), ['Retention <1>', true]);
  same('cards', await page.locator('.cards dd').allTextContents(), ['93,358of 96,478 orders', '3.0 %']);
  check('cards come first', await page.evaluate(() => {
    const section = document.querySelector('#section-2');
    return section.querySelector('.cards').compareDocumentPosition(section.querySelector('figure')) ===
      Node.DOCUMENT_POSITION_FOLLOWING;
  }));
  const tip = (figure, dataset, index) => page.evaluate(([name, datasetIndex, i]) => {
    const chart = window.reportCharts[name];
    const { x, y } = chart.getDatasetMeta(datasetIndex).data[i];
    chart.tooltip.setActiveElements([{ datasetIndex, index: i }], { x, y });
    chart.update('none');
    return [...chart.tooltip.title, ...chart.tooltip.body.flatMap(({ lines }) => lines)];
  }, [figure, dataset, index]);
  same('tooltip of a line', await tip('revenue_by_month', 0, 1), ['2018-02', 'all: 200.00 BRL']);
  same('tooltip of a number', await tip('score_by_days', 0, 2), ['Delivery (days): 45', '2.10']);
  same('tooltip of a box', await tip('family_size', 0, 0),
    ['Work', 'median 2', 'half of them 2 to 3', 'whiskers 1 to 4', '1 outlier']);
  same('a line has a gap', await page.evaluate(
    () => window.reportCharts.revenue_by_month.getDatasetMeta(0).data[2].skip), true);
  await close();
};

// 100,000 conversions: the page opens at once, its tables are paged, and it says what is left out.
const lookAtMuch = async () => {
  const { page, close } = await open(plan.big);
  // Processor time since the browser was given the page: other work on this machine makes none slower.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'ProcessTime').value;
  check('much: ready in two seconds', seconds > 0.05 && seconds < 2, seconds);

  const place = page.locator('#figures .scroll:has(table)');
  const rows = place.locator('tbody tr');
  const cells = (index) => column(page, '#figures table', index);
  const where = page.locator('#figures .tools [role=status]').last();
  const pager = page.locator('#figures .pages button');
  same('much: a page of rows', await rows.count(), 25);
  same('much: where', await where.textContent(), 'Rows 1 to 25 of 10,000');
  check('much: what is left out', (await page.locator('#figures').innerText()).includes(
    'Here are the first 10,000 of 100,000 rows; customers.csv has them all.'));
  check('much: no way back', await pager.nth(0).isDisabled());
  await pager.nth(1).click();
  same('much: the next page', (await cells(0))[0], 'customer 25');
  same('much: where', await where.textContent(), 'Rows 26 to 50 of 10,000');
  await pager.nth(0).press('Enter');
  same('much: the page before', (await cells(0))[0], 'customer 0');

  await page.locator('#figures thead button').nth(2).click();
  const largest = (await cells(2)).map(number);
  check('much: sorted over all pages', sorted(largest, -1) && largest[0] > 99_000, largest[0]);
  await page.locator('#figures thead button').nth(2).click();
  check('much: smallest first', (await cells(2)).map(number)[0] < 100);
  await page.locator('#figures input[type=search]').fill('customer 9999');
  same('much: found on another page', await cells(0), ['customer 9999']);
  same('much: where', await where.textContent(), 'Rows 1 to 1 of 1, of 10,000 in all');
  check('much: one page', await pager.nth(0).isDisabled() && await pager.nth(1).isDisabled());
  await page.locator('#figures input[type=search]').fill('nothing is called so');
  same('much: nothing found', [await cells(0), await where.textContent()], [[], 'No row matches']);

  same('much: channels', await page.locator('#comparison table').first().locator('tbody tr').count(), 25);
  check('much: paths are sampled, and it is said', (await page.locator('#paths').innerText()).includes(
    'Here are the 5,000 largest of 100,000; audit.csv has them all.'));
  same('much: a list that can be read', await page.locator('#path-list option').count(), 1000);
  await page.locator('#path-search').fill('customer 99998');
  same('much: a path that was not listed', await page.locator('#path-shown h3').textContent(), 'customer 99998');
  await accessible(page, 'much');
  await page.emulateMedia({ media: 'print' });
  check('much: paper says what is missing', (await page.locator('#figures').innerText()).includes(
    '25 of 10,000 rows; customers.csv has them all.'));
  await close();
};
await lookAtSections();
await lookAtMuch();

// Without scripts the page is still: pictures and tables are there.
const still = await open(plan.still, { javaScriptEnabled: false });
check('without scripts: pictures', await still.page.locator('figure svg[role=img]').first().isVisible());
check('without scripts: tables', await still.page.locator('#comparison table').first().isVisible());
await still.close();

await browser.close();
process.exitCode = failures ? 1 : 0;
