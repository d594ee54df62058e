package figures

// Form names what Find finds, so that what an older reader found is known as that
// and is read again. It is a sum over what is found, and a test that knows it fails
// when it is not raised with a change: UPDATE=1 go test -run TestReadAs ./internal/figures
// writes it.
const Form = "figures/bcf79ae2d0ca"
