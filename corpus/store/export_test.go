package store

// OpenWaiting is Open with a wait of a test's own.
var OpenWaiting = open

// Steps are the migrations.
var Steps = steps
