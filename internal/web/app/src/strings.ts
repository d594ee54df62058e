// The catalogue of strings: one file a language, English complete by type,
// the others by a test. A message with numbers has a form for each plural
// category of its language (CLDR, through Intl.PluralRules).

import en from '../strings/en.json'

export type Name = keyof typeof en
type Message = string | { [form: string]: string }

const catalogues: Record<string, Record<string, Message>> = { en }
const sentences: Record<string, Record<string, Message>> = {}
export const languages: [string, string][] = [['en', 'English'], ['ar', 'العربية']]

let tag = 'en'
let messages: Record<string, Message> = en
let plural = new Intl.PluralRules('en')
let numbers = new Intl.NumberFormat('en')
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>() // formats are dear to make
function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat>(name: string, make: () => T): T {
  const key = tag + name
  let f = made.get(key)
  if (!f) made.set(key, (f = make()))
  return f as T
}

// speak turns to a language. One that is not here yet comes in a file of its
// own, which who never needs it does not load; then there is something to wait for.
export function speak(language: string): Promise<void> | null {
  if (!catalogues[language] && languages.some(([x]) => x === language))
    return import('./arabic').then(
      (m) => {
        catalogues.ar = m.messages
        sentences.ar = m.sentences
        turn(language)
      },
      () => turn('en'),
    )
  turn(language)
  return null
}

function turn(language: string) {
  tag = catalogues[language] ? language : 'en'
  messages = catalogues[tag]
  plural = new Intl.PluralRules(tag)
  numbers = new Intl.NumberFormat(tag)
  const root = document.documentElement
  root.lang = tag
  root.dir = tag === 'ar' ? 'rtl' : 'ltr'
}

export const language = () => tag

export function number(n: number): string {
  return numbers.format(n)
}

// t gives the message in the language on screen, with {places} filled in; n
// chooses the plural form and is printed in the digits of the language.
export function t(name: Name, values: Record<string, string | number> = {}): string {
  let m: Message = messages[name] ?? (en as Record<string, Message>)[name] ?? name
  if (typeof m !== 'string') m = m[plural.select(Number(values.n ?? 0))] ?? m.other
  return m.replace(/\{(\w+)\}/g, (_, k: string) => {
    const v = values[k]
    return v === undefined ? '' : typeof v === 'number' ? number(v) : v
  })
}

// server gives a sentence of the server in the language on screen. The server
// writes English; its sentences are patterns of another catalogue, with {} for
// what is put in.
export function server(text: string): string {
  const all = tag === 'en' ? null : sentences[tag]
  if (!all || !text) return text
  const known = (s: string): string | null => {
    if (typeof all[s] === 'string') return all[s]
    for (const [re, to] of patterns(all)) {
      const m = re.exec(s)
      if (m) {
        let i = 1
        const form = typeof to === 'string' ? to : (to[plural.select(Number(m[1]))] ?? to.other)
        // A sentence may hold another one. A form of one or two says the number itself.
        if (typeof to !== 'string' && form.split('{}').length < m.length) i++
        return form.replace(/\{\}/g, () => (m[i] === undefined ? '' : known(m[i++]) ?? m[i - 1]))
      }
    }
    return null
  }
  // The kind of an error stands before or after what is wrong.
  const bare = text.replace(/^(invalid|not found|conflict|refused|newer): /, '').replace(/: (invalid|not found|conflict|refused)$/, '')
  return known(text) ?? known(bare) ?? text
}

const patternsOf = new Map<object, [RegExp, Message][]>()
function patterns(all: Record<string, Message>): [RegExp, Message][] {
  let ps = patternsOf.get(all)
  if (!ps) {
    const sure = (s: string) => s.replace(/\{\}/g, '').length // the most exact first
    ps = Object.entries(all)
      .filter(([s]) => s.includes('{}'))
      .sort(([a], [b]) => sure(b) - sure(a))
      .map(([s, to]) => [new RegExp('^' + s.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\}/g, '(.*?)') + '$', 's'), to])
    patternsOf.set(all, ps)
  }
  return ps
}

export const has = (name: string): name is Name => name in en

// nounOf is what a number counts, in the form of the number. What the program
// itself calls people has a form for each; a study writes its own labels.
export const nounOf = (x: { value: number; of: number | null }, label: string, one?: string) =>
  label === 'people' && x.of === null ? t('noun.people', { n: x.value }) : label === 'women' ? t('noun.women') : x.value === 1 && x.of === null && one ? one : label

// apart keeps the direction of what is written in another one inside a sentence.
export const apart = (s: string) => '\u2068' + s + '\u2069'

// A date stands beside names in another script.
const dated = (s: string) => (document.documentElement.dir === 'rtl' ? apart(s) : s)

// day prints a date as precise as it is: 2014, 2014-05 or 2014-05-15.
export function day(iso: string): string {
  const m = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso)
  if (!m) return iso
  const date = new Date(Date.UTC(+m[1], m[2] ? +m[2] - 1 : 0, m[3] ? +m[3] : 1))
  const as: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' }
  if (m[2]) as.month = m[3] ? 'short' : 'long'
  if (m[3]) as.day = 'numeric'
  return dated(kept(m[3] ? 'day' : m[2] ? 'month' : 'year', () => new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, as)).format(date))
}

export function moment(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(+date)) return iso
  return dated(kept('moment', () => new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, { dateStyle: 'medium', timeStyle: 'short' })).format(date))
}

// per prints a probability that came as an integer of 1000.
export const per = (p: number) => kept('per', () => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 })).format(p / 1000)
