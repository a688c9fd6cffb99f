import type { SampleArticle } from '../../types';

export const arabicTranslations: SampleArticle[] = [
  {
    key: 'torkham-reopens.ar',
    slug: 'إعادة-فتح-معبر-طورخم-بعد-ستة-عشر-يوما',
    language: 'ar',
    translationOf: 'torkham-reopens',
    title: 'إعادة فتح معبر طورخم بعد ستة عشر يومًا',
    standfirst: 'عبرت أول شاحنة صباح الجمعة محمّلة بالبصل، أما نقطة الحراسة فبقيت خالية لم يكتمل بناؤها.',
    dateline: { place: 'طورخم', source: 'Dateline Sample News' },
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
    publishedAt: '2025-06-27T09:20:00.000Z',
    status: 'PUBLISHED',
    html: `<p>عادت الشاحنات إلى العبور في طورخم بين أفغانستان وباكستان صباح الجمعة، بعد ستة عشر يومًا من إغلاق المعبر بسبب خلاف على نقطة حراسة.</p>
<p>وأنهى مسّاحون من الجانبين تعليم خط الحدود مساء الخميس. وقال مسؤولون إن نقطة الحراسة ستبقى غير مكتملة وبلا حراس إلى أن تبتّ في أمرها لجنة مشتركة.</p>
<p>وتمرّ المواد سريعة التلف والأدوية أولًا. وكان على الجانب الباكستاني نحو ٢٣٠٠ شاحنة تنتظر، ويحتاج عبورها إلى ستة أيام إذا بقي المعبر مفتوحًا ليلًا ونهارًا.</p>`,
  },
  {
    key: 'talks-open.ar',
    slug: 'افتتاح-محادثات-كابول-وإسلام-آباد-في-الدوحة',
    language: 'ar',
    translationOf: 'talks-open',
    title: 'افتتاح محادثات كابول وإسلام آباد في الدوحة',
    standfirst: 'جلس الوفدان على جانبي طاولة طويلة ترأسها قطر، واستمرت الجلسة الأولى تسعين دقيقة.',
    dateline: { place: 'الدوحة', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi'],
    categories: ['peace', 'afghanistan', 'pakistan'],
    primaryCategory: 'peace',
    topics: [
      'doha-round-2026',
      'peace-talks',
      'qatar',
      'afghanistan',
      'pakistan',
      'doha',
      'mediation',
      'taliban',
    ],
    publishedAt: '2026-01-19T12:30:00.000Z',
    status: 'PUBLISHED',
    html: `<p>افتتحت أفغانستان وباكستان يوم الاثنين جولة محادثات في الدوحة بجلسة وصفها الطرفان بأنها مهذبة، ولم يصفها أي منهما بأنها ودية.</p>
<p>وقال مسؤول في وزارة الخارجية القطرية إن الجلسة بدأت ببيانات مكتوبة، ثم اتفق الوفدان على البدء بملف المعابر وتأجيل ملف الجماعات المسلحة إلى اليوم الثالث.</p>
<p>ويضم الوفد الباكستاني أحد عشر عضوًا، والوفد الأفغاني تسعة أعضاء. وفي طورخم عبرت ٤٦٣ شاحنة يوم الاثنين، وهو رقم عادي.</p>`,
  },
  {
    key: 'talks-end.ar',
    slug: 'محادثات-الدوحة-تنتهي-بخط-ساخن-ومن-دون-توقيع',
    language: 'ar',
    translationOf: 'talks-end',
    title: 'محادثات الدوحة تنتهي بخط ساخن ومن دون توقيع',
    standfirst:
      'اتفقت أفغانستان وباكستان على خط هاتفي بين قيادتي الحدود وعلى لقاء آخر في تركيا. وفي ملف الجماعات المسلحة اكتفى كل طرف بتسجيل موقفه.',
    dateline: { place: 'الدوحة', source: 'Dateline Sample News' },
    authors: ['yaqub-al-rumaihi', 'meher-tanoli'],
    categories: ['peace', 'politics', 'afghanistan'],
    primaryCategory: 'peace',
    topics: [
      'doha-round-2026',
      'peace-talks',
      'afghanistan',
      'pakistan',
      'qatar',
      'doha',
      'security-accusations',
      'turkey',
      'ttp',
      'taliban',
    ],
    publishedAt: '2026-01-22T19:00:00.000Z',
    status: 'PUBLISHED',
    html: `<p>انتهت مساء الخميس في الدوحة أربعة أيام من المحادثات بين أفغانستان وباكستان ببيان تلاه البلد المضيف ولم يوقّعه أحد.</p>
<p>ويتضمن البيان ثلاثة قرارات: خط هاتفي بين قيادتي الحدود في جلال آباد وبيشاور وآخر بين قندهار وكويتا، ولجنة من ثمانية ضباط للنقاط المتنازع عليها، ولقاء جديد في تركيا في أبريل.</p>
<p>وقال مسؤول في إسلام آباد: «جئنا نطلب عنوانًا فحصلنا على رقم هاتف». وردّ عضو في الوفد الأفغاني بأن الرقم أكثر مما كان موجودًا يوم الأحد.</p>`,
  },
  {
    key: 'saudi-envoy-2026.ar',
    slug: 'مبعوث-سعودي-يزور-إسلام-آباد-وكابول-في-أسبوع-واحد',
    language: 'ar',
    translationOf: 'saudi-envoy-2026',
    title: 'مبعوث سعودي يزور إسلام آباد وكابول في أسبوع واحد',
    standfirst: 'لا تعرض الرياض طاولة تفاوض جديدة، بل تمويلًا لمعبر يعمل.',
    dateline: { place: 'إسلام آباد', source: 'Dateline Sample News' },
    authors: ['meher-tanoli'],
    categories: ['politics', 'peace'],
    primaryCategory: 'politics',
    topics: ['saudi-arabia', 'mediation', 'pakistan', 'afghanistan', 'islamabad', 'kabul', 'torkham'],
    publishedAt: '2026-03-11T16:45:00.000Z',
    status: 'PUBLISHED',
    html: `<p>التقى مبعوث من المملكة العربية السعودية مسؤولين في إسلام آباد وكابول خلال أربعة أيام ليسأل عمّا يمكن أن يساعد اجتماع تركيا في الشهر المقبل، بحسب ما قال دبلوماسيون في المدينتين يوم الأربعاء.</p>
<p>ولم يقترح المبعوث مكانًا آخر للمحادثات. ونقل دبلوماسيان عنه أن السعودية مستعدة لتمويل مسارات جديدة وأجهزة فحص وعيادة في طورخم إذا اتفق الطرفان على إدارتها معًا.</p>
<p>ورحّب مسؤول باكستاني بالعرض. وقال متحدث باسم وزارة الخارجية في كابول إن المعبر يجب أن يبقى مفتوحًا ليستحق الهدية.</p>`,
  },
  {
    key: 'unhcr-appeal-2026.ar',
    slug: 'مفوضية-اللاجئين-تطلب-استثناءات-وخياما-قبل-أغسطس',
    language: 'ar',
    translationOf: 'unhcr-appeal-2026',
    title: 'مفوضية اللاجئين تطلب استثناءات وخيامًا قبل أغسطس',
    standfirst: 'تريد المفوضية إعفاء المرضى والطلاب والنساء المعيلات، وتستعد في الوقت نفسه لاحتمال الرفض.',
    dateline: { place: 'بيشاور', source: 'Dateline Sample News' },
    authors: ['shahzeb-orakzai'],
    categories: ['society', 'pakistan'],
    primaryCategory: 'society',
    topics: ['unhcr', 'refugees', 'refugee-deadline-2026', 'pakistan', 'afghanistan', 'peshawar'],
    publishedAt: '2026-06-04T11:35:00.000Z',
    status: 'PUBLISHED',
    html: `<p>طلبت المفوضية السامية للأمم المتحدة لشؤون اللاجئين من باكستان إعفاء خمس فئات من الأفغان من مهلة ٣١ أغسطس، وطلبت من المانحين خيامًا تحسبًا للرفض، كما قال عاملون في الإغاثة في بيشاور يوم الخميس.</p>
<ul>
<li>المرضى تحت العلاج مع مرافق واحد لكل منهم</li>
<li>التلاميذ والطلاب حتى نهاية عامهم الدراسي</li>
<li>الأسر التي تعيلها امرأة</li>
</ul>
<p>وتشمل القائمة أيضًا المعرّضين للخطر والأزواج إذا كان أحدهما باكستانيًا. وقال مسؤول في وزارة الداخلية إن كل فئة ستُدرس وإن «القائمة ليست وعدًا».</p>`,
  },
  {
    key: 'rapprochement-analysis.ar',
    slug: 'كابول-وإسلام-آباد-تجربان-لهجة-ألين',
    language: 'ar',
    translationOf: 'rapprochement-analysis',
    title: 'كابول وإسلام آباد تجرّبان لهجة ألين',
    standfirst:
      'ستة أسابيع من الرسائل والزيارات وخفض الرسوم غيّرت حديث أفغانستان وباكستان إحداهما عن الأخرى. أما السؤال الذي يفرّق بينهما فما زال مفتوحًا.',
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
    publishedAt: '2026-11-17T15:40:00.000Z',
    status: 'PUBLISHED',
    html: `<p>للمرة الأولى منذ إغلاق المعابر في يونيو ٢٠٢٥ مرّ شهر كامل لم تتهم فيه كابول أو إسلام آباد الأخرى بالاسم. ويلاحظ الدبلوماسيون صمتًا كهذا، ويلاحظه السائقون أيضًا وقد عادوا إلى نقل حمولتين في الأسبوع.</p>
<p>ما زالت باكستان تقول إن حركة طالبان باكستان موجودة على الأرض الأفغانية، لكنها تقول ذلك أقل من قبل. وما زالت سلطات طالبان تقول إن تنظيم الدولة ولاية خراسان يتلقى دعمًا من مدن باكستانية، لكنها تقول ذلك في الاجتماعات.</p>
<p>والقراءة المنصفة أن ثمن العداء صار ظاهرًا وأن الطرفين يريدان دفع أقل منه. وهذا سبب لهدنة قصيرة، أما ما يزيد على ذلك فسيظهر في الربيع حين تخلو الممرات من الثلج.</p>`,
  },
];
