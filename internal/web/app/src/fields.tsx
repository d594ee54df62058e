// The fields of a form that writes a study file, each with what is wrong with it.

import { useId, useState } from 'preact/hooks'
import type { FileError } from './editfile'
import { pathAt } from './studyfile'

// wrongAt is what is wrong with what stands at a path, where the file's error
// has its line. A field of an entry that is not written has none: what the whole
// entry lacks stands at its first field.
export const wrongAt = (text: string, errors: FileError[], path: string[]) =>
  errors.find((e) => {
    const at = pathAt(text, e.line)
    return path.every((x, i) => at[i] === x)
  })?.message

// A Field shows what is typed as it is typed, as long as that is what the file
// holds: a comma that ends a list, a line that is half written.
export function Field(p: { value: string; put: (typed: string) => void; rows?: number; dir?: 'ltr'; hint?: string; means?: (typed: string) => string; error?: string; number?: boolean }) {
  const id = useId()
  const [typed, type] = useState<{ text: string; of: string } | null>(null)
  const props = {
    class: p.number ? 'line short' : 'line',
    inputMode: p.number ? ('numeric' as const) : undefined,
    dir: p.dir ?? ('auto' as const),
    placeholder: p.hint,
    'aria-invalid': p.error ? ('true' as const) : undefined,
    'aria-describedby': p.error ? id : undefined,
    value: typed && typed.of === p.value ? typed.text : p.value,
    onInput: (e: { currentTarget: { value: string } }) => {
      const text = e.currentTarget.value
      type({ text, of: p.means ? p.means(text) : text })
      p.put(text)
    },
  }
  return (
    <>
      {(p.rows ?? 1) > 1 ? <textarea rows={p.rows} {...props} /> : <input {...props} />}
      {p.error && (
        <small id={id} class="error" dir="auto">
          {p.error}
        </small>
      )}
    </>
  )
}
