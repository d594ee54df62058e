// What speaks for and against two speakers being one person, in words.

import { has, t, type Name } from './strings'

export interface Field { field: string; a: string; b: string; for: 'for' | 'against' | 'neutral'; bits: number; strength: number }

export const fieldName = (field: string) => (has('field.' + field) ? t(('field.' + field) as Name) : field)

export const weight = (f: Field) => (f.for === 'neutral' ? t('links.neutral') : t(`links.${f.for}.${Math.max(1, f.strength)}` as Name))
