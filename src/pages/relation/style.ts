import { createHash } from 'node:crypto';

/** Colours by daylight and by night; contrast with their grounds is 4.5 at least for text, 3 for what is drawn. */
const COLOURS = `
:root { color-scheme: light dark; --paper: #fff; --ground: #f6f5f1; --ink: #1b1d21; --quiet: #555b64; --line: #d8d6cf;
  --link: #14508c; --bar: #2f5f8f; --mark: #b3261e; --band: #f8e3b4; --band-ink: #7a4700; --grid: #e3e1db }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181d; --ground: #1d2127; --ink: #e9e6df; --quiet: #a9afb8; --line: #383d46; --link: #8ab8ec;
    --bar: #7aa7d8; --mark: #ff8a7d; --band: #47391a; --band-ink: #f2c970; --grid: #2d323a }
}`;

const CHART = `
.bar { fill: var(--bar) } .bar:hover { opacity: .8 }
.mark { stroke: var(--mark); stroke-width: 2 }
.band { fill: var(--band) } .number { fill: var(--band-ink); font-weight: 700; font-size: 13px }
.grid { stroke: var(--grid) }
.level, .date { fill: var(--quiet); font-size: 12px }
.level { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round }`;

const FONTS = `system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif`;

export const PICTURE_STYLE = `${COLOURS}
text { font-family: ${FONTS}; font-size: 12px; fill: var(--ink) }
.ground { fill: var(--paper) } .title { font-size: 18px; font-weight: 700 } .quiet { fill: var(--quiet) }
${CHART}`;

export const PAGE_STYLE = `${COLOURS}
*, *::before, *::after { box-sizing: border-box }
html { font: 16px/1.55 ${FONTS}; color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100% }
[dir=rtl] { line-height: 1.8 } [dir=rtl] :is(h1, h2, h3) { line-height: 1.5 }
body { margin: 0; overflow-wrap: break-word }
h1, h2, h3 { line-height: 1.25; font-family: Georgia, "Noto Serif", "Noto Naskh Arabic", "Times New Roman", serif }
h1:lang(en) { letter-spacing: -.01em }
h1 { font-size: clamp(1.75rem, 6vw, 2.75rem); margin: 0 0 .75rem }
h2 { font-size: 1.35rem; margin: 0 0 .75rem; padding-top: .6rem; border-top: 3px solid var(--ink) }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem }
p { margin: 0 0 .75rem; max-width: 68ch } ul, ol { margin: 0; padding: 0; list-style: none }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; inset-inline-start: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--paper); z-index: 1 }
.skip:focus { top: .5rem }
.frame { max-width: 70rem; margin: 0 auto; padding-inline: clamp(1rem, 4vw, 2rem) }
.top { border-bottom: 1px solid var(--line); font-size: .9rem }
.top .frame { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between;
  padding-block: .75rem }
.top strong { font-family: Georgia, serif } .top ul { display: flex; flex-wrap: wrap; gap: 0 1rem }
.top li a, .presets a { display: inline-block; padding-block: .25rem }
[aria-current] { color: var(--ink); font-weight: 700; text-decoration: none }
.head { padding-block: clamp(1.5rem, 5vw, 3rem) 1.25rem }
.kicker { color: var(--quiet); margin: 0 0 .25rem; font-size: .95rem }
.lede { font-size: clamp(1.1rem, 2.6vw, 1.35rem); line-height: 1.45 } .lede:not(:lang(en)) { line-height: 1.75 }
.quiet { color: var(--quiet); font-size: .9rem }
.time { background: var(--ground); padding: .9rem 1rem; margin-bottom: 2rem }
.time form, .presets { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end }
.presets { margin-bottom: .6rem; font-size: .95rem }
label { display: block; font-size: .85rem; color: var(--quiet) }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet);
  border-radius: 3px; padding: .35rem .6rem; min-height: 2.5rem; max-width: 100% }
button { background: var(--ink); color: var(--paper); border-color: var(--ink); font-weight: 600; padding-inline: 1.2rem }
section { margin-bottom: 2.5rem }
figure { margin: 0 } .chart { display: block; width: 100%; height: 232px; overflow: visible }
figcaption ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .88rem; color: var(--quiet) }
.key { display: inline-block; width: .9rem; height: .9rem; margin-inline-end: .4rem; vertical-align: -.12em }
.key line { stroke-width: 3 }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1rem; margin: 0 0 1.25rem }
.facts div { border-inline-start: 3px solid var(--line); padding-inline-start: .75rem }
dt { color: var(--quiet); font-size: .9rem } dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; line-height: 1.3 }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
caption { text-align: start; color: var(--quiet); font-size: .9rem; padding-bottom: .4rem }
th, td { text-align: start; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
:dir(rtl) > :is(th, td) { padding: .45rem 0 .45rem .75rem }
thead th { font-size: .85rem; color: var(--quiet); font-weight: 600 } tbody th { font-weight: 600 }
.figure { text-align: end; white-space: nowrap }
details { margin-top: 1rem } summary { cursor: pointer; color: var(--link); padding-block: .25rem; width: fit-content }
.tag { font-size: .75rem; font-weight: 700; background: var(--band); color: var(--band-ink); padding: .1rem .4rem; border-radius: 3px }
.list > li { padding: .7rem 0; border-bottom: 1px solid var(--line) } .list p { margin: .15rem 0 0 }
th .quiet { font-weight: 400 } .list [dir], .head [lang] { text-align: match-parent }
.articles h3 { margin: 0; font-size: 1.1rem } .number-key { font-weight: 700; color: var(--band-ink); background: var(--band);
  padding: .05rem .45rem; margin-inline-end: .4rem }
.choice { display: grid; gap: .75rem; max-width: 28rem; margin-bottom: 1rem } .choice input { width: 100% }
footer { border-top: 1px solid var(--line); padding-block: 1.25rem 2.5rem }
@media (min-width: 60rem) { .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 3rem } }
@media (max-width: 40rem) { .minor { display: none } }
@media (forced-colors: active) { .bar { fill: CanvasText } .mark { stroke: Highlight } }
@media print { .top, .time, .skip { display: none } }
${CHART}`;

const hashOf = (style: string) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** Nothing is loaded and nothing runs: one style, known by its hash, and the icon that stands in the page. */
export const PAGE_POLICY = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The same; other pages may embed it. */
export const PICTURE_POLICY = `default-src 'none'; style-src ${hashOf(PICTURE_STYLE)}; base-uri 'none'`;
