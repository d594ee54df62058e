// The Arabic catalogue: a file of its own, loaded where Arabic is spoken.

export { default as messages } from '../strings/ar.json'
export { default as sentences } from '../strings/server.ar.json'
