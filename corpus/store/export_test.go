package store

import "database/sql"

// OpenWaiting is Open with a wait of a test's own.
var OpenWaiting = open

// DB is the database itself.
func (s *Store) DB() *sql.DB { return s.db }

// Steps are the migrations.
var Steps = steps
