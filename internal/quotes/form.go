package quotes

// Form names what Read reads, so that what an older reader read is known as that
// and is read again. It is a sum over readings, and a test that knows them fails
// when it is not raised with a change: UPDATE=1 go test -run TestReadAs ./internal/quotes
// writes it.
const Form = "quotes/3ba60861ed67"
