import { fill, type Language, type Pair, type Values } from "../i18n.ts";

/** The texts of the first pages; those of later ones are fetched with them. */
export const MESSAGES = {
  // Session
  signIn: ["登录", "Sign in"],
  signingIn: ["正在前往登录……", "Going to sign in…"],
  signOut: ["退出登录", "Sign out"],
  signOutTitle: ["退出后，本机的{count}份草稿怎么办？", "What is to become of the {count} drafts on this device?"],
  signOutBody: [
    "草稿存在这台电脑的浏览器里，退出登录并不会删除。页面只给您本人看：您再登录时接着填，别人登录看不到；但草稿没有加密，公用电脑上请删除。删除的草稿不能恢复，已公布的报告不受影响。",
    "Drafts are kept in this browser and stay when you sign out. The page shows them to you alone, when you sign in again; but they are not encrypted: on a shared computer, delete them. Deleted drafts cannot be brought back; published reports are not affected.",
  ],
  signOutKeep: ["保留草稿，退出", "Keep them and sign out"],
  signOutDelete: ["删除草稿，退出", "Delete them and sign out"],
  signOutCancel: ["不退出", "Stay signed in"],
  signedInAs: ["已登录：{name}", "Signed in: {name}"],
  signedOut: [
    "尚未登录。可以填写和保存草稿，预览和提交前须登录。",
    "Not signed in. You can fill in and keep drafts; previews and filing need you to sign in.",
  ],
  signInFailed: ["登录没有完成：{reason}", "Signing in did not complete: {reason}"],
  signInUnreachable: [
    "登录服务暂时连不上，请稍后再试。填写的内容都在本机。",
    "The sign-in service cannot be reached; try again later. What you typed is kept on this device.",
  ],
  expiring: [
    "登录将在{minutes}分钟后到期。续期时草稿会先保存。",
    "Your session ends in {minutes} min. Your draft is saved before it is renewed.",
  ],
  expired: [
    "登录已到期。填写的内容都在本机，重新登录后从这里继续。",
    "Your session has ended. What you typed is kept on this device; sign in again to go on from here.",
  ],
  renew: ["续期", "Renew"],
  signInAgain: ["重新登录", "Sign in again"],
  // Connection
  offline: [
    "网络已断开。可以继续填写，草稿保存在本机。",
    "You are offline. You can go on; the draft is kept on this device.",
  ],
  unreachable: [
    "服务暂时连不上。可以继续填写，草稿保存在本机。",
    "The service cannot be reached. You can go on; the draft is kept on this device.",
  ],
  reasonOffline: ["网络已断开", "You are offline"],
  reasonNetwork: ["服务连不上", "The service cannot be reached"],
  reasonTimeout: ["服务没有及时答复", "The service did not answer in time"],
  retry: ["重试", "Try again"],
  // Progress
  looking: ["正在查找……", "Looking…"],
  // Entry
  entryTitle: ["填报、更正或撤回", "File, correct or withdraw"],
  organName: ["机关名称", "Name of the organ"],
  organNameHint: ["全称，印在标题和落款处", "In full, as printed in the title and signature"],
  uscc: ["统一社会信用代码", "Unified social credit code"],
  usccHint: ["十八位，末位为校验码", "18 characters, the last a check character"],
  yourOrgans: ["您填报的机关", "Your organs"],
  oversee: ["名录与汇总", "Roster and roll-up"],
  desk: ["工作台", "Desk"],
  usccWrong: ["统一社会信用代码应为十八位数字和大写字母", "The code has 18 digits and capital letters"],
  usccCheck: ["校验码不对，请核对全部十八位", "The check character is wrong; check all 18"],
  nameMissing: ["请填写机关名称", "Enter the organ's name"],
  year: ["报告年度", "Year of the report"],
  yearWrong: [
    "没有这一年度的报告格式，可填报{first}年度及以后",
    "There is no form for this year; reports are of {first} and later",
  ],
  lookUp: ["下一步", "Continue"],
  nothingPublished: ["{year}年度报告尚未公布。", "The report of {year} is not published."],
  alreadyPublished: [
    "{organ}{year}年度报告已公布第{version}版（{time}）。已公布的报告不能覆盖。",
    "{organ}: version {version} of the report of {year} was published at {time}. It is never overwritten.",
  ],
  isWithdrawn: [
    "{organ}{year}年度报告已于{time}撤回。可以提交更正，公布新的一版。",
    "{organ}: the report of {year} was withdrawn at {time}. A correction publishes a new version.",
  ],
  mayNotFile: [
    "您的账号（{name}）不能为这个机关填报。要填报的，请换账号登录，或请管理员开通。",
    "Your account ({name}) may not file for this organ. Sign in with another, or have the right granted.",
  ],
  mayNotAmend: [
    "您的账号（{name}）不能为这个机关更正、撤回。",
    "Your account ({name}) may not correct or withdraw for this organ.",
  ],
  mayNotPublish: [
    "您的账号（{name}）不能公布这个机关的报告。草稿保存着，可以由有权限的人提交。",
    "Your account ({name}) may not publish for this organ. The draft is kept; somebody with the right can file it.",
  ],
  startFiling: ["开始填报", "Start the report"],
  startCorrection: ["更正", "Correct it"],
  startWithdrawal: ["撤回", "Withdraw it"],
  seeReceipt: ["查看回执", "See the receipt"],
  versions: ["各版", "Versions"],
  versionN: ["第{version}版", "Version {version}"],
  statusCurrent: ["现行", "current"],
  statusSuperseded: ["已被取代，仍可查阅", "superseded, still public"],
  statusWithdrawn: ["撤回说明，现行", "notice of withdrawal, current"],
  statusRedacted: ["已撤下，不再公开", "redacted, no longer public"],
  because: ["理由：{reason}", "Reason: {reason}"],
  redactedAt: ["{time}撤下：{reason}", "redacted at {time}: {reason}"],
  startRedaction: ["撤下第{version}版", "Redact version {version}"],
  redactionHint: [
    "旧版里有不应公开的内容（如个人信息）的，可以撤下：文件不再公开，以撤下说明代替，公布记录保留。现行的一版不能撤下，须先更正或撤回。",
    "An earlier version that holds what must not be public, such as personal data, can be redacted: a notice takes the place of its files, the record stays. The current version cannot be; correct or withdraw it first.",
  ],
  continueDraft: ["继续上次的草稿（{time}）", "Go on with the draft of {time}"],
  loadFailed: ["没有取得已公布的报告：{reason}", "The published report could not be fetched: {reason}"],
  problems: ["有{count}处需要改正", "{count} to correct"],
  // Drafts
  drafts: ["本机的草稿", "Drafts on this device"],
  noDrafts: [
    "没有草稿。填写的内容会自动保存在本机的浏览器里。",
    "No drafts. What you type is kept in this browser by itself.",
  ],
  taskFile: ["填报", "Filing"],
  taskCorrect: ["更正第{version}版", "Correction of version {version}"],
  correcting: [
    "更正第{version}版：{organ}{year}年度报告。公布后取代第{version}版，第{version}版仍可查阅。",
    "Correcting version {version} of the report of {organ}, {year}. It takes the place of version {version}, which stays readable.",
  ],
  taskRedact: ["撤下第{version}版", "Redaction of version {version}"],
  taskWithdraw: ["撤回第{version}版", "Withdrawal of version {version}"],
  open: ["打开", "Open"],
  remove: ["删除", "Delete"],
  removeReally: ["确定删除", "Really delete"],
  keep: ["保留", "Keep"],
  unnamed: ["未填机关名称", "No name yet"],
  draftPublished: ["已公布第{version}版", "Published as version {version}"],
  draftOpen: ["未提交", "Not filed"],
  draftOf: ["{organ}{year}年度", "{organ}, {year}"],
  openNamed: ["打开{name}的草稿", "Open the draft of {name}"],
  removeNamed: ["删除{name}的草稿", "Delete the draft of {name}"],
  saved: ["草稿已保存", "Draft saved"],
  saving: ["正在保存草稿……", "Saving the draft…"],
  unsaved: ["草稿没有存下", "Draft not saved"],
  saveFailed: [
    "浏览器没有存下草稿，请下载草稿文件。",
    "The browser could not keep the draft; please download it as a file.",
  ],
  keptSaved: ["服务上已保存", "Saved with the service"],
  keptSaving: ["正在存到服务……", "Saving with the service…"],
  keptAway: ["服务连不上，只存在本机", "Service out of reach; kept on this device"],
  keptDiffers: ["服务上有别人的另一份", "The service has another one"],
  keptTaken: [
    "已载入服务上较新的草稿（{time}保存）；可以撤销。",
    "The service's newer draft, saved at {time}, was loaded; it can be undone.",
  ],
  elsewhere: [
    "这份草稿也在另一个标签页里打开着。两边都改时，后改的会另存一份，不会互相覆盖。",
    "This draft is open in another tab as well. If both change it, the later change is kept as a copy; neither overwrites the other.",
  ],
  newer: ["另一个标签页改过这份草稿。", "Another tab changed this draft."],
  takeNewer: ["载入新的内容", "Load the change"],
  forked: [
    "另一个标签页也改过这份草稿，您的内容已另存为一份，两份都在草稿列表里。",
    "Another tab changed this draft too. Yours was kept as a copy; both are in the list of drafts.",
  ],
  download: ["下载草稿文件", "Download the draft"],
  importFile: ["导入文件", "Import a file"],
  importPaste: ["粘贴整份报告", "Paste a whole report"],
  importPasteHere: ["在这里粘贴（Ctrl+V）", "Paste here (Ctrl+V)"],
  importPasted: ["粘贴的报告", "Pasted report"],
  importHeading: ["已有的报告", "A report that you have"],
  importHint: [
    "网页（HTML）、Word（DOCX）、Excel（XLSX）、CSV、TSV、文本、PDF、OFD；或草稿文件、report.json。也可以拖到页面上。除JSON外由服务读取，须登录，不保存。DOC、XLS 请先另存为 DOCX、XLSX。",
    "Web page (HTML), Word (DOCX), Excel (XLSX), CSV, TSV, text, PDF, OFD; or a draft or report.json. It can be dropped on the page. All but JSON is read by the service, which needs you to sign in and keeps nothing. Save DOC and XLS as DOCX and XLSX first.",
  ],
  importDrop: ["放开鼠标，导入这个文件", "Drop the file to import it"],
  importReading: ["正在读“{name}”……", "Reading “{name}”…"],
  importSeveral: ["一次导入一个文件。", "One file at a time, please."],
  importSignIn: [
    "登录后才能导入这种文件（JSON 不用）。登录后请再选一次；填写的内容都在本机。",
    "Sign in to import this kind of file (JSON needs none), then choose it again. What you typed is kept on this device.",
  ],
  importOver: ["文件超过{size} MiB", "it is larger than {size} MiB"],
  importAccepted: ["已导入“{name}”。", "“{name}” was imported."],
  importAccount: ["查看导入说明", "See how"],
  importFailed: ["文件没有打开：{reason}", "The file was not opened: {reason}"],
  importNotReport: ["内容不是一份报告（应为对象）", "it is not a report (an object is expected)"],
  importEdition: ["格式版本（edition）{given}，应为{known}", "edition {given}; it must be {known}"],
  importTooLarge: ["文件超过1 MiB", "it is larger than 1 MiB"],
  importLeftOut: [
    "已打开文件。报告没有这些项，未载入：{keys}",
    "The file was opened. These are no part of a report and were left out: {keys}",
  ],
  imported: ["已打开文件。", "The file was opened."],
  toEntry: ["返回首页", "Back to the start"],
  // Preview
  preview: ["预览", "Preview"],
  previewShow: ["显示预览", "Show the preview"],
  previewHide: ["收起预览", "Hide the preview"],
  previewTitle: ["报告的PDF预览", "PDF preview of the report"],
  previewBusy: ["正在更新预览……", "Updating the preview…"],
  previewStale: [
    "预览没有更新，显示的是较早的内容：{reason}",
    "The preview was not updated and shows an earlier state: {reason}",
  ],
  previewNone: ["暂时没有预览：{reason}", "No preview yet: {reason}"],
  previewSignIn: ["登录后才能预览", "Sign in to see the preview"],
  previewPage: ["页", "Page"],
  previewDownload: ["下载预览PDF", "Download the preview (PDF)"],
  previewNoViewer: ["这个浏览器不能在页面里显示PDF。", "This browser does not show PDF inside a page."],
  previewErrors: ["报告有{count}处错误", "the report has {count} errors"],
  // Steps of a submission
  backToForm: ["返回修改", "Back to the form"],
  place: ["位置", "Place"],
  empty: ["（无）", "(none)"],
  stop: ["停止", "Stop"],
  // Receipt
} as const satisfies Readonly<Record<string, Pair>>;

export type MessageKey = keyof typeof MESSAGES;

/** A message in a language, its values filled in. */
export const say = (language: Language, key: MessageKey, values?: Values): string =>
  fill(MESSAGES[key][language === "zh" ? 0 : 1], values);
