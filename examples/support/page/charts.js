'use strict';
// Draws the figures of the page with Chart.js, which the reader can zoom into, hover over and walk
// through with the keyboard. Without it their pictures stay where they are.
const chartPainter = ({ root, make, decimalText, themeListeners }) => {
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  // Mean and median of a histogram: lines across it, named in the legend.
  const markLines = (marks) => ({
    id: 'marks',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const step = scales.x.getPixelForValue(1) - scales.x.getPixelForValue(0);
      marks.forEach((mark, i) => {
        const x = scales.x.getPixelForValue(0) + mark.position * step;
        if (x < chartArea.left || x > chartArea.right) return;
        ctx.save();
        ctx.strokeStyle = i === 0 ? css('--ink') : '#d55e00';
        ctx.lineWidth = 2.5;
        ctx.setLineDash(i === 0 ? [] : [7, 5]);
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.restore();
      });
    },
  });

  // Error bars: a line from end to end of each bar's range, with a short one across each end; light
  // around dark or dark around light, to be seen on every colour.
  const errorBars = (figure, scale) => ({
    id: 'ranges',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
      ctx.clip();
      ctx.beginPath();
      const line = (...places) => places.forEach(([value, across], i) => {
        const point = figure.lying ? [value, across] : [across, value];
        if (i === 0) ctx.moveTo(...point);
        else ctx.lineTo(...point);
      });
      figure.series.forEach(({ ranges = [] }, series) => {
        if (!chart.isDatasetVisible(series)) return;
        chart.getDatasetMeta(series).data.forEach((bar, i) => {
          if (!ranges[i]) return;
          const across = figure.lying ? bar.y : bar.x;
          const ends = ranges[i].map((value) => scales[figure.lying ? 'x' : 'y'].getPixelForValue(value / scale));
          line([ends[0], across], [ends[1], across]);
          for (const end of ends) line([end, across - 3], [end, across + 3]);
        });
      });
      for (const [colour, width] of [['--paper', 3], ['--ink', 1.3]]) {
        ctx.strokeStyle = css(colour);
        ctx.lineWidth = width;
        ctx.stroke();
      }
      ctx.restore();
    },
  });

  // The boxes are bars from quartile to quartile; the rest of a box plot is drawn over them.
  const whiskers = (figure, scale) => ({
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const y = (value) => scales.y.getPixelForValue(value / scale);
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
      ctx.clip();
      ctx.strokeStyle = css('--ink');
      const stroke = (width, x1, y1, x2, y2) => {
        ctx.lineWidth = width;
        ctx.beginPath();
        ctx.moveTo(x1, y1);
        ctx.lineTo(x2, y2);
        ctx.stroke();
      };
      chart.getDatasetMeta(0).data.forEach(({ x, width }, i) => {
        const one = figure.boxes[i];
        stroke(1.5, x, y(one.low), x, y(one.firstQuartile));
        stroke(1.5, x, y(one.thirdQuartile), x, y(one.high));
        for (const end of [one.low, one.high]) stroke(1.5, x - width / 4, y(end), x + width / 4, y(end));
        stroke(3, x - width / 2, y(one.median), x + width / 2, y(one.median));
        ctx.lineWidth = 1.5;
        for (const value of one.outliers) {
          ctx.beginPath();
          ctx.arc(x, y(value), 3, 0, 2 * Math.PI);
          ctx.stroke();
        }
      });
      ctx.restore();
    },
  });

  const short = (text) => (text.length > 22 ? `${text.slice(0, 21)}…` : text);

  // A title that is longer than its axis is broken into lines.
  const inLines = (words, most) => words.split(' ').reduce((lines, word) => {
    const last = lines[lines.length - 1];
    if (lines.length && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);

  // The numbers of an axis, with the decimals that all of them need.
  const numbersOf = (scale, most) => (value, index, ticks) => {
    const whole = ticks.map((tick) => Math.round(tick.value * scale));
    let decimals = most;
    while (decimals > 0 && whole.every((number) => number % 10 ** (most - decimals + 1) === 0)) decimals -= 1;
    return decimalText(value * 10 ** decimals, decimals);
  };
  const valueAxis = (figure, scale) => ({
    title: { display: true, text: inLines(figure.valueTitle, figure.lying ? 60 : 40) },
    ticks: { callback: numbersOf(scale, figure.decimals), ...(figure.decimals === 0 && { precision: 0 }) },
  });
  const categoryAxis = (figure) => ({
    title: { display: !figure.lying, text: inLines(figure.acrossTitle, 60) },
    grid: { display: false },
    ticks: {
      autoSkip: !figure.lying, maxRotation: figure.slanted ? 45 : 60,
      minRotation: figure.slanted ? 45 : 0,
      callback(value) { return short(this.getLabelForValue(value)); },
    },
  });
  const withUnit = (value, decimals, unit) => decimalText(value, decimals) + (unit ? ` ${unit}` : '');
  const valueLabel = (figure) => ({ datasetIndex, dataIndex }) => {
    const series = figure.series[datasetIndex];
    const range = series.ranges?.[dataIndex];
    const ends = range ? ` (${range.map((value) => decimalText(value, figure.decimals)).join(' – ')})` : '';
    const text = withUnit(series.values[dataIndex], figure.decimals, figure.unit) + ends;
    return series.name ? `${series.name}: ${text}` : text;
  };

  // What Chart.js makes of each kind of figure.
  const charts = {
    bars: (figure, scale) => {
      const ends = figure.series.flatMap(({ ranges = [] }) => ranges.flatMap((range) => range ?? []));
      const values = {
        ...valueAxis(figure, scale), beginAtZero: true, stacked: figure.stacked,
        ...(ends.length && { suggestedMin: Math.min(...ends) / scale, suggestedMax: Math.max(...ends) / scale }),
      };
      const categories = { ...categoryAxis(figure), stacked: figure.stacked };
      return {
        type: 'bar', indexAxis: figure.lying ? 'y' : 'x', labels: figure.categories,
        datasets: figure.series.map((series) => ({
          label: series.name, backgroundColor: series.colour,
          data: series.values.map((value) => (value === null ? null : value / scale)),
          categoryPercentage: figure.histogram ? 1 : 0.86, barPercentage: figure.histogram ? 0.97 : 0.95,
        })),
        scales: figure.lying ? { x: values, y: categories } : { x: categories, y: values },
        tooltip: { label: valueLabel(figure) }, plugins: [markLines(figure.marks), ...(ends.length ? [errorBars(figure, scale)] : [])],
      };
    },
    lines: (figure, scale) => {
      const across = 10 ** figure.acrossDecimals;
      const numeric = figure.at.length > 0;
      const places = {
        type: 'linear', title: { display: true, text: inLines(figure.acrossTitle, 60) },
        ticks: { callback: numbersOf(across, figure.acrossDecimals), ...(figure.acrossDecimals === 0 && { precision: 0 }) },
      };
      return {
        type: 'line', indexAxis: 'x', labels: numeric ? undefined : figure.categories,
        datasets: figure.series.map((series) => ({
          label: series.name, backgroundColor: series.colour, borderColor: series.colour,
          borderWidth: 2.5, pointRadius: 3, pointHoverRadius: 6, spanGaps: false,
          data: series.values.map((value, i) => {
            const y = value === null ? null : value / scale;
            return numeric ? { x: figure.at[i] / across, y } : y;
          }),
        })),
        scales: { x: numeric ? places : { ...categoryAxis(figure), offset: true }, y: { ...valueAxis(figure, scale), beginAtZero: figure.fromZero } },
        tooltip: {
          label: valueLabel(figure),
          ...(numeric && { title: ([{ dataIndex }]) => `${figure.acrossTitle}: ${withUnit(figure.at[dataIndex], figure.acrossDecimals, '')}` }),
        },
        plugins: [],
      };
    },
    boxes: (figure, scale) => {
      const all = figure.boxes.flatMap((one) => [one.low, one.high, ...one.outliers, 0]);
      const text = (value) => decimalText(value, figure.decimals);
      return {
        type: 'bar', indexAxis: 'x', labels: figure.categories,
        datasets: [{
          label: '', backgroundColor: `${figure.colour}99`, categoryPercentage: 0.7, barPercentage: 0.8,
          data: figure.boxes.map((one) => [one.firstQuartile / scale, one.thirdQuartile / scale]),
        }],
        scales: {
          x: categoryAxis(figure),
          y: { ...valueAxis(figure, scale), suggestedMin: Math.min(...all) / scale, suggestedMax: Math.max(...all) / scale },
        },
        tooltip: {
          label: ({ dataIndex }) => {
            const one = figure.boxes[dataIndex];
            return [`median ${withUnit(one.median, figure.decimals, figure.unit)}`,
              `half of them ${text(one.firstQuartile)} to ${text(one.thirdQuartile)}`,
              `whiskers ${text(one.low)} to ${text(one.high)}`,
              `${one.outliers.length} ${one.outliers.length === 1 ? 'outlier' : 'outliers'}`];
          },
        },
        plugins: [whiskers(figure, scale)],
      };
    },
  };

  const drawChart = (figure) => {
    const place = document.getElementById(`figure-${figure.name}`);
    const scale = 10 ** figure.decimals;
    const canvas = make('canvas', { role: 'img', tabIndex: 0 });
    canvas.setAttribute('aria-label', `${figure.title}. The table has the same figures.`);
    const box = make('div', { className: 'canvas' }, canvas);
    const series = figure.series ?? [{ values: figure.boxes }];
    box.style.height = figure.lying
      ? `${90 + figure.categories.length * ((figure.stacked ? 1 : series.length) * 11 + 14)}px` : '26rem';
    const touch = matchMedia('(pointer: coarse)').matches;
    const kind = charts[figure.kind](figure, scale);
    const chart = new Chart(canvas, {
      type: kind.type,
      data: { labels: kind.labels, datasets: kind.datasets },
      options: {
        indexAxis: kind.indexAxis,
        maintainAspectRatio: false, animation: false,
        scales: kind.scales,
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: kind.tooltip },
          zoom: {
            limits: { x: { min: 'original', max: 'original' }, y: { min: 'original', max: 'original' } },
            // On a touch screen a finger scrolls the page; the buttons zoom.
            pan: { enabled: !touch, mode: 'xy', modifierKey: 'shift' },
            zoom: {
              mode: 'xy', drag: { enabled: !touch }, pinch: { enabled: false },
              wheel: { enabled: true, modifierKey: 'ctrl' },
              onZoomComplete: () => { reset.disabled = !chart.isZoomedOrPanned(); },
            },
          },
        },
      },
      plugins: kind.plugins,
    });

    const button = (text, label, act) => {
      const made = make('button', { type: 'button', textContent: text });
      made.setAttribute('aria-label', label);
      made.addEventListener('click', act);
      return made;
    };
    const changed = () => { reset.disabled = !chart.isZoomedOrPanned(); };
    const reset = button('Reset zoom', `Reset the zoom of: ${figure.title}`, () => {
      chart.resetZoom('none');
      changed();
    });
    reset.className = 'reset';
    reset.disabled = true;
    const tools = make('div', { className: 'tools' },
      button('+', `Zoom into: ${figure.title}`, () => { chart.zoom(1.4, 'none'); changed(); }),
      button('−', `Zoom out of: ${figure.title}`, () => { chart.zoom(0.7, 'none'); changed(); }),
      reset);
    if (!touch) tools.append(make('span', { className: 'hint', textContent: 'Drag over a part to see it larger, or turn the wheel with Ctrl.' }));

    // The legend's entries become buttons that hide and show their bars.
    const legend = place.querySelector('.legend');
    if (legend && series.length > 1) {
      [...legend.children].slice(0, series.length).forEach((item, i) => {
        const toggle = make('button', { type: 'button' }, ...item.firstElementChild.childNodes);
        toggle.setAttribute('aria-pressed', 'true');
        toggle.addEventListener('click', () => {
          const visible = !chart.isDatasetVisible(i);
          chart.setDatasetVisibility(i, visible);
          toggle.setAttribute('aria-pressed', String(visible));
          chart.update('none');
        });
        item.replaceChildren(toggle);
      });
    }
    place.classList.add('scripted');
    place.querySelector('.scroll').before(tools, box);

    // Arrow keys walk from value to value and show their tooltips.
    let at = -1;
    canvas.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape') {
        chart.tooltip.setActiveElements([], { x: 0, y: 0 });
        chart.update('none');
      }
      if (!step) return;
      event.preventDefault();
      const all = series[0].values.flatMap((_, index) => series
        .map((one, datasetIndex) => ({ datasetIndex, index }))
        .filter(({ datasetIndex }) => series[datasetIndex].values[index] !== null &&
          chart.isDatasetVisible(datasetIndex)));
      if (all.length === 0) return;
      at = (at + step + all.length) % all.length;
      const { x, y } = chart.getDatasetMeta(all[at].datasetIndex).data[all[at].index];
      chart.setActiveElements([all[at]]);
      chart.tooltip.setActiveElements([all[at]], { x, y });
      chart.update('none');
    });

    const colours = () => {
      for (const axis of Object.values(chart.options.scales)) {
        axis.ticks.color = css('--ink');
        axis.title.color = css('--ink');
        axis.grid = { ...axis.grid, color: css('--line') };
      }
      chart.update('none');
    };
    themeListeners.push(colours);
    colours();
    return chart;
  };

  return drawChart;
};
