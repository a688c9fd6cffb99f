import type { SampleArticle } from '../../types';

export const dariTranslations: SampleArticle[] = [
  {
    key: 'torkham-closes.fa-AF',
    slug: 'بسته-شدن-تورخم-پس-از-اختلاف-بر-سر-پوسته',
    language: 'fa-AF',
    translationOf: 'torkham-closes',
    title: 'بسته‌شدن تورخم پس از اختلاف بر سر یک پوسته',
    standfirst:
      'پررفت‌وآمدترین گذرگاه میان افغانستان و پاکستان صبح چهارشنبه به روی مردم و کالا بسته شد. هر طرف می‌گوید که طرف دیگر آن را بسته است.',
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
    publishedAt: '2025-06-11T08:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>گذرگاه تورخم میان افغانستان و پاکستان روز چهارشنبه، نخستین روز کاری پس از رخصتی عید، بسته شد؛ درست زمانی که کار ساختمان یک پوستهٔ جنجالی در کنار دروازه از سر گرفته شده بود.</p>
<p>یک مقام سرحدی پاکستان گفت که دروازه ساعت ۷:۴۰ صبح بسته شد، زیرا کار با وجود تفاهم ماه می دوباره آغاز شده بود. سخنگوی پولیس سرحدی در ننگرهار گفت که پاکستان بدون اطلاع قبلی دروازه را بسته و پوسته در خاک افغانستان است.</p>
<p>به کسی آسیب نرسید. نزدیک به ۲۴۰ موتر باربری در دو ساعت برگردانده شد و چند صد مسافر پیاده در هر دو سو منتظر ماندند. گذرگاه چمن و سپین‌بولدک همچنان باز است.</p>`,
  },
  {
    key: 'closure-iran-route.fa-AF',
    slug: 'روآوردن-تاجران-افغان-به-مسیر-ایران',
    language: 'fa-AF',
    translationOf: 'closure-iran-route',
    title: 'تاجران افغان موترهای خود را به سوی ایران می‌فرستند',
    standfirst:
      'شرکت‌های ترانزیتی در هرات می‌گویند که درخواست‌ها سه برابر شده است. این راه برای خریدار کابلی صدها کیلومتر درازتر است.',
    dateline: { place: 'هرات', source: 'Dateline Sample News' },
    authors: ['laila-noorzad'],
    categories: ['afghanistan', 'economy'],
    primaryCategory: 'economy',
    topics: [
      'transit-trade',
      'iran',
      'afghanistan',
      'herat',
      'june-2025-border-closure',
      'chabahar',
      'pakistan',
      'trade',
    ],
    publishedAt: '2025-06-19T10:15:00.000Z',
    status: 'PUBLISHED',
    html: `<p>واردکنندگان کابل که دیگر نمی‌توانند کالای خود را از راه پاکستان بیاورند، آن را از مسیر ایران می‌فرستند. این را نمایندگان شرکت‌های باربری در هرات روز پنج‌شنبه گفتند.</p>
<p>از زمان بسته‌شدن تورخم در ۱۱ جون، درخواست موتر از چابهار و بندرعباس سه برابر شده است. انتقال یک کانتینر چهل‌فوته از کراچی به کابل ۳٬۴۰۰ دالر هزینه دارد و از مسیر غربی نزدیک به ۵٬۱۰۰ دالر.</p>
<p>ناصر غوریانی، واردکنندهٔ پرزه‌جات، گفت: «هیچ‌کس از بل خوشش نمی‌آید، از تاریخش خوشش می‌آید.» منظورش این است که مسیر ایران کند است، اما تأخیرهایش از پیش معلوم است.</p>`,
  },
  {
    key: 'torkham-reopens.fa-AF',
    slug: 'تورخم-پس-از-شانزده-روز-باز-شد',
    language: 'fa-AF',
    translationOf: 'torkham-reopens',
    title: 'تورخم پس از شانزده روز باز شد',
    standfirst: 'نخستین موتر باربری ساعت ۸:۱۲ صبح جمعه با بار پیاز گذشت. پوسته نیمه‌کاره و خالی می‌ماند.',
    dateline: { place: 'تورخم', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai', 'zarghuna-wafadar'],
    categories: ['afghanistan', 'pakistan', 'peace'],
    primaryCategory: 'peace',
    topics: [
      'torkham',
      'june-2025-border-closure',
      'afghanistan',
      'pakistan',
      'trade',
      'afghanistan-pakistan-border',
      'border-closures',
    ],
    publishedAt: '2025-06-27T07:00:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2025/06/torkham-first-truck.jpg',
      width: 1800,
      height: 1200,
      alt: 'یک موتر باربری رنگارنگ از دروازهٔ باز می‌گذرد و مردان دست تکان می‌دهند',
      caption: 'نخستین موتر باربری روز جمعه از دروازهٔ تورخم می‌گذرد.',
      credit: 'Dateline Sample News',
    },
    html: `<p>موترهای باربری دوباره از تورخم می‌گذرند. دروازه میان افغانستان و پاکستان صبح جمعه به روی کالا باز شد؛ شانزده روز پس از آن‌که به خاطر یک پوسته بسته شده بود.</p>
<p>سروی‌کنندگان هر دو طرف شام پنج‌شنبه نشانه‌گذاری خط را پایان دادند. مسئولان گفتند که پوسته تا فیصلهٔ یک کمیسیون مشترک نیمه‌کاره و بدون سرباز می‌ماند.</p>
<p>مواد فاسدشدنی و دوا پیش از همه می‌گذرد. حاجی رحمت شینوارزی، راننده‌ای که در سر صف ایستاده بود، یک‌پنجم بار خود را دور انداخت. او گفت: «باقی‌اش خوب است؛ باقی‌اش شوربا می‌شود.»</p>`,
  },
  {
    key: 'deadline-day.fa-AF',
    slug: 'آخرین-روز-ضرب-الاجل-در-تورخم',
    language: 'fa-AF',
    translationOf: 'deadline-day',
    title: 'آخرین روز ضرب‌الاجل در تورخم',
    standfirst:
      'روز دوشنبه بیش از ۶ هزار تن به افغانستان آمدند. مسئولان دو طرف گذاشتند که این روز بی‌سخن بگذرد.',
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
    publishedAt: '2026-08-31T18:40:00.000Z',
    status: 'PUBLISHED',
    html: `<p>در آخرین روزی که پاکستان به آنان مهلت داده بود، ۶٬۲۴۰ افغان از تورخم گذشتند. این شمار را مسئولان طرف افغانستان ساعت شش شام اعلام کردند.</p>
<p>آنان با لاری‌هایی آمدند که چپرکت، دروازه، یک گاو و تیرهای سقف یک خانه را می‌آورد. صف موترها صبح تا لندی‌کوتل می‌رسید و بعد از ظهر دیگر نبود.</p>
<p>در دروازه چیزی اعلام نشد. پسری حدوداً ده‌ساله از یک کارمند پرسید که نام کشور آن سو چیست. کارمند گفت و پسر آن را نوشت.</p>`,
  },
  {
    key: 'rapprochement-analysis.fa-AF',
    slug: 'لحن-نرمتر-کابل-و-اسلام-آباد',
    language: 'fa-AF',
    translationOf: 'rapprochement-analysis',
    title: 'کابل و اسلام‌آباد لحن نرم‌تری را می‌آزمایند',
    standfirst:
      'شش هفته نامه، دیدار و کاهش هزینه‌ها لحن افغانستان و پاکستان را دربارهٔ یکدیگر دگرگون کرده است. پرسشی که آن دو را از هم جدا می‌کند، هنوز پاسخی ندارد.',
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
    publishedAt: '2026-11-17T13:20:00.000Z',
    status: 'PUBLISHED',
    leadImage: {
      url: 'https://images.dateline.example/2026/11/khyber-road.jpg',
      width: 2000,
      height: 1125,
      alt: 'سرکی میان تپه‌های خشک در روشنی صبح به سوی دروازه‌ای دور می‌پیچد',
      caption: 'راه تورخم در میان تپه‌های خیبر.',
      credit: 'Dateline Sample News',
    },
    html: `<p>برای نخستین بار از زمانی که گذرگاه‌ها در جون ۲۰۲۵ بسته شد، یک ماه تمام گذشته است بی‌آن‌که کابل یا اسلام‌آباد از دیگری نام ببرد و او را متهم کند. دیپلومات‌ها چنین سکوتی را می‌شنوند. راننده‌ها هم می‌شنوند و دوباره هفته‌ای دو بار بار می‌برند.</p>
<h2>چه چیزی تغییر نکرده است</h2>
<ul>
<li>پاکستان هنوز می‌گوید که تحریک طالبان پاکستان در خاک افغانستان است، اما کمتر می‌گوید.</li>
<li>طالبان هنوز می‌گویند که داعش خراسان از شهرهای پاکستان تغذیه می‌شود، اما در نشست‌ها می‌گویند.</li>
<li>تا جایی که دانسته است، هیچ اردوگاهی بسته نشده است.</li>
</ul>
<p>برداشت منصفانه این است که بهای دشمنی آشکار شده و هر دو طرف می‌خواهند کمتر بپردازند. این دلیلی برای یک درنگ است. این‌که بیشتر از آن باشد، در بهار دیده خواهد شد؛ زمانی که کوتل‌ها از برف پاک شود.</p>`,
  },
];
