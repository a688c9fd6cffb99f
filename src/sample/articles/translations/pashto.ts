import type { SampleArticle } from '../../types';

export const pashtoTranslations: SampleArticle[] = [
  {
    key: 'pomegranate-season-2024.ps',
    slug: 'د-کندهار-د-انارو-بڼوال-دویمه-لار-لټوي',
    language: 'ps',
    translationOf: 'pomegranate-season-2024',
    title: 'د کندهار د انارو بڼوال دویمه لار لټوي',
    standfirst:
      'ښه حاصل د کندهار بازارونو ته رسېدلی دی. بڼوال وايي چې یوازې په یوه لار د هغه خرڅول داسې خطر دی چې نور یې نه غواړي.',
    dateline: { place: 'کندهار', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'economy',
    topics: ['afghanistan', 'kandahar', 'agriculture', 'trade', 'chaman-spin-boldak', 'pakistan'],
    publishedAt: '2024-11-04T11:40:00.000Z',
    status: 'PUBLISHED',
    html: `<p>د کندهار شاوخوا د انارو بڼوالو د وروستیو کلونو یو له ډېرو حاصلونو څخه ټول کړی دی او له پېرودونکو غواړي چې یوه برخه یې د سپین بولدک پرته له نورو لارو یوسي.</p>
<p>په ډېرو موسمونو کې له هرو پنځو کریټونو نژدې څلور د چمن له لارې پاکستان ته ځي. د ولایت د بڼوالو ټولنې وویل چې سږ کال یې ۱۲۰۰ ټنه د کابل، ایران او خلیج پېرودونکو ته بېل کړي دي.</p>
<p>سردار الکوزي چې په ارغنداب کې دوه هکټاره ځمکه کري، وویل: «مېوه د مهر په تمه نه پاتې کېږي. که لار د دوشنبې په ورځ وتړل شي، موږ د جمعې تر ورځې جوس خرڅوو.»</p>`,
  },
  {
    key: 'torkham-closes.ps',
    slug: 'تورخم-د-پوستې-پر-سر-له-شخړې-وروسته-وتړل-شو',
    language: 'ps',
    translationOf: 'torkham-closes',
    title: 'تورخم د پوستې پر سر له شخړې وروسته وتړل شو',
    standfirst:
      'د افغانستان او پاکستان ترمنځ تر ټولو ګڼه لار د چهارشنبې په سهار د خلکو او مالونو پر مخ وتړل شوه. هر لوری وايي چې بل لوري تړلې ده.',
    dateline: { place: 'تورخم', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai', 'zarghuna-wafadar'],
    categories: ['afghanistan', 'pakistan', 'security'],
    primaryCategory: 'security',
    topics: [
      'june-2025-border-closure',
      'torkham',
      'border-closures',
      'pakistan',
      'afghanistan',
      'afghanistan-pakistan-border',
      'trade',
    ],
    publishedAt: '2025-06-11T09:10:00.000Z',
    status: 'PUBLISHED',
    html: `<p>د افغانستان او پاکستان ترمنځ د تورخم لار د چهارشنبې په ورځ، د اختر له رخصتۍ وروسته په لومړۍ کاري ورځ، هغه مهال وتړل شوه چې د دروازې تر څنګ پر یوې شخړمنې پوستې کار بیا پیل شو.</p>
<p>د پاکستان یوه سرحدي چارواکي وویل چې دروازه د سهار په ۷:۴۰ بجو ځکه وتړل شوه چې کار د می میاشتې د هوکړې سره سره بیا پیل شوی و. په ننګرهار کې د سرحدي پولیسو ویاند وویل چې پاکستان دروازه بې خبرۍ وتړله او پوسته د افغانستان په خاوره کې ده.</p>
<p>چا ته زیان نه دی رسېدلی. په دوو ساعتونو کې شاوخوا ۲۴۰ بارموټر بېرته وګرځول شول. د چمن او سپین بولدک لار لا هم پرانیستې ده.</p>`,
  },
  {
    key: 'kandahar-grapes-2025.ps',
    slug: 'سړې-خونې-د-کندهار-د-انګورو-بڼوالو-ته-شپږ-اونۍ-ورکړې',
    language: 'ps',
    translationOf: 'kandahar-grapes-2025',
    title: 'سړې خونې د کندهار د انګورو بڼوالو ته شپږ اونۍ ورکړې',
    standfirst:
      'هغه بڼوال چې په جون کې یې د تړلې پولې له امله حاصل له لاسه ورکړ، اوس د بل حاصل یوه برخه ساتلی شي.',
    dateline: { place: 'کندهار', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'afghanistan',
    topics: ['agriculture', 'afghanistan', 'kandahar', 'energy'],
    publishedAt: '2025-09-02T12:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>کندهار ته نژدې د انګورو د بڼوالو دولسو کوپراتیفونو د ۸۰۰ ټنو لپاره سړه خونه پرانیستې ده چې د ورځې په لمریزه برېښنا او د شپې په جنراتور کار کوي.</p>
<p>هغه انګور چې له ټولولو وروسته په څلورو ساعتونو کې ساړه شي، نژدې شپږ اونۍ پاتې کېږي. بې له سړولو څلور ورځې پاتې کېږي، او یو بارموټر د لاهور تر بازارونو همدومره وخت غواړي، که هر څه سم وي.</p>
<p>د ارغنداب بڼوال سردار الکوزي وویل: «په جون کې موږ موټروان ته زارۍ کولې، موټروان افسر ته، او افسر ټیلیفون کاوه. سړه خونه هېچا ته ټیلیفون نه کوي.»</p>`,
  },
  {
    key: 'deadline-day.ps',
    slug: 'په-تورخم-کې-د-ورکړل-شوې-نېټې-وروستۍ-ورځ',
    language: 'ps',
    translationOf: 'deadline-day',
    title: 'په تورخم کې د ورکړل شوې نېټې وروستۍ ورځ',
    standfirst:
      'د دوشنبې په ورځ تر ۶ زرو ډېر کسان افغانستان ته راغلل. د دواړو لوریو چارواکو نېټه پرته له کومې خبرې تېره کړه.',
    dateline: { place: 'تورخم', source: 'Dateline Sample News' },
    authors: ['zarghuna-wafadar', 'shahzeb-orakzai'],
    categories: ['afghanistan', 'pakistan', 'society'],
    primaryCategory: 'society',
    topics: [
      'refugee-deadline-2026',
      'refugees',
      'torkham',
      'afghanistan',
      'pakistan',
      'unhcr',
      'afghanistan-pakistan-border',
    ],
    publishedAt: '2026-08-31T19:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>په هغه وروستۍ ورځ چې پاکستان ورکړې وه، ۶۲۴۰ افغانان په تورخم کې له پولې تېر شول. دا شمېر د افغانستان د لوري چارواکو د ماښام په شپږو بجو ورکړ.</p>
<p>دوی په داسې لاریو کې راغلل چې کټونه، دروازې، یوه غوا او د یوه کور د چت لرګي یې راوړل. د موټرو کتار سهار تر لنډي کوتله رسېده او مازیګر بیا نه و.</p>
<p>شاوخوا د لسو کلونو یوه هلک له یوه مامور وپوښتل چې د هغې خوا هېواد څه نومېږي. مامور ورته وویل او هلک یې ولیکه.</p>`,
  },
  {
    key: 'rapprochement-analysis.ps',
    slug: 'کابل-او-اسلام-اباد-نرمه-ژبه-ازمويي',
    language: 'ps',
    translationOf: 'rapprochement-analysis',
    title: 'کابل او اسلام اباد نرمه ژبه ازمويي',
    standfirst:
      'شپږو اونیو لیکونو، لیدنو او کمو فیسونو د افغانستان او پاکستان د خبرو لهجه بدله کړې ده. هغه پوښتنه چې دوی سره بېلوي، لا هم ځواب نه لري.',
    authors: ['tobias-hartwell', 'meher-tanoli'],
    categories: ['analysis', 'politics', 'peace'],
    primaryCategory: 'analysis',
    topics: [
      'afghanistan',
      'pakistan',
      'mediation',
      'taliban',
      'security-accusations',
      'ttp',
      'iskp',
      'abdul-wakeel-sarwani',
      'qatar',
      'turkey',
      'saudi-arabia',
    ],
    publishedAt: '2026-11-17T14:05:00.000Z',
    status: 'PUBLISHED',
    html: `<p>د ۲۰۲۵ د جون راهیسې، چې لارې وتړل شوې، دا لومړی ځل دی چې یوه پوره میاشت تېره شوه او نه کابل او نه اسلام اباد یو بل په نامه تورن کړل. ډیپلوماتان داسې چوپتیا ویني. موټروانان یې هم ویني او بیا په اونۍ کې دوه ځله بار وړي.</p>
<p>پاکستان لا هم وايي چې تحریک طالبان پاکستان د افغانستان په خاوره کې دی، خو کم یې وايي. طالبان لا هم وايي چې داعش خراسان د پاکستان له ښارونو ملاتړ ترلاسه کوي، خو په غونډو کې یې وايي.</p>
<p>سمه پایله دا ده چې د دښمنۍ بیه څرګنده شوې ده او دواړه لوري غواړي چې لږه یې ورکړي. دا د یوې وقفې لپاره دلیل دی. دا چې له دې زیات څه شي، په پسرلي کې به څرګنده شي، چې غاښي له واورو پاک شي.</p>`,
  },
];
