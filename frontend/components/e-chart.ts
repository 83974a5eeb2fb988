import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import * as echarts from 'echarts/core';
import { BarChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([
  BarChart, HeatmapChart, LineChart, PieChart, ScatterChart,
  AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent,
  TooltipComponent, VisualMapComponent, SVGRenderer,
]);

/** Replaces "var(--token)" by the token's value, since ECharts draws with colours, not with CSS. */
function resolveTokens(value: unknown, style: CSSStyleDeclaration): unknown {
  if (typeof value === 'string') {
    const token = /^var\((--[\w-]+)\)$/.exec(value);
    return token ? style.getPropertyValue(token[1]).trim() : value;
  }
  if (Array.isArray(value)) return value.map((v) => resolveTokens(v, style));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolveTokens(v, style)]));
  }
  return value;
}

/** Apache ECharts as an element: redraws when its option, its size or the colour scheme changes. */
@customElement('e-chart')
export class EChart extends LitElement {
  static styles = css`
    :host { display: block; height: 280px; min-width: 0; }
    div { width: 100%; height: 100%; }
  `;

  @property() optionJson = '{}';

  private chart?: echarts.ECharts;
  private readonly sizes = new ResizeObserver(() => this.chart?.resize());
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly redraw = () => this.draw();
  private readonly theme = new MutationObserver(this.redraw);

  connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(this);
    this.scheme.addEventListener('change', this.redraw);
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme', 'class'] });
    if (this.hasUpdated) this.draw();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.theme.disconnect();
    this.scheme.removeEventListener('change', this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
  }

  render() {
    return html`<div></div>`;
  }

  updated(changed: PropertyValues<this>) {
    if (changed.has('optionJson')) this.draw();
  }

  private draw() {
    const box = this.renderRoot.querySelector('div');
    if (!box || !this.isConnected) return;
    this.chart ??= echarts.init(box, null, { renderer: 'svg' });
    const style = getComputedStyle(this);
    const token = (name: string) => style.getPropertyValue(name).trim();
    const given = resolveTokens(JSON.parse(this.optionJson), style) as Record<string, unknown>;
    const palette = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => token(`--chart-${n}`));
    this.chart.setOption(
      {
        color: palette,
        backgroundColor: 'transparent',
        animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        animationDuration: 200,
        textStyle: { fontFamily: style.fontFamily, color: token('--chart-text') },
        ...given,
      },
      { notMerge: true },
    );
  }
}
