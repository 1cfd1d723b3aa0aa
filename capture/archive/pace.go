package archive

// Pacer spaces out the requests to archives.
type Pacer struct{}
