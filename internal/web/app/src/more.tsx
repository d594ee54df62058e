// The pages that no reader of an article waits for.

export { CodesPage } from './codes'
export { CollectPage } from './collect'
export { FiguresPage } from './figures'
export { HelpPage } from './help'
export { HistoryPage } from './history'
export { PublishPage } from './publish'
export { ReportPage } from './report'
export { SetupPage } from './setup'
