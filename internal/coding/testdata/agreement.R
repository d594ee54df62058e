# Coefficients of agreement from their definitions, with coincidence matrices
# (Krippendorff 2011) and shares of raters (Gwet 2008): another way than the Go
# code goes. Each line of standard input is the number of coders, then the
# answers of every unit, NA where there is none. Base R only.
lines <- readLines(file("stdin"))
for (line in lines) {
  w <- strsplit(line, " ")[[1]]
  m <- matrix(suppressWarnings(as.numeric(w[-1])), nrow = as.numeric(w[1])) # coders by units
  v <- sort(unique(na.omit(as.vector(m))))
  o <- matrix(0, length(v), length(v))
  pairs <- 0
  equal <- 0
  for (u in seq_len(ncol(m))) {
    x <- na.omit(m[, u])
    if (length(x) < 2) next
    for (i in seq_along(x)) for (j in seq_along(x)) if (i != j) {
      o[match(x[i], v), match(x[j], v)] <- o[match(x[i], v), match(x[j], v)] + 1 / (length(x) - 1)
      pairs <- pairs + 1
      equal <- equal + (x[i] == x[j])
    }
  }
  nc <- rowSums(o)
  n <- sum(nc)
  alpha <- function(d2) 1 - (n - 1) * sum(o * d2) / sum(outer(nc, nc) * d2)
  nominal <- 1 - diag(length(v))
  ordinal <- outer(seq_along(v), seq_along(v), Vectorize(function(i, j) (sum(nc[min(i, j):max(i, j)]) - (nc[i] + nc[j]) / 2)^2))
  interval <- outer(v, v, function(a, b) (a - b)^2)
  r <- sapply(v, function(k) colSums(m == k, na.rm = TRUE)) # units by values
  ri <- rowSums(r)
  r <- r[ri > 0, , drop = FALSE]
  ri <- ri[ri > 0]
  two <- ri > 1
  pa <- mean(rowSums(r * (r - 1))[two] / (ri * (ri - 1))[two])
  pk <- colMeans(r / ri)
  pe <- sum(pk * (1 - pk)) / (length(v) - 1)
  cat(sprintf("%.9f", c(equal / pairs, alpha(nominal), alpha(ordinal), alpha(interval), (pa - pe) / (1 - pe))), "\n")
}
