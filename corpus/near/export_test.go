package near

// Reaches is how far each table looks.
var Reaches = reaches
