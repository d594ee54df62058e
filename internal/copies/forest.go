package copies

// A forest holds groups of numbers, each as a way towards the smallest of its
// members.
type forest[T int | uint32] []T

// newForest returns one in which each of the numbers below n is a group.
func newForest[T int | uint32](n int) forest[T] {
	f := make(forest[T], n)
	for i := range f {
		f[i] = T(i)
	}
	return f
}

// root returns the smallest member of the group of i.
func (f forest[T]) root(i T) T {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// join puts i and j into one group.
func (f forest[T]) join(i, j T) {
	i, j = f.root(i), f.root(j)
	f[max(i, j)] = min(i, j)
}
