package metadata

// FlattenXMP reads one packet.
func FlattenXMP(packet []byte) *Facts {
	f := &Facts{}
	readXMP(f, packet)
	return f
}

// TimeOf reads one time.
func TimeOf(text, zone string) (Time, bool) { return parseTime(text, zone) }
