# Reads the output of "go test -bench" with several counts and prints, for each
# benchmark and unit, the median, the least and the most of its runs.
/^Benchmark/ {
	name = $1; sub(/-[0-9]+$/, "", name)
	if (!(name in seen)) { seen[name] = 1; names[++count] = name }
	for (i = 3; i < NF; i += 2) {
		unit = $(i + 1)
		if (!((name, unit) in n)) units[name] = units[name] " " unit
		value[name, unit, ++n[name, unit]] = $i + 0
	}
}
/^(ok|FAIL|panic|---|goos|cpu)/ { print }
/^(FAIL|panic)/ { failed = 1 }
END {
	for (k = 1; k <= count; k++) {
		name = names[k]
		print ""
		print name
		parts = split(units[name], u, " ")
		for (i = 1; i <= parts; i++) print_median(name, u[i])
	}
	exit failed
}
function print_median(name, unit,    m, i, j, t, v) {
	m = n[name, unit]
	for (i = 1; i <= m; i++) v[i] = value[name, unit, i]
	for (i = 2; i <= m; i++)
		for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
	t = m % 2 ? v[(m + 1) / 2] : (v[m / 2] + v[m / 2 + 1]) / 2
	printf "  %14.4g %-26s (%d runs, %.4g to %.4g)\n", t, unit, m, v[1], v[m]
}
